//! The thin shell around the machine: it carries out effects and reports events, and decides nothing.

use super::machine::{Effect, Event, Session, State, step};
use super::model::{Credential, Grant};
use super::notice::Notice;
use super::snapshot::Snapshot;
use super::store::Store;
use super::tabs::{Elsewhere, TabNews, Tabs};
use crate::api::{ApiError, Client, Millis, Passport};
use contract::auth::{self, RefreshGrant, SignOut};
use contract::coworkers::{Impersonate, ListProfiles, SetCurrentProfile};
use contract::{AccessToken, Endpoint, Problem, Settings};
use futures_util::future::{Either, select};
use gloo_timers::callback::Interval;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

/// Longest wait for the server to hear that a session as another person is over. The way back does not depend on it.
const STOP_MS: u32 = 3_000;

/// The session of this tab with everything that carries it out. Clones are the same one.
#[derive(Clone)]
pub(super) struct Shell(pub(super) Rc<Inner>);

pub(super) struct Inner {
    session: RefCell<Session>,
    pub(super) client: Client,
    pub(super) settings: RefCell<Settings>,
    pub(super) store: Store,
    pub(super) tab: u32,
    tabs: OnceCell<Tabs>,
    ticking: RefCell<Option<Interval>>,
    renewing: Cell<bool>,
    pub(super) forget_queries: RefCell<Rc<dyn Fn(bool)>>,
    pub(super) snapshot: ArcRwSignal<Snapshot>,
    pub(super) now: ArcRwSignal<Millis>,
    pub(super) goto: ArcRwSignal<Option<String>>,
    pub(super) notice: ArcRwSignal<Option<Notice>>,
    pub(super) elsewhere: ArcRwSignal<Vec<Elsewhere>>,
}

impl Shell {
    pub(super) fn new(client: Client) -> Self {
        let session = Session::new();
        Self(Rc::new(Inner {
            snapshot: ArcRwSignal::new(Snapshot::from(&session)),
            session: RefCell::new(session),
            now: ArcRwSignal::new(client.now()),
            client,
            settings: RefCell::default(),
            store: Store::default(),
            tab: (js_sys::Math::random() * f64::from(u32::MAX)) as u32,
            tabs: OnceCell::new(),
            ticking: RefCell::default(),
            renewing: Cell::default(),
            forget_queries: RefCell::new(Rc::new(|_| {})),
            goto: ArcRwSignal::new(None),
            notice: ArcRwSignal::new(None),
            elsewhere: ArcRwSignal::new(Vec::new()),
        }))
    }

    /// Reports to this session for as long as it lives, without keeping it alive.
    fn reporter<T: 'static>(&self, report: impl Fn(&Self, T) + 'static) -> impl Fn(T) + 'static {
        let weak = Rc::downgrade(&self.0);
        move |news| {
            if let Some(inner) = weak.upgrade() {
                report(&Self(inner), news);
            }
        }
    }

    /// Starts to listen: to the client, and to the other tabs.
    pub(super) fn listen(&self) {
        self.0
            .client
            .on_unauthorized(self.reporter(|shell, epoch| shell.dispatch(Event::Unauthorized(epoch))));
        let _ = self.0.tabs.set(Tabs::open(self.reporter(Self::hear)));
    }

    pub(super) fn dispatch(&self, event: Event) {
        let session = self.0.session.borrow().clone();
        let (session, effects) = step(session, event);
        self.0.session.replace(session);
        for effect in effects {
            self.run(effect);
        }
        // An effect may have reported another event, so what is true now is read now.
        let snapshot = Snapshot::from(&*self.0.session.borrow());
        if *self.0.snapshot.read_untracked() != snapshot {
            self.keep_time(&snapshot);
            self.0.snapshot.set(snapshot);
        }
    }

    fn run(&self, effect: Effect) {
        match effect {
            Effect::Assume(passport) => self.assume(passport),
            Effect::Refresh(passport) => {
                self.0.client.renew(passport);
                self.forget_queries(false);
            }
            Effect::Store(credential) => {
                self.0.store.save(&credential);
                // Only now is it known whose overlays in other tabs, and whose sign-outs, concern this person.
                self.tell(&TabNews::Hello);
                self.check_sign_out();
            }
            Effect::Forget => self.0.store.forget(),
            Effect::Mark(name) => {
                self.0.store.mark_acting(name.as_deref());
                self.tell_acting();
            }
            Effect::Go(path) => self.0.goto.set(Some(path)),
            Effect::Say(notice) => self.0.notice.set(Some(notice)),
            asynchronous => {
                let shell = self.clone();
                spawn_local(async move { shell.run_async(asynchronous).await });
            }
        }
    }

    async fn run_async(self, effect: Effect) {
        let client = &self.0.client;
        let event = match effect {
            Effect::Whoami(attempt, bearer) => {
                let result = client.call_as(Some(&bearer), &ListProfiles).await;
                Event::Proved(attempt, client.now(), result)
            }
            Effect::SwitchProfile(attempt, bearer, coworker) => {
                let result = client.call_as(Some(&bearer), &SetCurrentProfile { coworker }).await;
                Event::Switched(
                    attempt,
                    result.and_then(|reply| {
                        if reply.was_successful {
                            return Ok(());
                        }
                        let message = reply.message.unwrap_or_default();
                        Err(ApiError::Rejected(Problem { message, ..Problem::default() }))
                    }),
                )
            }
            Effect::FetchToken(attempt, bearer, coworker) => {
                let result = client.call_as(Some(&bearer), &Impersonate { coworker }).await;
                Event::TokenFetched(attempt, result.map(|reply| reply.token))
            }
            Effect::Exchange(attempt, token, minutes) => {
                let form = self.0.settings.borrow().exchange;
                let result = client.send_anonymous(auth::exchange(form, token, minutes)).await;
                let reply =
                    result.and_then(|body| auth::ExchangeLogin::read(&body).map_err(|_| ApiError::Malformed));
                Event::Exchanged(attempt, reply.map(|reply| Grant::new(reply, client.now())))
            }
            Effect::Stop(attempt, bearer) => {
                let told =
                    select(Box::pin(client.call_as(Some(&bearer), &SignOut)), TimeoutFuture::new(STOP_MS));
                let told = matches!(told.await, Either::Left((Ok(()), _)));
                Event::Stopped(attempt, told)
            }
            Effect::Renew(credential) => match self.renew(credential).await {
                Some(event) => event,
                None => return,
            },
            Effect::Discard(bearer) => return self.discard(&bearer).await,
            Effect::Farewell(bearers, user) => {
                for bearer in &bearers {
                    self.discard(bearer).await;
                }
                if let Some(user) = user {
                    self.0.store.mark_signed_out(user, client.now());
                    self.tell(&TabNews::SignedOut);
                }
                return;
            }
            _ => return,
        };
        self.dispatch(event);
    }

    async fn discard(&self, bearer: &AccessToken) {
        // Nothing on the screen depends on the answer, and what it revokes is the location's affair.
        let _ = self.0.client.call_as(Some(bearer), &SignOut).await;
    }

    /// Renews a credential, one renewal at a time. Where another tab was quicker, its result is taken over.
    async fn renew(&self, credential: Credential) -> Option<Event> {
        if self.0.renewing.replace(true) {
            return None;
        }
        let result = match credential.refresh.clone() {
            Some(refresh_token) => {
                let grant = RefreshGrant { client_id: credential.client_id.clone(), refresh_token };
                self.0.client.call_as(None, &grant).await
            }
            None => Err(ApiError::Unauthorized),
        };
        self.0.renewing.set(false);
        let now = self.0.client.now();
        let grant = match result {
            Ok(reply) => Ok(Grant::new(reply, now)),
            Err(error) => match self.0.store.load() {
                Some(kept) if credential.keep && kept.refresh != credential.refresh => {
                    Ok(Grant { access: kept.access, refresh: kept.refresh, expires_at: kept.expires_at })
                }
                _ => Err(error),
            },
        };
        Some(Event::Renewed(credential, grant))
    }

    fn assume(&self, passport: Passport) {
        self.0.client.assume(passport);
        self.forget_queries(true);
    }

    fn forget_queries(&self, all: bool) {
        let forget = self.0.forget_queries.borrow().clone();
        forget(all);
    }

    /// Ticks once a second while a deadline is running, and only then.
    fn keep_time(&self, snapshot: &Snapshot) {
        self.0.now.set(self.0.client.now());
        let wanted = snapshot.acting.is_some();
        let mut ticking = self.0.ticking.borrow_mut();
        if wanted == ticking.is_some() {
            return;
        }
        let tick = self.reporter(|shell, ()| shell.tick());
        *ticking = wanted.then(|| Interval::new(1_000, move || tick(())));
    }

    pub(super) fn tick(&self) {
        let now = self.0.client.now();
        self.0.now.set(now);
        self.dispatch(Event::Clock(now));
    }

    pub(super) fn check_sign_out(&self) {
        if let Some((user, at)) = self.0.store.signed_out_mark() {
            self.dispatch(Event::SignedOutElsewhere(user, at));
        }
    }

    pub(super) fn tell(&self, news: &TabNews) {
        if let Some(tabs) = self.0.tabs.get() {
            tabs.tell(news);
        }
    }

    fn tell_acting(&self) {
        let news = match &self.0.session.borrow().state {
            State::Acting(own, acting) => TabNews::Acting {
                tab: self.0.tab,
                user: own.identity.user,
                name: acting.request.target.name.clone(),
            },
            _ => TabNews::Ended { tab: self.0.tab },
        };
        self.tell(&news);
    }

    fn hear(&self, news: TabNews) {
        match news {
            TabNews::Hello => self.tell_acting(),
            TabNews::SignedOut => self.check_sign_out(),
            TabNews::Acting { tab, user, name } => {
                let own = self.0.snapshot.read_untracked().own.as_ref().map(|own| own.user);
                if own == Some(user) {
                    self.0.elsewhere.update(|tabs| {
                        tabs.retain(|other| other.tab != tab);
                        tabs.push(Elsewhere { tab, name });
                    });
                }
            }
            TabNews::Ended { tab } => self.0.elsewhere.update(|tabs| tabs.retain(|other| other.tab != tab)),
        }
    }
}
