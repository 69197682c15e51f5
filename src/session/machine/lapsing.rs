//! Signing in again over the page one was on, when one's own session is over.

use super::leaving::nobody_left;
use super::{Effect, Proof, Session, State, nobody};
use crate::api::ApiError;
use crate::session::credential::Credential;
use crate::session::failure::{Cause, Failure, Goal};
use crate::session::identity::Identity;
use crate::session::model::{Own, Why};
use crate::session::notice::Notice;
use contract::coworkers::Profiles;

/// What the own session was refused, and what that turned out to mean.
const REFUSED: Cause = Cause::NotAllowed(ApiError::Unauthorized);
const OVER: Cause = Cause::NotAllowed(ApiError::StaleSession);

/// The own session is over. The page stays as it is, and nothing is sent for it until the same person has signed in again.
pub(super) fn lapse(session: &mut Session) -> Vec<Effect> {
    let State::SignedIn(own) = &session.state else { return vec![] };
    if own.identity.email.is_empty() {
        // Nobody could sign in again without knowing as whom.
        return nobody_left(session, Why::Expired);
    }
    let own = own.clone();
    // It is still told to who has signed in again, and can be tried with that session.
    let refused = session.failure.take().filter(|failure| failure.cause == REFUSED);
    session.drop_own();
    session.failure = refused.map(|failure| Failure { cause: OVER, ..failure });
    let mut effects =
        vec![Effect::Limit(nobody(session.epoch)), Effect::Forget(own.credential.access.clone())];
    // In a browser that keeps the person signed in, signing in again in one tab is enough.
    effects.extend(own.credential.keep.then(|| Effect::Seek(own.credential.clone())));
    session.state = State::Lapsed(own, None);
    effects
}

/// What waited for the session is told not to be done to who has signed in again.
pub(super) fn put_off(session: &mut Session, goal: Goal) -> Vec<Effect> {
    session.failure = Some(Failure { goal, cause: OVER });
    vec![]
}

/// The person has signed in again; it is not known yet whether it is the same person.
pub(super) fn granted(session: &mut Session, credential: Credential) -> Vec<Effect> {
    let State::Lapsed(_, proof) = &mut session.state else { return vec![] };
    let before = proof.take();
    forget_tries(session);
    let mut effects = prove(session, Proof { fresh: true, ..Proof::of(credential) });
    effects.extend(before.and_then(thrown_away));
    effects
}

pub(super) fn found(session: &mut Session, credential: Credential) -> Vec<Effect> {
    match &session.state {
        State::Lapsed(own, None) if own.credential.access != credential.access => {
            prove(session, Proof::of(credential))
        }
        _ => vec![],
    }
}

fn prove(session: &mut Session, proof: Proof) -> Vec<Effect> {
    let attempt = session.try_again();
    let State::Lapsed(_, place) = &mut session.state else { return vec![] };
    let bearer = proof.credential.access.clone();
    *place = Some(proof);
    vec![Effect::Whoami(attempt, bearer)]
}

/// What came of signing in again is not told any more, but what was to be told before.
fn forget_tries(session: &mut Session) {
    if session.failure.take_if(|failure| failure.goal == Goal::SignInAgain).is_some() {
        session.failure = session.put_off.take();
    }
}

/// What was found in storage is the other tab's, and stays so.
fn thrown_away(proof: Proof) -> Option<Effect> {
    proof.fresh.then_some(Effect::Discard(proof.credential.access))
}

pub(super) fn proved(session: &mut Session, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Lapsed(own, place) = &mut session.state else { return vec![] };
    let Some(proof) = place.take() else { return vec![] };
    let cause = match result.map(Identity::read) {
        Ok(Some(identity)) if identity.user == own.identity.user => return go_on(session, proof, identity),
        Ok(None) if proof.fresh => {
            let mut effects = nobody_left(session, Why::NoProfile);
            effects.extend(thrown_away(proof));
            return effects;
        }
        Ok(_) => Cause::SomebodyElse,
        Err(error) => Cause::NotProved(error),
    };
    if proof.fresh {
        let before = session.failure.replace(Failure { goal: Goal::SignInAgain, cause });
        session.put_off =
            before.filter(|failure| failure.goal != Goal::SignInAgain).or(session.put_off.take());
    }
    thrown_away(proof).into_iter().collect()
}

/// The same person goes on, on the same page unless they are on another profile now.
fn go_on(session: &mut Session, proof: Proof, identity: Identity) -> Vec<Effect> {
    let State::Lapsed(before, _) = &session.state else { return vec![] };
    let moved = identity.profile != before.identity.profile;
    let credential = proof.credential.of(&identity);
    let mut effects: Vec<_> = proof.fresh.then(|| Effect::Store(credential.clone())).into_iter().collect();
    let own = Own { credential, identity };
    forget_tries(session);
    if moved {
        session.failure = None;
        effects.push(session.become_somebody(|epoch| own.passport(epoch)));
        effects.push(Effect::Say(Notice::ProfileChanged(own.identity.name.clone())));
    } else {
        effects.push(Effect::Refresh(own.passport(session.epoch)));
    }
    session.state = State::SignedIn(own);
    effects
}
