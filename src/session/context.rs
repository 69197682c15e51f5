//! The session of this tab, as the rest of the portal meets it.

use super::credential::{Credential, Grant};
use super::ledger::Ledger;
use super::machine::{Attempt, Event, State};
use super::notice::Notice;
use super::shell::{Shell, exchange_own};
use super::snapshot::{Phase, Snapshot};
use super::store::{Store, USED};
use super::tabs::Elsewhere;
use crate::api::{ApiError, Client, Millis};
use crate::signal::{ArcRwSignal, Signal, StoredValue};
use contract::auth::{self, PasswordGrant};
use contract::{OneTimeToken, Settings, UserId};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// The parameter of the address under which a page that broke asks the next one to sign out.
const LEAVE: &str = "leave";

/// The session of this tab, as a context. Cheap to copy; outlives every page.
#[derive(Clone, Copy)]
pub struct SessionContext(StoredValue<Shell>);

/// Makes the session of this tab and provides it as a context. Nothing is restored before [`SessionContext::begin`].
pub fn provide_session(client: Client) -> SessionContext {
    let context = SessionContext(StoredValue::new(Shell::new(client)));
    provide_context(context);
    context
}

/// The session of this tab.
pub fn use_session() -> SessionContext {
    expect_context()
}

/// Who the person is.
pub fn use_snapshot() -> Signal<Arc<Snapshot>> {
    use_session().snapshot().into()
}

impl SessionContext {
    fn shell(self) -> Shell {
        self.0.get_value()
    }

    /// Takes the settings over and restores what storage holds.
    pub fn begin(self, settings: Settings) {
        let shell = self.shell();
        shell.0.client.set_base(&settings.api_base);
        shell.0.settings.replace(settings);
        let found = shell.0.store.load();
        let leaving = shell.0.store.take_leave(&take_search_param(LEAVE).unwrap_or_default());
        shell.dispatch(Event::Restored { found, leaving });
    }

    /// From now on the session can do more than sign in. Call it in what comes after the sign-in form, which is not to wait
    /// for that.
    pub fn learn(self) {
        self.shell().learn();
    }

    /// What the session would learn cannot be had.
    pub fn do_without(self) {
        self.shell().do_without();
    }

    /// Calls `forget` at once on every change of person, with true: everything cached is dropped. With false, the person
    /// has only a new bearer: what is shown is fetched again.
    pub fn on_change_of_person(self, forget: impl Fn(bool) + 'static) {
        self.shell().0.forget.borrow_mut().push(Rc::new(forget));
    }

    /// Whose account it is, whoever they act as; not proved yet where nobody is shown. Also while a change of person is
    /// carried out, when it is the next one's.
    pub fn account(self) -> Option<UserId> {
        self.shell().user()
    }

    /// Reports an event.
    pub fn dispatch(self, event: Event) {
        self.shell().dispatch(event);
    }

    /// Looks at what may have changed while nobody looked: the time, whether this person signed out elsewhere, and,
    /// at most every ten seconds, who they are to the server.
    pub fn look_again(self) {
        let shell = self.shell();
        (shell.rest().look_again)(&shell);
    }

    /// Looks at what another tab has written to storage under this key.
    pub fn look_at(self, key: Option<&str>) {
        match key {
            Some(USED) => {
                let shell = self.shell();
                (shell.rest().check_use)(&shell);
            }
            _ => self.look_again(),
        }
    }

    /// Tells the other tabs that this one is going away, and the server that it acts as nobody any more.
    pub fn leave(self) {
        self.shell().part();
    }

    /// Gives up a page that broke: the server and the other tabs hear that it acts as nobody any more, and nothing that
    /// happens changes the session from now on.
    pub fn abandon(self) {
        if let Some(shell) = self.0.try_get_value() {
            shell.freeze();
            shell.part();
        }
    }

    /// The word with which the page after one that broke signs out, as the parameter `leave` of its address. It counts once,
    /// and asks for nothing but storage.
    pub fn arrange_leave(self) -> String {
        let leave = format!("{:x}", (js_sys::Math::random() * f64::from(u32::MAX)) as u32);
        Store.arrange_leave(&leave);
        leave
    }

    /// Where acting began, while one acts: what storage says, so not to be trusted.
    pub fn acts_from() -> Option<String> {
        Store.ledger().open().map(|entry| entry.from.clone())
    }

    /// What was done as others in this tab.
    pub fn ledger(self) -> ArcRwSignal<Ledger> {
        self.shell().0.ledger.clone()
    }

    /// The API client.
    pub fn client(self) -> Client {
        self.shell().0.client.clone()
    }

    /// The portal's settings.
    pub fn settings(self) -> Settings {
        self.shell().0.settings.borrow().clone()
    }

    /// Who the person is. Pages use [`use_snapshot`].
    pub fn snapshot(self) -> ArcRwSignal<Arc<Snapshot>> {
        self.shell().0.snapshot.clone()
    }

    /// The wall clock, to the second while a time that runs out is shown.
    pub fn now(self) -> ArcRwSignal<Millis> {
        self.shell().0.now.clone()
    }

    /// Where the session wants the page to go.
    pub fn goto(self) -> ArcRwSignal<Option<String>> {
        self.shell().0.goto.clone()
    }

    /// The last thing worth saying.
    pub fn notice(self) -> ArcRwSignal<Option<Notice>> {
        self.shell().0.notice.clone()
    }

    /// Other tabs that act as somebody on behalf of this account.
    pub fn elsewhere(self) -> ArcRwSignal<Vec<Elsewhere>> {
        self.shell().0.elsewhere.clone()
    }

    /// When the person is signed out, because nobody uses the portal, unless [`SessionContext::stay`] is called.
    pub fn unused(self) -> ArcRwSignal<Option<Millis>> {
        self.shell().0.unused.clone()
    }

    /// The person has said that they are still there.
    pub fn stay(self) {
        self.shell().stay();
    }

    /// Signs in with e-mail, password and, where the account has a second factor, its code; empty without. What comes of
    /// it shows in the snapshot. It is thrown away where it comes too late: somebody else has tried since or has signed in
    /// or out, or [`SessionContext::give_up`] was called.
    ///
    /// # Errors
    /// What the token endpoint answered.
    pub async fn sign_in(
        self,
        email: String,
        password: String,
        totp: String,
        keep: bool,
    ) -> Result<(), ApiError> {
        let attempt = self.await_try();
        let client = self.client();
        let client_id = auth::client_id(&email);
        let reply = client.call_as(None, &PasswordGrant { email, password, totp }).await?;
        let grant = Grant { client_id: Some(client_id), ..Grant::new(reply, client.now()) };
        self.granted(attempt, grant, keep);
        Ok(())
    }

    /// The same over the page of a person whose session is over, as that person. Somebody else's session is thrown away.
    ///
    /// # Errors
    /// What the token endpoint answered.
    pub async fn sign_in_again(self, password: String, totp: String) -> Result<(), ApiError> {
        let lapsed = match &self.shell().0.session.borrow().state {
            State::Lapsed(own, _) => Some((own.identity.email.clone(), own.credential.keep)),
            _ => None,
        };
        match lapsed {
            Some((email, keep)) => self.sign_in(email, password, totp, keep).await,
            None => Err(ApiError::WrongIdentity),
        }
    }

    /// Signs in with a one-time token out of a link or a reply, which is used up. What comes of it shows in the
    /// snapshot. Whoever is signed in is signed out for it, in every tab, as soon as the token was good for a session.
    ///
    /// # Errors
    /// What the exchange answered; or that it came too late, as for [`SessionContext::sign_in`], and what came of it was
    /// thrown away. Whoever is signed in stays so.
    pub async fn sign_in_with_token(self, token: OneTimeToken, keep: bool) -> Result<(), ApiError> {
        let mut attempt = self.await_try();
        let grant = exchange_own(&self.client(), token).await?;
        let is_somebody =
            matches!(self.snapshot().read_untracked().phase, Phase::SignedIn | Phase::Lapsed(_));
        if is_somebody && self.awaits(attempt) {
            self.dispatch(Event::SignOut);
            attempt = self.await_try();
            // The mark of the sign-out says when it was. What begins now must not be older than that.
            TimeoutFuture::new(0).await;
        }
        let taken =
            self.awaits(attempt) && matches!(self.snapshot().read_untracked().phase, Phase::SignedOut(_));
        self.granted(attempt, grant, keep);
        if taken { Ok(()) } else { Err(ApiError::WrongIdentity) }
    }

    /// Whoever tried to sign in is not at the form any more: what comes of it is thrown away.
    pub fn give_up(self) {
        self.dispatch(Event::Awaited(None));
    }

    /// From now on what this try at signing in comes to counts, and no other.
    fn await_try(self) -> Attempt {
        let attempt = self.shell().next_try();
        self.dispatch(Event::Awaited(Some(attempt)));
        attempt
    }

    fn awaits(self, attempt: Attempt) -> bool {
        self.shell().0.session.borrow().awaited == Some(attempt)
    }

    fn granted(self, attempt: Attempt, grant: Grant, keep: bool) {
        self.shell().stay();
        let Grant { access, refresh, expires_at, renew_at, client_id } = grant;
        let since = self.client().now();
        let credential =
            Credential { access, refresh, expires_at, renew_at, client_id, user: None, keep, since };
        self.dispatch(Event::Granted(attempt, credential));
    }
}

/// A parameter of the page's address, which is then without parameters.
fn take_search_param(name: &str) -> Option<String> {
    let location = window().location();
    let search = location.search().ok()?;
    let mut pairs = form_urlencoded::parse(search.trim_start_matches('?').as_bytes());
    let value = pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))?;
    let bare = location.pathname().ok()?;
    window().history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&bare)).ok()?;
    Some(value)
}
