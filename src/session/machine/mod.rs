//! The only place that decides who the person is.
//!
//! [`step`] is pure: no clock, no storage, no HTTP. It takes what is and what happened, and gives what is now and
//! what the shell has to do. The person's own credential is part of every state in which they are signed in and is
//! never moved: acting as another lies on top of it and is taken off again.

mod acting;
mod choosing;
mod own;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use super::failure::{Cause, Failure, Goal};
use super::model::{Acting, ActingCredential, Credential, Grant, Own, StartRequest, Target, Why};
use super::notice::Notice;
use crate::api::{ApiError, Epoch, Millis, Passport};
use contract::coworkers::Profiles;
use contract::{AccessToken, CoworkerId, ImpersonationToken, ProfileChoice, UserId};

/// Numbers the tries at something, so that an answer to an older try is known as such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub u64);

/// Everything there is to know about who the person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Grows by each change of person.
    pub epoch: Epoch,
    /// The latest try.
    pub attempt: Attempt,
    /// Who the person is.
    pub state: State,
    /// Why the last change of person did not happen, until the next one is tried.
    pub failure: Option<Failure>,
    /// When the own session was last renewed.
    pub renewed_at: Option<Millis>,
}

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
    /// Oneself, while another of one's own profiles is being taken.
    Choosing(Own, Choice),
    /// Oneself, while a session as another person is being made. Can only be reached from `SignedIn`.
    Starting(Own, Start),
    /// Another person, on top of oneself.
    Acting(Own, Acting),
    /// Nobody for a moment: the session as another person is being ended.
    Stopping(Own, Stop),
}

/// The proof of one's own credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The credential to prove.
    pub credential: Credential,
    /// True when it was just issued, false when it was read from storage.
    pub fresh: bool,
    /// True once it was renewed: it is not renewed a second time.
    pub renewed: bool,
    /// Why it could not be proved, when that is no verdict on it (no network, say).
    pub problem: Option<ApiError>,
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
}

/// Making a session as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// What was asked for.
    pub request: StartRequest,
    /// The session, once there is one; proved before it counts.
    pub exchanged: Option<ActingCredential>,
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
}

/// What ended a session as another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The person returned.
    Returned,
    /// Its time was up.
    TimeUp,
    /// The server no longer accepted it.
    Rejected,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Storage was read at start.
    Restored {
        /// What it held.
        credential: Option<Credential>,
        /// As whom this tab acted before the page was loaded again.
        was_acting: Option<String>,
    },
    /// A sign-in was accepted.
    Granted(Credential),
    /// A whoami was answered, at this time.
    Proved(Attempt, Millis, Result<Profiles, ApiError>),
    /// The person asks to try the proof again.
    ProveAgain,
    /// The current person's bearer was answered with 401, at this time.
    Unauthorized(Epoch, Millis),
    /// The renewal of this credential was answered, at this time.
    Renewed(Credential, Millis, Result<Grant, ApiError>),
    /// Something may have happened to the own session elsewhere: find out who the person is now.
    LookAgain,
    /// The person wants another of their own profiles, and then this page.
    Choose(Target, ProfileChoice, String),
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
    /// The person wants to be themselves again.
    Return,
    /// The server was told that the session as another person is over, or could not be.
    Stopped(Attempt, bool),
    /// It is this time now.
    Clock(Millis),
    /// The person signs out.
    SignOut,
    /// A check found that this person signed out in another tab, at this time.
    SignedOutElsewhere(UserId, Millis),
}

/// Something the shell has to do. Effects carry what they need; the shell decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask whose session this bearer is.
    Whoami(Attempt, AccessToken),
    /// Renew this credential.
    Renew(Credential),
    /// Ask for the one-time token, as oneself.
    FetchToken(Attempt, AccessToken, CoworkerId),
    /// Exchange the one-time token; the session is wanted for these minutes.
    Exchange(Attempt, ImpersonationToken, u32),
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
    /// The same person has a new bearer: what failed for its sake is fetched again.
    Refresh(Passport),
    /// Keep one's own credential, which was just issued.
    Store(Credential),
    /// Forget this credential. A newer one of the same sign-in, which another tab has renewed, stays.
    Forget(AccessToken),
    /// Forget whatever was kept for the person of this `client_id`.
    ForgetPerson(String),
    /// Ask the other tabs what they do on behalf of this person, and look whether the person has signed out.
    Greet,
    /// Tell the other tabs that this account may be on another profile now.
    TellProfile(UserId),
    /// Take back what was said and heard: it is not for the next person.
    Hush,
    /// Leave a mark that this tab acts as the person of this name, or take it away.
    Mark(Option<String>),
    /// Go to a page of the portal.
    Go(String),
    /// Say something.
    Say(Notice),
}

impl State {
    /// Oneself, whatever lies on top; nobody before that is proved.
    pub fn own(&self) -> Option<&Own> {
        match self {
            Self::SignedIn(own)
            | Self::Choosing(own, _)
            | Self::Starting(own, _)
            | Self::Acting(own, _)
            | Self::Stopping(own, _) => Some(own),
            Self::Restoring | Self::SignedOut(_) | Self::Proving(_) => None,
        }
    }
}

impl Session {
    /// The session of a page that was just loaded.
    pub fn new() -> Self {
        Self {
            epoch: Epoch::default(),
            attempt: Attempt::default(),
            state: State::Restoring,
            failure: None,
            renewed_at: None,
        }
    }

    /// The next try; the answers to earlier ones no longer count.
    fn try_again(&mut self) -> Attempt {
        self.attempt = Attempt(self.attempt.0.wrapping_add(1));
        self.attempt
    }

    /// What was wanted did not happen: the person stays who they are, and answers that are still to come do not count.
    fn stay(&mut self, own: Own, goal: Goal, cause: Cause) -> Vec<Effect> {
        self.try_again();
        self.failure = Some(Failure { goal, cause });
        self.state = State::SignedIn(own);
        vec![]
    }

    /// A change of person: nobody's requests, replies, queries and pages outlive it.
    fn become_somebody(&mut self, passport: impl FnOnce(Epoch) -> Passport) -> Effect {
        self.epoch = self.epoch.next();
        Effect::Assume(passport(self.epoch))
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

/// A passport for nobody.
fn nobody(epoch: Epoch) -> Passport {
    Passport { epoch, ..Passport::default() }
}

/// What is now, and what has to be done, after `event`. An event that has no meaning in this state changes nothing.
pub fn step(mut session: Session, event: Event) -> (Session, Vec<Effect>) {
    let effects = match event {
        Event::Restored { credential, was_acting } => own::restored(&mut session, credential, was_acting),
        Event::Granted(credential) => own::granted(&mut session, credential),
        Event::ProveAgain => own::prove_again(&mut session),
        Event::Renewed(used, at, result) => own::renewed(&mut session, &used, at, result),
        Event::LookAgain => own::look_again(&mut session),
        Event::SignOut => own::sign_out(&mut session),
        Event::SignedOutElsewhere(user, at) => own::signed_out_elsewhere(&mut session, user, at),
        Event::Unauthorized(epoch, at) if epoch == session.epoch => match session.state {
            State::Acting(..) => acting::end(&mut session, End::Rejected),
            _ => own::unauthorized(&mut session, at),
        },
        Event::Unauthorized(..) => vec![],
        Event::Choose(profile, how, to) => choosing::choose(&mut session, profile, how, to),
        Event::Start(request) => acting::start(&mut session, request),
        Event::Cancel => acting::cancel(&mut session),
        Event::Return => acting::end(&mut session, End::Returned),
        Event::Clock(now) => acting::clock(&mut session, now),
        Event::Proved(attempt, ..)
        | Event::Switched(attempt, _)
        | Event::TokenFetched(attempt, _)
        | Event::Exchanged(attempt, _)
        | Event::Stopped(attempt, _)
            if attempt != session.attempt =>
        {
            late(event)
        }
        Event::Proved(_, at, result) => match session.state {
            State::Proving(_) => own::proved(&mut session, result),
            State::SignedIn(_) => own::seen_again(&mut session, at, result),
            State::Choosing(..) => choosing::proved(&mut session, result),
            State::Starting(..) => acting::proved(&mut session, at, result),
            _ => vec![],
        },
        Event::Switched(_, result) => choosing::switched(&mut session, result),
        Event::TokenFetched(_, result) => match session.state {
            State::Choosing(..) => choosing::token_fetched(&mut session, result),
            _ => acting::token_fetched(&mut session, result),
        },
        Event::Exchanged(_, result) => match session.state {
            State::Choosing(..) => choosing::exchanged(&mut session, result),
            _ => acting::exchanged(&mut session, result),
        },
        Event::Stopped(_, told) => acting::stopped(&mut session, told),
    };
    (session, effects)
}

/// An answer to a try that was given up. A session that came out of it is thrown away, on the server too.
fn late(event: Event) -> Vec<Effect> {
    match event {
        Event::Exchanged(_, Ok(grant)) => vec![Effect::Discard(grant.access)],
        _ => vec![],
    }
}
