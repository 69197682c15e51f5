//! Being oneself: restoring, signing in, finding out whether one still is.

use super::leaving::{nobody_left, sign_out};
use super::renewing::renew;
use super::{Attempt, Effect, Proof, Session, State, acting, choosing, lapsing};
use crate::api::{ApiError, Millis};
use crate::session::credential::{Credential, Found, Grant};
use crate::session::identity::Identity;
use crate::session::model::{Own, Why};
use crate::session::notice::Notice;
use contract::coworkers::Profiles;

pub(super) fn restored(session: &mut Session, found: Found, leaving: bool) -> Vec<Effect> {
    if session.state != State::Restoring {
        return vec![];
    }
    let why = match found {
        Found::Own(credential) => return prove(session, Proof { leaving, ..Proof::of(credential) }),
        _ if leaving => Why::SignedOut,
        Found::Nobody => Why::Fresh,
        Found::SomebodyElses => Why::Displaced,
    };
    session.state = State::SignedOut(why);
    vec![]
}

pub(super) fn awaited(session: &mut Session, attempt: Option<Attempt>) -> Vec<Effect> {
    session.awaited = attempt;
    vec![]
}

/// A session that nobody waits for any more is nobody's, whoever is there by now.
pub(super) fn granted(session: &mut Session, attempt: Attempt, credential: Credential) -> Vec<Effect> {
    let taken = session.takes(attempt);
    match session.state {
        State::SignedOut(_) if taken => begin(session, credential),
        State::Lapsed(..) if taken => lapsing::granted(session, credential),
        _ => vec![Effect::Discard(credential.access)],
    }
}

/// Signs in with what was just issued, once it is proved whose it is.
pub(super) fn begin(session: &mut Session, credential: Credential) -> Vec<Effect> {
    prove(session, Proof { fresh: true, ..Proof::of(credential) })
}

pub(super) fn prove(session: &mut Session, proof: Proof) -> Vec<Effect> {
    let attempt = session.try_again();
    let bearer = proof.credential.access.clone();
    session.state = State::Proving(proof);
    vec![Effect::Whoami(attempt, bearer)]
}

pub(super) fn prove_again(session: &mut Session) -> Vec<Effect> {
    match &session.state {
        State::Proving(proof) if proof.problem.is_some() => {
            let proof = Proof { problem: None, ..proof.clone() };
            prove(session, proof)
        }
        _ => vec![],
    }
}

pub(super) fn proved(session: &mut Session, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Proving(proof) = &mut session.state else { return vec![] };
    if session.renewing.is_some() {
        // What it is renewed to is what has to be proved.
        return vec![];
    }
    let result = result.map(Identity::read);
    if proof.leaving && matches!(result, Ok(None) | Err(ApiError::Unauthorized)) {
        return sign_out(session, Why::SignedOut);
    }
    match result {
        Ok(Some(identity)) => {
            let same = proof.credential.user == Some(identity.user);
            let taking = proof.taking.take().filter(|_| same);
            let back = proof.back.take().filter(|_| same);
            // What was read from storage may have been renewed there by another tab meanwhile: it is not written back.
            let credential = proof.credential.clone().of(&identity);
            let store = proof.fresh.then(|| Effect::Store(credential.clone()));
            let own = Own { credential, identity };
            if proof.leaving {
                session.state = State::SignedIn(own);
                return sign_out(session, Why::SignedOut);
            }
            if let Some(stop) = back {
                session.state = State::Stopping(own, *stop);
                return acting::come_back(session);
            }
            session.awaited = None;
            let assume = session.become_somebody(|epoch| own.passport(epoch));
            let taken = taking.map(|choice| choosing::known(session, &own, *choice));
            session.state = State::SignedIn(own);
            let effects = [Some(assume), store, Some(Effect::Remember), Some(Effect::Greet)];
            effects.into_iter().flatten().chain(taken.into_iter().flatten()).collect()
        }
        Ok(None) => nobody_left(session, Why::NoProfile),
        Err(ApiError::Unauthorized) if !proof.renewed && proof.credential.is_renewable() => {
            proof.renewed = true;
            session.renewing = Some(proof.credential.access.clone());
            vec![Effect::Renew(proof.credential.clone())]
        }
        Err(ApiError::Unauthorized) => refused(session),
        Err(error) => {
            proof.problem = Some(error);
            vec![]
        }
    }
}

/// The credential that is being proved is refused. A person without any profile is answered with 401 too, so a fresh session
/// is not called expired.
fn refused(session: &mut Session) -> Vec<Effect> {
    let fresh = matches!(&session.state, State::Proving(proof) if proof.fresh);
    nobody_left(session, if fresh { Why::Unproved(ApiError::Unauthorized) } else { Why::Expired })
}

/// The credential that is being proved was renewed, or was not.
pub(super) fn renewed_to_prove(
    session: &mut Session,
    at: Millis,
    result: Result<Grant, ApiError>,
) -> Vec<Effect> {
    let State::Proving(proof) = &mut session.state else { return vec![] };
    session.renewing = None;
    match result {
        Ok(grant) => {
            let credential = proof.credential.succeeded_by(grant);
            let proof = Proof { credential: credential.clone(), renewed: true, ..proof.clone() };
            session.renewed_at = Some(at);
            let mut effects = vec![Effect::Store(credential)];
            effects.extend(prove(session, proof));
            effects
        }
        Err(error) if error.is_no_renewal() => refused(session),
        Err(error) => {
            proof.problem = Some(error);
            proof.renewed = false;
            vec![]
        }
    }
}

/// The own bearer was refused. It may only be old, and one endpoint may refuse a session that the others accept: then
/// whoami decides.
pub(super) fn unauthorized(session: &mut Session, at: Millis) -> Vec<Effect> {
    match &session.state {
        State::SignedIn(_) if session.is_renewing() => vec![],
        State::SignedIn(own) if own.can_renew(session.renewed_at, at) => renew(session),
        State::SignedIn(_) => look_again(session),
        // It had no bearer, or an older one than the server has just been asked with.
        State::Choosing(..) if session.state.is_switching() => vec![],
        State::Choosing(..) | State::Starting(..) => {
            session.look_wanted = true;
            vec![]
        }
        _ => vec![],
    }
}

pub(super) fn look_again(session: &mut Session) -> Vec<Effect> {
    let Some(own) = session.state.own() else { return vec![] };
    let bearer = own.credential.access.clone();
    let attempt = session.try_again();
    session.look_wanted = false;
    session.looking = Some(attempt);
    vec![Effect::Whoami(attempt, bearer)]
}

/// One is on another profile. What was said at the end of acting is gone with the pages of the one before, and is said again.
fn moved_to(name: String, ended: Option<Notice>) -> Notice {
    match ended {
        Some(Notice::Ended { name: other, end, told, changes, unseen, .. }) => {
            Notice::Ended { name: other, end, told, changes, unseen, profile: Some(name) }
        }
        _ => Notice::ProfileChanged(name),
    }
}

/// The answer to a second look at the own session.
pub(super) fn seen_again(
    session: &mut Session,
    at: Millis,
    result: Result<Option<Identity>, ApiError>,
) -> Vec<Effect> {
    let State::SignedIn(own) = &session.state else { return vec![] };
    session.looking = None;
    let identity = match result {
        Ok(Some(identity)) if identity.user == own.identity.user => identity,
        Ok(Some(_)) => return nobody_left(session, Why::Expired),
        Ok(None) => return nobody_left(session, Why::NoProfile),
        // It only was too old: the renewal decides.
        Err(ApiError::Unauthorized) if session.is_renewing() => return vec![],
        Err(ApiError::Unauthorized) if own.can_renew(session.renewed_at, at) => return renew(session),
        Err(ApiError::Unauthorized) => return lapsing::lapse(session),
        // No verdict.
        Err(_) => return vec![],
    };
    let moved = identity.profile != own.identity.profile;
    let (adopted, ended) = (session.adopted.take(), session.ended.take());
    let own = Own { credential: own.credential.clone(), identity };
    let mut effects = vec![];
    if moved {
        // What was wanted and seemed to have failed is not what counts any more.
        session.failure = None;
        // Another session than the one before, which goes on: it ends with this one.
        session.former.extend(adopted);
        effects.push(session.become_somebody(|epoch| own.passport(epoch)));
        effects.push(Effect::Say(moved_to(own.identity.name.clone(), ended)));
    } else if adopted.is_some() {
        effects.push(Effect::Limit(own.passport(session.epoch)));
    }
    session.state = State::SignedIn(own);
    effects
}
