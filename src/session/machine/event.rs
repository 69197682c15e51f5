//! What can happen.

use super::Attempt;
use crate::api::{ApiError, Epoch, Millis};
use crate::session::credential::{Credential, Found, Grant};
use crate::session::identity::Identity;
use crate::session::ledger::{Change, Ledger};
use crate::session::model::{Reason, StartRequest, Target};
use contract::coworkers::Profiles;
use contract::{ImpersonationToken, ProfileChoice, UserId};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Storage was read at start.
    Restored {
        /// What it held.
        found: Found,
        /// Whether the person signed out on a page that was broken, and meant this one to do it.
        leaving: bool,
    },
    /// Somebody tries to sign in: from now on only what this try comes to counts. With none, whoever has tried is gone.
    Awaited(Option<Attempt>),
    /// This try at signing in was accepted.
    Granted(Attempt, Credential),
    /// Storage holds another session of the account whose session is over: somebody has signed in again in another tab.
    Found(Credential),
    /// A whoami was answered, at this time.
    Proved(Attempt, Millis, Result<Profiles, ApiError>),
    /// The person asks to try the proof again.
    ProveAgain,
    /// The current person's bearer was answered with 401, at this time.
    Unauthorized(Epoch, Millis),
    /// This was done as others in this tab, as far as storage knows, and it is this time now.
    Remembered(Ledger, Millis),
    /// The renewal of this credential was answered, at this time.
    Renewed(Credential, Millis, Result<Grant, ApiError>),
    /// Another tab has made this of the credential: it may be old by now, and it may be on another profile.
    Adopted(Credential, Grant),
    /// Something may have happened to the own session elsewhere: find out who the person is now.
    LookAgain,
    /// The server has said who the person of this epoch is, at this time, on another occasion: not whom they are shown as.
    Seen(Epoch, Millis, Option<Identity>),
    /// The person wants another of their own profiles, and then this page, at this time.
    Choose(Target, ProfileChoice, String, Millis),
    /// The server switched the profile, or did not.
    Switched(Attempt, Result<(), ApiError>),
    /// The person wants to act as another.
    Start(StartRequest),
    /// The one-time token was asked for.
    TokenFetched(Attempt, Result<ImpersonationToken, ApiError>),
    /// The one-time token was exchanged.
    Exchanged(Attempt, Result<Grant, ApiError>),
    /// The person does not want to wait for it any longer.
    Cancel,
    /// The person wants to be themselves again, at this time.
    Return(Millis),
    /// The person wants to act as somebody else instead: they are themselves first.
    ChangePerson(Millis),
    /// The person wants to change things as the other, at this time, for this reason.
    Raise(Millis, Reason),
    /// The person wants only to look again, from this time.
    Lower(Millis),
    /// The person wants more time, for this reason.
    Extend(Reason),
    /// The person does not want to wait for it any longer.
    NotLonger,
    /// What was kept for changing the person is not wanted any more.
    Settle,
    /// Something that changes data was sent, or answered, for the person of this epoch, at this time.
    Changed(Epoch, Millis, Change),
    /// The server was told that the session as another person is over, or could not be.
    Stopped(Attempt, bool),
    /// It is this time now.
    Clock(Millis),
    /// The person signs out.
    SignOut,
    /// Nobody has used the portal for so many minutes.
    Unused(u32),
    /// A check found that this person signed out in another tab, at this time.
    SignedOutElsewhere(UserId, Millis),
}

impl Event {
    /// What stood in the way of finding out whether one's own session is over.
    pub(super) fn trouble(&self) -> Option<ApiError> {
        match self {
            Self::Renewed(_, _, Err(error)) if error.is_no_renewal() => None,
            Self::Proved(_, _, Err(ApiError::Unauthorized)) => None,
            Self::Renewed(_, _, Err(error)) | Self::Proved(_, _, Err(error)) => Some(error.clone()),
            _ => None,
        }
    }
}
