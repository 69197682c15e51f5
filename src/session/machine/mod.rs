//! The only place that decides who the person is.
//!
//! [`step`] is pure: no clock, no storage, no HTTP. It takes what is and what happened, and gives what is now and
//! what the shell has to do. The person's own credential is part of every state in which they are signed in and is
//! never moved: acting as another lies on top of it and is taken off again.

mod acting;
mod choosing;
mod effect;
mod entering;
mod event;
mod lapsing;
mod leaving;
mod over;
mod own;
#[cfg(test)]
mod properties;
mod remembering;
mod renewing;
mod starting;
mod states;
#[cfg(test)]
mod tests;

pub use effect::Effect;
pub use entering::enter;
pub use event::Event;
pub use states::{Asking, Choice, Proof, Start, State, Stop};

use super::credential::Grant;
use super::failure::{Cause, Failure, Goal};
use super::identity::Identity;
use super::ledger::Ledger;
use super::model::{Kept, Own, Why};
use super::notice::Notice;
use crate::api::{ApiError, Epoch, Millis, Passport};
use contract::AccessToken;

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
    /// The try at signing in whose answer is awaited: by whoever is there now, and from one form.
    pub awaited: Option<Attempt>,
    /// Who the person is.
    pub state: State,
    /// Why the last change of person did not happen, until the next one is tried.
    pub failure: Option<Failure>,
    /// What was to be told before what came of signing in again.
    pub put_off: Option<Failure>,
    /// The own sessions before it, each of another profile, which end when the person signs out.
    pub former: Vec<AccessToken>,
    /// When the own session was last renewed.
    pub renewed_at: Option<Millis>,
    /// The own bearer that is being renewed.
    pub renewing: Option<AccessToken>,
    /// Whether it is renewed ahead of its end: nothing has refused it.
    pub ahead: bool,
    /// When to try to renew again, after it did not work.
    pub renew_again: Option<Millis>,
    /// The try at finding out whose the own session is, while nothing else is going on.
    pub looking: Option<Attempt>,
    /// Whether requests that were answered with 401 wait to hear what that means.
    pub doubted: bool,
    /// What was done as others.
    pub ledger: Ledger,
    /// What the next start goes on with, when the person only changes whom they act as.
    pub kept: Option<Kept>,
    /// When the server last said that this person may not act as somebody.
    pub refusals: Vec<Millis>,
    /// Whether to look who the person is as soon as that is possible.
    pub look_wanted: bool,
    /// The own bearer before it, where the own credential is one that another tab has made: it speaks only after it is
    /// known whose it is.
    pub adopted: Option<AccessToken>,
    /// What was said at the end of acting, until it is known that one is still on the same profile.
    pub ended: Option<Notice>,
}

impl Session {
    /// The session of a page that was just loaded.
    pub fn new() -> Self {
        Self {
            epoch: Epoch::default(),
            attempt: Attempt::default(),
            awaited: None,
            state: State::Restoring,
            failure: None,
            put_off: None,
            former: Vec::new(),
            renewed_at: None,
            renewing: None,
            ahead: false,
            renew_again: None,
            looking: None,
            doubted: false,
            ledger: Ledger::default(),
            kept: None,
            refusals: Vec::new(),
            look_wanted: false,
            adopted: None,
            ended: None,
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
        // What another tab has made of the credential meanwhile speaks when it is known whose it is.
        let speaks = (self.state.is_switching() && self.adopted.is_none())
            .then(|| Effect::Limit(own.passport(self.epoch)));
        self.failure = Some(Failure { goal, cause });
        self.state = State::SignedIn(own);
        speaks.into_iter().collect()
    }

    /// A change of person: nobody's requests, replies, queries and pages outlive it.
    fn become_somebody(&mut self, passport: impl FnOnce(Epoch) -> Passport) -> Effect {
        self.epoch = self.epoch.next();
        Effect::Assume(passport(self.epoch))
    }

    /// Whether this is the try at signing in whose answer is awaited. It is answered once.
    fn takes(&mut self, attempt: Attempt) -> bool {
        self.awaited.take_if(|awaited| *awaited == attempt).is_some()
    }

    /// Whether one looks who one is, which counts as long as nothing else is tried.
    fn is_looking(&self) -> bool {
        self.looking == Some(self.attempt)
    }

    /// Whether it is being found out, or decided by the person, what a 401 means for the own session.
    fn is_in_doubt(&self) -> bool {
        match self.state {
            State::SignedIn(_) => self.is_renewing() || self.is_looking(),
            State::Lapsed(..) | State::Choosing(..) | State::Starting(..) => true,
            State::Acting(_, _, ref asking) => *asking != Asking::Nothing,
            _ => false,
        }
    }

    /// Forgets what was going on with an own session that is not the person's any more.
    fn drop_own(&mut self) {
        self.try_again();
        self.failure = None;
        self.put_off = None;
        self.renewed_at = None;
        self.renewing = None;
        self.renew_again = None;
        self.looking = None;
        self.look_wanted = false;
        self.adopted = None;
        self.ended = None;
    }

    /// Writes into the ledger, and keeps it.
    fn record(&mut self, write: impl FnOnce(&mut Ledger)) -> Effect {
        write(&mut self.ledger);
        Effect::Record
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

/// What [`step`] is.
pub type Step = fn(Session, Event) -> (Session, Vec<Effect>);

/// What is now, and what has to be done, after `event`. An event that has no meaning in this state changes nothing.
pub fn step(mut session: Session, event: Event) -> (Session, Vec<Effect>) {
    let s = &mut session;
    let trouble = event.trouble();
    let mut effects = match s.state {
        State::Choosing(..) | State::Starting(..) | State::Acting(..) | State::Stopping(..) => {
            over::over(s, event)
        }
        _ if matches!(event, Event::Choose(..) | Event::Start(_)) => over::over(s, event),
        _ => oneself(s, event),
    };
    // A hint that comes while it cannot be followed is followed afterwards. An answer about a bearer that is being
    // renewed would say nothing.
    if s.look_wanted {
        effects.extend(match s.state {
            _ if s.is_renewing() => vec![],
            State::SignedIn(_) | State::Starting(_, Start { waits: true, .. }) => own::look_again(s),
            State::Acting(_, _, Asking::Nothing) => acting::look(s),
            _ => vec![],
        });
    }
    if s.doubted && !s.is_in_doubt() {
        s.doubted = false;
        effects.push(Effect::Settled(trouble));
    }
    (session, effects)
}

/// What an event means for one's own session.
fn oneself(s: &mut Session, event: Event) -> Vec<Effect> {
    match event {
        Event::Restored { found, leaving } => own::restored(s, found, leaving),
        Event::Awaited(attempt) => own::awaited(s, attempt),
        Event::Granted(attempt, credential) => own::granted(s, attempt, credential),
        Event::Found(credential) => lapsing::found(s, credential),
        Event::ProveAgain => own::prove_again(s),
        Event::Renewed(used, at, result) => renewing::renewed(s, &used, at, result),
        Event::Adopted(used, grant) => renewing::adopted(s, &used, grant),
        // One's own session, and not one that is about to be replaced.
        Event::Seen(epoch, at, identity)
            if epoch == s.epoch
                && matches!(s.state, State::SignedIn(_))
                && s.adopted.is_none()
                && !s.is_renewing() =>
        {
            own::seen_again(s, at, Ok(identity))
        }
        Event::LookAgain | Event::Seen(..) => {
            let is_nobody = matches!(s.state, State::Restoring | State::SignedOut(_) | State::Lapsed(..));
            s.look_wanted = !is_nobody;
            vec![]
        }
        Event::SignOut => leaving::sign_out(s, Why::SignedOut),
        Event::Unused(minutes) => leaving::sign_out(s, Why::Unused(minutes)),
        Event::SignedOutElsewhere(user, at) => leaving::signed_out_elsewhere(s, user, at),
        Event::Unauthorized(epoch, at) => {
            s.doubted = true;
            if epoch == s.epoch { own::unauthorized(s, at) } else { vec![] }
        }
        Event::Remembered(ledger, at) => remembering::remembered(s, ledger, at),
        Event::Settle => {
            s.kept = None;
            vec![]
        }
        Event::Clock(now) => renewing::clock(s, now),
        Event::Proved(attempt, at, result) if attempt == s.attempt => match s.state {
            State::Proving(_) => own::proved(s, result),
            State::SignedIn(_) => own::seen_again(s, at, result.map(Identity::read)),
            State::Lapsed(..) => lapsing::proved(s, result),
            _ => vec![],
        },
        Event::Exchanged(_, result) => unwanted(result),
        _ => vec![],
    }
}

/// A session that nobody waits for any more is thrown away, on the server too.
fn unwanted(result: Result<Grant, ApiError>) -> Vec<Effect> {
    result.map(|grant| Effect::Discard(grant.access)).into_iter().collect()
}
