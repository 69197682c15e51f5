//! What the screens may know of the session: everything but the secrets.

use super::failure::Failure;
use super::identity::Identity;
use super::machine::{Asking, Session, State};
use super::model::{Kept, Why};
use crate::api::{Access, ApiError, Epoch, Millis};
use contract::CoworkerId;

/// The session without its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The epoch of the current person.
    pub epoch: Epoch,
    /// What is going on.
    pub phase: Phase,
    /// Oneself, as soon as that is proved.
    pub own: Option<Identity>,
    /// The person acted as.
    pub acting: Option<ActingView>,
    /// Why the last change of person did not happen.
    pub failure: Option<Failure>,
    /// What the next start goes on with.
    pub kept: Option<Kept>,
}

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The page was just loaded.
    Restoring,
    /// Nobody is signed in.
    SignedOut(Why),
    /// It is being proved whose session it is; with a problem, that did not work and can be tried again.
    Proving(Option<ApiError>),
    /// Oneself.
    SignedIn,
    /// Oneself, who has to sign in again before anything is sent; whether a new session is being proved.
    Lapsed(bool),
    /// This own profile is being taken.
    Choosing(CoworkerId),
    /// A session as this person is being made.
    Starting(CoworkerId),
    /// Acting as another person.
    Acting,
    /// Coming back to oneself.
    Stopping,
}

/// What the screens show of acting as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingView {
    /// Who it is.
    pub identity: Identity,
    /// Their name, as the session in use says it.
    pub name: String,
    /// Why.
    pub reason: String,
    /// How much may be done.
    pub access: Access,
    /// When it ends at the latest.
    pub deadline: Millis,
    /// Whether more time is being asked for.
    pub extending: bool,
}

impl Snapshot {
    /// The person that pages are shown for: the one acted as, else oneself; nobody in between.
    pub fn person(&self) -> Option<&Identity> {
        match self.phase {
            Phase::Stopping => None,
            _ => self.acting.as_ref().map(|acting| &acting.identity).or(self.own.as_ref()),
        }
    }

    /// Whether one is oneself, and an operator of the location.
    pub fn is_operator(&self) -> bool {
        self.acting.is_none() && self.own.as_ref().is_some_and(|own| own.is_operator)
    }
}

impl From<&Session> for Snapshot {
    fn from(session: &Session) -> Self {
        let (phase, own, acting) = match &session.state {
            State::Restoring => (Phase::Restoring, None, None),
            State::SignedOut(why) => (Phase::SignedOut(why.clone()), None, None),
            State::Proving(proof) => (Phase::Proving(proof.problem.clone()), None, None),
            State::SignedIn(own) => (Phase::SignedIn, Some(own), None),
            State::Lapsed(own, proof) => (Phase::Lapsed(proof.is_some()), Some(own), None),
            State::Choosing(own, choice) => (Phase::Choosing(choice.profile.id), Some(own), None),
            State::Starting(own, start) => (Phase::Starting(start.request.target.id), Some(own), None),
            State::Acting(own, acting, asking) => (Phase::Acting, Some(own), Some((acting, asking))),
            State::Stopping(own, _) => (Phase::Stopping, Some(own), None),
        };
        Self {
            epoch: session.epoch,
            phase,
            own: own.map(|own| own.identity.clone()),
            acting: acting.map(|(acting, asking)| ActingView {
                identity: acting.identity.clone(),
                name: acting.identity.name.clone(),
                reason: acting.request.reason.as_str().to_owned(),
                access: acting.access,
                deadline: acting.deadline,
                extending: matches!(asking, Asking::Longer { .. }),
            }),
            failure: session.failure.clone(),
            kept: session.kept.clone(),
        }
    }
}
