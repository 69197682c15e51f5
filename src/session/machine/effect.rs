//! What the shell has to do.

use super::Attempt;
use crate::api::{ApiError, Millis, Passport};
use crate::session::credential::Credential;
use crate::session::model::Power;
use crate::session::notice::Notice;
use contract::{AccessToken, CoworkerId, ImpersonationToken, UserId};

/// Something the shell has to do. Effects carry what they need; the shell decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask whose session this bearer is.
    Whoami(Attempt, AccessToken),
    /// Renew this credential.
    Renew(Credential),
    /// Ask for the one-time token, as oneself and by this right.
    FetchToken(Attempt, AccessToken, CoworkerId, Power),
    /// Exchange the one-time token that was given by this right; the session is wanted for these minutes.
    Exchange(Attempt, ImpersonationToken, Power, u32),
    /// Switch to another own profile.
    SwitchProfile(Attempt, AccessToken, CoworkerId),
    /// Tell the server that a session as another person is over, and report how that went.
    Stop(Attempt, AccessToken),
    /// Tell the server that a session is over; nothing depends on the answer.
    Discard(AccessToken),
    /// Tell the server that these sessions are over, then the other tabs that this person has signed out.
    Farewell(Vec<AccessToken>, Option<UserId>),
    /// The person changed: abort what is in flight, clear every query, remount the pages.
    Assume(Passport),
    /// The same person has a new session: what is shown is fetched again.
    Refresh(Passport),
    /// The same person has a new bearer or none, or may do more or less, or for longer or shorter. What is shown stays.
    Limit(Passport),
    /// It is known what a 401 meant, or what stood in the way of finding out: whatever waited for that goes on.
    Settled(Option<ApiError>),
    /// Keep one's own credential, which was just issued.
    Store(Credential),
    /// Forget this credential. A newer one of the same sign-in, which another tab has renewed, stays.
    Forget(AccessToken),
    /// Look whether storage holds another session of the same account as this one.
    Seek(Credential),
    /// Forget whatever was kept for the person of this `client_id`; with a time, what they signed in to before it.
    ForgetPerson(String, Option<Millis>),
    /// Ask the other tabs what they do on behalf of this person, and look whether the person has signed out.
    Greet,
    /// Tell the other tabs that this account may be on another profile now.
    TellProfile(UserId),
    /// Take back what was said and heard: it is not for the next person.
    Hush,
    /// Tell the other tabs whether this one acts as somebody.
    TellActing,
    /// Find out what was done as others in this tab.
    Remember,
    /// Keep the ledger of what was done as others, as it is now.
    Record,
    /// Go to a page of the portal.
    Go(String),
    /// Say something.
    Say(Notice),
}
