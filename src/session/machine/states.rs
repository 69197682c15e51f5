//! Who the person can be.

use crate::api::{ApiError, Millis};
use crate::session::acting::Acting;
use crate::session::credential::{ActingCredential, Credential, Grant};
use crate::session::ledger::End;
use crate::session::model::{Own, Reason, StartRequest, Target, Why};
use contract::{AccessToken, CoworkerId, ProfileChoice, UserId};

/// Who the person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The page was just loaded; storage has not been read.
    Restoring,
    /// Nobody.
    SignedOut(Why),
    /// Somebody has a credential, and it is being proved whose it is. Nothing of theirs is shown.
    Proving(Proof),
    /// Oneself.
    SignedIn(Own),
    /// Oneself, whose session is over: nothing is sent until the person has signed in again over the page they were on.
    /// Holds the new session while it is being proved that it is theirs.
    Lapsed(Own, Option<Proof>),
    /// Oneself, while another of one's own profiles is being taken.
    Choosing(Own, Choice),
    /// Oneself, while a session as another person is being made. Can only be reached from `SignedIn`.
    Starting(Own, Start),
    /// Another person, on top of oneself.
    Acting(Own, Box<Acting>, Asking),
    /// Nobody for a moment: the session as another person is being ended.
    Stopping(Own, Stop),
}

/// The proof of a credential that is to be one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The credential to prove.
    pub credential: Credential,
    /// True when it was just issued, false when it was read from storage.
    pub fresh: bool,
    /// True once it was renewed: it is not renewed a second time.
    pub renewed: bool,
    /// True when the person wants to sign out as soon as it is known who they are, so that their other tabs hear of it.
    pub leaving: bool,
    /// Why it could not be proved, when that is no verdict on it (no network, say).
    pub problem: Option<ApiError>,
    /// The profile that was being taken: the server has perhaps switched to it.
    pub taking: Option<Box<Choice>>,
    /// The session as another person that was ended before, of which one comes back.
    pub back: Option<Box<Stop>>,
}

/// Taking another of one's own profiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which one.
    pub profile: Target,
    /// The session that was exchanged for it, where that is how profiles are taken.
    pub exchanged: Option<Grant>,
    /// The page to go to once it is taken.
    pub to: String,
    /// Why the answer of the server does not say whether it has switched.
    pub lost: Option<ApiError>,
    /// How and when it was asked for, while it waits for one's own session, which is being renewed.
    pub waits: Option<(ProfileChoice, Millis)>,
    /// Whether the server was asked to switch: from then on it is not known for which profile the own bearer speaks, and
    /// nothing is sent with it.
    pub switching: bool,
}

/// Making a session as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// What was asked for.
    pub request: StartRequest,
    /// Whether it waits for one's own session, which is being renewed: while one acts it is not touched.
    pub waits: bool,
    /// The session, once there is one; proved before it counts.
    pub exchanged: Option<ActingCredential>,
}

/// What is being asked of the server while one acts. None of it changes who one is unless the answer says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Nothing.
    Nothing,
    /// Whether one's own session still is one's own.
    Own,
    /// Whether the session as the other person still is theirs.
    Theirs,
    /// For more time: a new session of the same person, because only the server can give time.
    Longer {
        /// Why.
        reason: Reason,
        /// The new session, once there is one; proved before it replaces the first.
        exchanged: Option<ActingCredential>,
    },
}

/// Ending a session as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// As whom.
    pub name: String,
    /// The page to come back to.
    pub from: String,
    /// What ended it.
    pub end: End,
    /// How many changes were made, or may have been.
    pub changes: usize,
    /// How many of those may also not have been.
    pub unseen: usize,
    /// One's own profile when acting began: it may have been changed elsewhere meanwhile.
    pub left: CoworkerId,
    /// When another person is wanted next: why one acted, and the page on which one is chosen.
    pub next: Option<(Reason, &'static str)>,
    /// The session that is being ended.
    pub bearer: AccessToken,
    /// Whether one's own session was refused, so that it is renewed before anything else, or is over too.
    pub refused: bool,
    /// Whether the server was told; `None` until that is known.
    pub told: Option<bool>,
}

impl Proof {
    /// The first proof of a credential that was read from storage.
    pub fn of(credential: Credential) -> Self {
        Self {
            credential,
            fresh: false,
            renewed: false,
            leaving: false,
            problem: None,
            taking: None,
            back: None,
        }
    }
}

impl State {
    /// The bearers of all sessions beside one's own, proved or not.
    pub fn overlays(&self) -> Vec<AccessToken> {
        let (first, second) = match self {
            Self::Choosing(_, choice) => (choice.exchanged.as_ref().map(|grant| &grant.access), None),
            Self::Starting(_, start) => (start.exchanged.as_ref().map(|it| &it.access), None),
            Self::Acting(_, acting, Asking::Longer { exchanged, .. }) => {
                (Some(&acting.credential.access), exchanged.as_ref().map(|it| &it.access))
            }
            Self::Acting(_, acting, _) => (Some(&acting.credential.access), None),
            Self::Stopping(_, stop) => (Some(&stop.bearer), None),
            Self::Lapsed(_, Some(proof)) if proof.fresh => (Some(&proof.credential.access), None),
            Self::Restoring
            | Self::SignedOut(_)
            | Self::Proving(_)
            | Self::SignedIn(_)
            | Self::Lapsed(..) => (None, None),
        };
        second.into_iter().chain(first).cloned().collect()
    }

    /// Whether something is wanted that waits for one's own session.
    pub(super) fn waits(&self) -> bool {
        matches!(
            self,
            Self::Starting(_, Start { waits: true, .. }) | Self::Choosing(_, Choice { waits: Some(_), .. })
        )
    }

    /// Whether it is not known for which of one's own profiles the own bearer speaks.
    pub(super) fn is_switching(&self) -> bool {
        matches!(self, Self::Choosing(_, Choice { switching: true, .. }))
    }

    /// Whether this credential is being proved to be one's own.
    pub(super) fn proves(&self, credential: &Credential) -> bool {
        matches!(self, Self::Proving(proof) if proof.credential.is_the_same(credential))
    }

    /// The own credential, also one of which it is not known yet whose it is.
    pub fn credential(&self) -> Option<&Credential> {
        match self {
            Self::Proving(proof) => Some(&proof.credential),
            other => other.own().map(|own| &own.credential),
        }
    }

    /// Whose that is, as far as it is known: while it is being proved, whose it was.
    pub fn user(&self) -> Option<UserId> {
        self.credential().and_then(|credential| credential.user)
    }

    /// Oneself, whatever lies on top; nobody before that is proved.
    pub fn own(&self) -> Option<&Own> {
        match self {
            Self::SignedIn(own)
            | Self::Lapsed(own, _)
            | Self::Choosing(own, _)
            | Self::Starting(own, _)
            | Self::Acting(own, _, _)
            | Self::Stopping(own, _) => Some(own),
            Self::Restoring | Self::SignedOut(_) | Self::Proving(_) => None,
        }
    }

    /// The same, where it may be given a new credential: not while something lies on top of it, and not once it is over.
    pub(super) fn own_mut(&mut self) -> Option<&mut Own> {
        match self {
            Self::SignedIn(own) | Self::Choosing(own, _) | Self::Stopping(own, _) => Some(own),
            Self::Restoring
            | Self::SignedOut(_)
            | Self::Proving(_)
            | Self::Lapsed(..)
            | Self::Starting(..)
            | Self::Acting(..) => None,
        }
    }
}
