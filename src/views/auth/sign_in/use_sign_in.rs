//! The one module through which a person becomes somebody: both journeys call it, and no page does without.

use crate::api::{Access, ApiError, Millis};
use crate::routes::Route;
use crate::session::{
    Event, Failure, Phase, Power, Reason, SessionContext, Snapshot, StartRequest, Target, use_session,
    use_snapshot,
};
use crate::signal::Signal;
use crate::views::frame::use_go;
use contract::{CoworkerId, OneTimeToken};
use std::sync::Arc;

/// Signing in, choosing a profile, acting as another person and coming back.
///
/// Each change of person is carried out whole or not at all: the one-time token is fetched, exchanged, the new
/// session is proved to be the wanted person's, and only then everything cached of the previous person is dropped
/// and the pages are mounted anew. On any failure the person is who they were, and [`SignIn::failure`] says why.
#[derive(Clone, Copy)]
pub struct SignIn {
    session: SessionContext,
    snapshot: Signal<Arc<Snapshot>>,
    page: Signal<String>,
}

/// The module, for the page that calls it.
pub fn use_sign_in() -> SignIn {
    SignIn { session: use_session(), snapshot: use_snapshot(), page: use_go().here() }
}

impl SignIn {
    /// Signs in, with the code of the second factor where there is one. When it works, the session's snapshot shows who
    /// it is.
    ///
    /// # Errors
    /// What the server answered; [`Refused`](super::Refused) knows what to do then.
    pub async fn sign_in(
        self,
        email: String,
        password: String,
        totp: String,
        keep: bool,
    ) -> Result<(), ApiError> {
        self.session.sign_in(email, password, totp, keep).await
    }

    /// Signs in with a one-time token out of a link or a reply, which is used up, in place of whoever is signed in.
    ///
    /// # Errors
    /// What the exchange answered, or that what came of it was thrown away. Whoever is signed in stays so.
    pub async fn sign_in_with_token(self, token: OneTimeToken, keep: bool) -> Result<(), ApiError> {
        self.session.sign_in_with_token(token, keep).await
    }

    /// Signs in again over the page of a person whose session is over. When it works, they go on there.
    ///
    /// # Errors
    /// What to show on the form.
    pub async fn sign_in_again(self, password: String, totp: String) -> Result<(), ApiError> {
        self.session.sign_in_again(password, totp).await
    }

    /// Takes another of one's own profiles, the way this location does it, and goes on to a page. Whether it is being
    /// taken now: while that cannot be, nothing happens.
    pub fn choose_profile(self, profile: Target, then: &Route) -> bool {
        let id = profile.id;
        let how = self.session.settings().profile_choice;
        self.session.dispatch(Event::Choose(profile, how, then.href(), self.at()));
        self.snapshot.read_untracked().phase == Phase::Choosing(id)
    }

    /// Starts acting as another person, by this right. Nothing happens unless one is oneself.
    pub fn impersonate(self, target: Target, power: Power, reason: Reason, access: Access) {
        let kept = self.snapshot.read_untracked().kept.clone();
        let from = kept.map_or_else(|| self.page.get_untracked(), |kept| kept.from);
        let minutes = self.session.settings().acting_minutes;
        let request = StartRequest { target, power, reason, access, from, minutes, at: self.at() };
        self.session.dispatch(Event::Start(request));
    }

    /// Gives up waiting for [`SignIn::impersonate`].
    pub fn cancel(self) {
        self.session.dispatch(Event::Cancel);
    }

    /// Comes back to one's own account, to the page where acting began. Works without a network.
    pub fn return_to_my_account(self) {
        self.session.dispatch(Event::Return(self.at()));
    }

    /// Comes back to one's own account to choose another person to act as, for the same reason.
    pub fn change_person(self) {
        self.session.dispatch(Event::ChangePerson(self.at()));
    }

    /// Lets changes out too, from now on.
    pub fn raise_access(self, reason: Reason) {
        self.session.dispatch(Event::Raise(self.at(), reason));
    }

    /// Lets nothing but reads out, from now on.
    pub fn lower_access(self) {
        self.session.dispatch(Event::Lower(self.at()));
    }

    /// Gives up waiting for [`SignIn::extend`]. The time that is left goes on.
    pub fn not_longer(self) {
        self.session.dispatch(Event::NotLonger);
    }

    /// Forgets what was kept for [`SignIn::change_person`]: the person has gone on to something else.
    pub fn settle(self) {
        self.session.dispatch(Event::Settle);
    }

    /// Tries again to find out whose session it is, of which that is not known yet.
    pub fn prove_again(self) {
        self.session.dispatch(Event::ProveAgain);
    }

    /// Asks for more time. The server decides as it did about the first session.
    pub fn extend(self, reason: Reason) {
        self.session.dispatch(Event::Extend(reason));
    }

    fn at(self) -> Millis {
        self.session.client().now()
    }

    /// Signs out, in every tab.
    pub fn sign_out(self) {
        self.session.dispatch(Event::SignOut);
    }

    /// Whether a session as another person is being made.
    pub fn is_starting(self) -> Signal<bool> {
        let snapshot = self.snapshot;
        Signal::derive(move || matches!(snapshot.read().phase, Phase::Starting(_)))
    }

    /// The own profile that is being taken.
    pub fn choosing(self) -> Signal<Option<CoworkerId>> {
        let snapshot = self.snapshot;
        Signal::derive(move || match snapshot.read().phase {
            Phase::Choosing(profile) => Some(profile),
            _ => None,
        })
    }

    /// Why the last change of person did not happen.
    pub fn failure(self) -> Signal<Option<Failure>> {
        let snapshot = self.snapshot;
        Signal::derive(move || snapshot.read().failure.clone())
    }

    /// Who the person is.
    pub fn snapshot(self) -> Signal<Arc<Snapshot>> {
        self.snapshot
    }

    /// The wall clock, to the second while acting.
    pub fn now(self) -> Signal<Millis> {
        self.session.now().into()
    }

    /// Why no other profile can be taken now, in words; `None` when it can.
    pub fn no_other_profile(self) -> Option<String> {
        let snapshot = self.snapshot.read();
        let acting = snapshot.acting.as_ref()?;
        Some(words::profiles::while_acting(&acting.name))
    }

    /// Why this person cannot be acted as, in words; `None` when they can.
    pub fn refusal(self, target: CoworkerId, active: Option<bool>) -> Option<String> {
        refusal(&self.snapshot.read(), target, active)
    }
}

fn refusal(snapshot: &Snapshot, target: CoworkerId, active: Option<bool>) -> Option<String> {
    if let Some(acting) = &snapshot.acting {
        return Some(words::profiles::acting_already(&acting.name));
    }
    if matches!(snapshot.phase, Phase::Choosing(_)) {
        return Some(words::switching::while_switching().to_owned());
    }
    if snapshot.own.as_ref().is_some_and(|own| own.holds(target)) {
        return Some(words::profiles::this_is_you().to_owned());
    }
    if active == Some(false) {
        return Some(words::profiles::member_not_active().to_owned());
    }
    None
}
