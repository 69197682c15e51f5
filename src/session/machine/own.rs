//! Being oneself: restoring, signing in, renewing, signing out.

use super::{Effect, Proof, Session, State, nobody};
use crate::api::{ApiError, Millis};
use crate::session::identity::Identity;
use crate::session::model::{Credential, Grant, Own, Why};
use crate::session::notice::Notice;
use contract::UserId;
use contract::coworkers::Profiles;

pub(super) fn restored(
    session: &mut Session,
    credential: Option<Credential>,
    was_acting: Option<String>,
) -> Vec<Effect> {
    if session.state != State::Restoring {
        return vec![];
    }
    let Some(credential) = credential else {
        session.state = State::SignedOut(Why::Fresh);
        return vec![Effect::Mark(None)];
    };
    let mut effects = prove(session, credential, false, false);
    if let Some(name) = was_acting {
        effects.extend([Effect::Mark(None), Effect::Say(Notice::Reloaded(name))]);
    }
    effects
}

pub(super) fn granted(session: &mut Session, credential: Credential) -> Vec<Effect> {
    match session.state {
        State::SignedOut(_) => prove(session, credential, true, false),
        _ => vec![],
    }
}

fn prove(session: &mut Session, credential: Credential, fresh: bool, renewed: bool) -> Vec<Effect> {
    let attempt = session.try_again();
    let bearer = credential.access.clone();
    session.state = State::Proving(Proof { credential, fresh, renewed, problem: None });
    vec![Effect::Whoami(attempt, bearer)]
}

pub(super) fn prove_again(session: &mut Session) -> Vec<Effect> {
    match &session.state {
        State::Proving(proof) if proof.problem.is_some() => {
            let proof = proof.clone();
            prove(session, proof.credential, proof.fresh, proof.renewed)
        }
        _ => vec![],
    }
}

pub(super) fn proved(session: &mut Session, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Proving(proof) = &mut session.state else { return vec![] };
    match result.map(Identity::read) {
        Ok(Some(identity)) => {
            let own = Own { credential: proof.credential.clone(), identity };
            let store = Effect::Store(own.credential.clone());
            let assume = session.become_somebody(|epoch| own.passport(epoch));
            session.state = State::SignedIn(own);
            vec![assume, store]
        }
        Ok(None) => nobody_left(session, Why::NoProfile),
        Err(ApiError::Unauthorized) if !proof.renewed && proof.credential.refresh.is_some() => {
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

pub(super) fn unauthorized(session: &mut Session) -> Vec<Effect> {
    match &session.state {
        State::SignedIn(own) if own.credential.refresh.is_some() => {
            vec![Effect::Renew(own.credential.clone())]
        }
        State::SignedIn(_) => nobody_left(session, Why::Expired),
        _ => vec![],
    }
}

pub(super) fn renewed(
    session: &mut Session,
    used: &Credential,
    result: Result<Grant, ApiError>,
) -> Vec<Effect> {
    let epoch = session.epoch;
    match &mut session.state {
        State::Proving(proof) if proof.credential == *used => match result {
            Ok(grant) => {
                let (credential, fresh) = (used.succeeded_by(grant), proof.fresh);
                let mut effects = vec![Effect::Store(credential.clone())];
                effects.extend(prove(session, credential, fresh, true));
                effects
            }
            Err(ApiError::Unauthorized | ApiError::Rejected(_)) => nobody_left(session, Why::Expired),
            Err(error) => {
                proof.problem = Some(error);
                proof.renewed = false;
                vec![]
            }
        },
        // Whatever lies on top, the own session goes on; where nothing does, it is the one that speaks.
        State::SignedIn(own)
        | State::Choosing(own, _)
        | State::Starting(own, _)
        | State::Acting(own, _)
        | State::Stopping(own, _)
            if own.credential == *used =>
        {
            match result {
                Ok(grant) => {
                    own.credential = used.succeeded_by(grant);
                    let store = Effect::Store(own.credential.clone());
                    let passport = own.passport(epoch);
                    match session.state {
                        State::Acting(..) | State::Stopping(..) => vec![store],
                        _ => vec![store, Effect::Refresh(passport)],
                    }
                }
                Err(ApiError::Unauthorized | ApiError::Rejected(_))
                    if matches!(session.state, State::SignedIn(_)) =>
                {
                    nobody_left(session, Why::Expired)
                }
                Err(_) => vec![],
            }
        }
        _ => vec![],
    }
}

/// The own session is over.
fn nobody_left(session: &mut Session, why: Why) -> Vec<Effect> {
    session.try_again();
    session.failure = None;
    session.state = State::SignedOut(why);
    vec![session.become_somebody(nobody), Effect::Forget, Effect::Mark(None)]
}

/// The bearers that end with the own session, and whose it is.
fn bearers(state: &State) -> Option<(Vec<contract::AccessToken>, Option<UserId>)> {
    Some(match state {
        State::Restoring | State::SignedOut(_) => return None,
        State::Proving(proof) => (vec![proof.credential.access.clone()], None),
        State::SignedIn(own)
        | State::Choosing(own, _)
        | State::Starting(own, _)
        | State::Stopping(own, _) => (vec![own.credential.access.clone()], Some(own.identity.user)),
        State::Acting(own, acting) => {
            (vec![acting.credential.access.clone(), own.credential.access.clone()], Some(own.identity.user))
        }
    })
}

pub(super) fn sign_out(session: &mut Session) -> Vec<Effect> {
    let Some((bearers, user)) = bearers(&session.state) else { return vec![] };
    let mut effects = nobody_left(session, Why::SignedOut);
    effects.push(Effect::Farewell(bearers, user));
    effects
}

pub(super) fn signed_out_elsewhere(session: &mut Session, user: UserId, at: Millis) -> Vec<Effect> {
    let same = match &session.state {
        State::SignedIn(own)
        | State::Choosing(own, _)
        | State::Starting(own, _)
        | State::Acting(own, _)
        | State::Stopping(own, _) => own.identity.user == user && own.credential.since < at,
        _ => false,
    };
    let Some((bearers, _)) = bearers(&session.state).filter(|_| same) else { return vec![] };
    let mut effects = nobody_left(session, Why::OtherTab);
    // The other tab has told the other tabs; this one only ends what it alone holds.
    effects.push(Effect::Farewell(bearers, None));
    effects
}
