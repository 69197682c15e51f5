//! Being oneself: restoring, signing in, renewing, signing out.

use super::{Effect, Proof, Session, State, acting, nobody, unwanted};
use crate::api::{ApiError, Millis};
use crate::session::identity::Identity;
use crate::session::ledger::{End, Ledger};
use crate::session::model::{Credential, Grant, Own, Why};
use crate::session::notice::Notice;
use contract::coworkers::Profiles;
use contract::{AccessToken, UserId};

pub(super) fn restored(
    session: &mut Session,
    credential: Option<Credential>,
    ledger: Ledger,
    leaving: bool,
) -> Vec<Effect> {
    if session.state != State::Restoring {
        return vec![];
    }
    session.ledger = ledger;
    let Some(credential) = credential else {
        session.state = State::SignedOut(if leaving { Why::SignedOut } else { Why::Fresh });
        return vec![];
    };
    prove(session, Proof { leaving, ..Proof::of(credential) })
}

pub(super) fn granted(session: &mut Session, credential: Credential) -> Vec<Effect> {
    match session.state {
        State::SignedOut(_) => prove(session, Proof { fresh: true, ..Proof::of(credential) }),
        _ => vec![Effect::Discard(credential.access)],
    }
}

fn prove(session: &mut Session, proof: Proof) -> Vec<Effect> {
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

pub(super) fn proved(session: &mut Session, at: Millis, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Proving(proof) = &mut session.state else { return vec![] };
    let result = result.map(Identity::read);
    if proof.leaving && matches!(result, Ok(None) | Err(ApiError::Unauthorized)) {
        return leave(session, Why::SignedOut, None);
    }
    match result {
        Ok(Some(identity)) => {
            // What was read from storage may have been renewed there by another tab meanwhile: it is not written back.
            let credential = proof.credential.clone().of(&identity.email);
            let store = proof.fresh.then(|| Effect::Store(credential.clone()));
            let own = Own { credential, identity };
            if proof.leaving {
                session.state = State::SignedIn(own);
                return sign_out(session);
            }
            let user = own.identity.user;
            let assume = session.become_somebody(|epoch| own.passport(epoch));
            session.state = State::SignedIn(own);
            let mut was_acting = None;
            let record = session.record(|ledger| was_acting = ledger.take_over(user, at));
            let reloaded = was_acting.map(|name| Effect::Say(Notice::Reloaded(name)));
            [Some(assume), store, Some(record), reloaded, Some(Effect::Greet)].into_iter().flatten().collect()
        }
        Ok(None) => nobody_left(session, Why::NoProfile),
        Err(ApiError::Unauthorized) if !proof.renewed && proof.credential.is_renewable() => {
            proof.renewed = true;
            vec![Effect::Renew(proof.credential.clone())]
        }
        // A person without any profile is answered with 401 too, so a fresh session is not called expired.
        Err(error @ ApiError::Unauthorized) => {
            let why = if proof.fresh { Why::Unproved(error) } else { Why::Expired };
            nobody_left(session, why)
        }
        Err(error) => {
            proof.problem = Some(error);
            vec![]
        }
    }
}

pub(super) fn unauthorized(session: &mut Session, at: Millis) -> Vec<Effect> {
    match &session.state {
        State::SignedIn(own) if own.can_renew(session.renewed_at, at) => {
            vec![Effect::Renew(own.credential.clone())]
        }
        // One endpoint may refuse a session that the others accept: whoami decides.
        State::SignedIn(_) => look_again(session),
        _ => vec![],
    }
}

pub(super) fn look_again(session: &mut Session) -> Vec<Effect> {
    let State::SignedIn(own) = &session.state else { return vec![] };
    session.look_wanted = false;
    let bearer = own.credential.access.clone();
    vec![Effect::Whoami(session.try_again(), bearer)]
}

/// The answer to a second look at the own session.
pub(super) fn seen_again(
    session: &mut Session,
    at: Millis,
    result: Result<Profiles, ApiError>,
) -> Vec<Effect> {
    let State::SignedIn(own) = &session.state else { return vec![] };
    let identity = match result.map(Identity::read) {
        Ok(Some(identity)) if identity.user == own.identity.user => identity,
        Ok(Some(_)) => return nobody_left(session, Why::Expired),
        Ok(None) => return nobody_left(session, Why::NoProfile),
        Err(ApiError::Unauthorized) if own.can_renew(session.renewed_at, at) => {
            return vec![Effect::Renew(own.credential.clone())];
        }
        Err(ApiError::Unauthorized) => return nobody_left(session, Why::Expired),
        // No verdict.
        Err(_) => return vec![],
    };
    let moved = identity.profile != own.identity.profile;
    let adopted = std::mem::take(&mut session.adopted);
    let own = Own { credential: own.credential.clone(), identity };
    let mut effects = vec![];
    if moved {
        effects.push(session.become_somebody(|epoch| own.passport(epoch)));
        effects.push(Effect::Say(Notice::ProfileChanged(own.identity.name.clone())));
    } else if adopted {
        effects.push(Effect::Refresh(own.passport(session.epoch)));
    }
    session.state = State::SignedIn(own);
    effects
}

pub(super) fn renewed(
    session: &mut Session,
    used: &Credential,
    at: Millis,
    result: Result<Grant, ApiError>,
) -> Vec<Effect> {
    if let State::Proving(proof) = &mut session.state
        && proof.credential == *used
    {
        return match result {
            Ok(grant) => {
                let credential = used.succeeded_by(grant);
                let proof = Proof { credential: credential.clone(), renewed: true, ..proof.clone() };
                session.renewed_at = Some(at);
                let mut effects = vec![Effect::Store(credential)];
                effects.extend(prove(session, proof));
                effects
            }
            Err(ApiError::Unauthorized | ApiError::Rejected(_)) => nobody_left(session, Why::Expired),
            Err(error) => {
                proof.problem = Some(error);
                proof.renewed = false;
                vec![]
            }
        };
    }
    let Some(own) = holder(session, used) else { return unwanted(result) };
    match result {
        Ok(grant) => {
            own.credential = used.succeeded_by(grant);
            let store = Effect::Store(own.credential.clone());
            session.renewed_at = Some(at);
            session.adopted = false;
            std::iter::once(store).chain(speak(session)).collect()
        }
        Err(ApiError::Unauthorized | ApiError::Rejected(_)) => match session.state {
            State::SignedIn(_) => nobody_left(session, Why::Expired),
            State::Acting(..) => acting::end(session, at, End::OwnEnded),
            _ => vec![],
        },
        Err(_) => vec![],
    }
}

pub(super) fn adopted(session: &mut Session, used: &Credential, grant: Grant) -> Vec<Effect> {
    if let State::Proving(proof) = &mut session.state
        && proof.credential == *used
    {
        let proof = Proof { credential: used.succeeded_by(grant), problem: None, ..proof.clone() };
        return prove(session, proof);
    }
    // One that nobody wants is the other tab's, and stays so.
    let Some(own) = holder(session, used) else { return vec![] };
    own.credential = used.succeeded_by(grant);
    session.adopted = true;
    session.look_wanted = true;
    end_with_own(session).into_iter().collect()
}

/// Oneself, whatever lies on top, if this still is one's credential.
fn holder<'a>(session: &'a mut Session, used: &Credential) -> Option<&'a mut Own> {
    session.state.own_mut().filter(|own| own.credential == *used)
}

/// The new own session, for whoever is shown: the one that speaks where nothing lies on top.
fn speak(session: &mut Session) -> Option<Effect> {
    match &session.state {
        State::Acting(..) => end_with_own(session),
        State::Stopping(..) => None,
        other => other.own().map(|own| Effect::Refresh(own.passport(session.epoch))),
    }
}

/// Acting ends no later than the own session.
fn end_with_own(session: &mut Session) -> Option<Effect> {
    let State::Acting(own, acting, _) = &mut session.state else { return None };
    acting.end_with(own);
    Some(Effect::Limit(acting.passport(session.epoch)))
}

/// The own session is over.
pub(super) fn nobody_left(session: &mut Session, why: Why) -> Vec<Effect> {
    let forget = credential(&session.state).map(|credential| Effect::Forget(credential.access.clone()));
    session.try_again();
    session.failure = None;
    session.renewed_at = None;
    session.kept = None;
    session.refusals.clear();
    session.look_wanted = false;
    session.adopted = false;
    session.state = State::SignedOut(why);
    let mut effects = vec![session.become_somebody(nobody), Effect::Hush, Effect::TellActing];
    effects.extend(forget);
    effects
}

/// The own credential, proved or not.
fn credential(state: &State) -> Option<&Credential> {
    match state {
        State::Proving(proof) => Some(&proof.credential),
        other => other.own().map(|own| &own.credential),
    }
}

/// The bearers that end with the own session.
fn bearers(state: &State) -> Vec<AccessToken> {
    let own = credential(state).map(|credential| credential.access.clone());
    state.overlays().into_iter().chain(own).collect()
}

fn user(state: &State) -> Option<UserId> {
    state.own().map(|own| own.identity.user)
}

pub(super) fn sign_out(session: &mut Session) -> Vec<Effect> {
    let user = user(&session.state);
    leave(session, Why::SignedOut, user)
}

pub(super) fn signed_out_elsewhere(session: &mut Session, whose: UserId, at: Millis) -> Vec<Effect> {
    let before = credential(&session.state).is_some_and(|credential| credential.since < at);
    if user(&session.state) != Some(whose) || !before {
        return vec![];
    }
    // The other tab has told the other tabs; this one only ends what it alone holds.
    leave(session, Why::OtherTab, None)
}

fn leave(session: &mut Session, why: Why, tell_tabs_of: Option<UserId>) -> Vec<Effect> {
    let Some(credential) = credential(&session.state) else { return vec![] };
    let forget = credential.client_id.clone().map(Effect::ForgetPerson);
    let farewell = Effect::Farewell(bearers(&session.state), tell_tabs_of);
    let mut effects = nobody_left(session, why);
    let record = session.record(|ledger| *ledger = Ledger::default());
    effects.push(record);
    effects.extend(forget);
    effects.push(farewell);
    effects
}
