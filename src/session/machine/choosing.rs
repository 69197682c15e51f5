//! Taking another of one's own profiles: a change of person, but never an overlay.

use super::{Choice, Effect, Session, State};
use crate::api::ApiError;
use crate::session::credential::{Grant, OWN_SESSION_MINUTES};
use crate::session::failure::{Cause, Goal};
use crate::session::identity::Identity;
use crate::session::model::{Own, Power, Target};
use crate::session::notice::Notice;
use contract::coworkers::Profiles;
use contract::{ImpersonationToken, ProfileChoice};

pub(super) fn choose(session: &mut Session, profile: Target, how: ProfileChoice, to: String) -> Vec<Effect> {
    let State::SignedIn(own) = session.state.clone() else { return vec![] };
    if !own.identity.holds(profile.id) || own.identity.profile == profile.id {
        return vec![];
    }
    session.failure = None;
    session.kept = None;
    let attempt = session.try_again();
    let bearer = own.credential.access.clone();
    let effect = match how {
        ProfileChoice::Switch => Effect::SwitchProfile(attempt, bearer, profile.id),
        ProfileChoice::Impersonate => Effect::FetchToken(attempt, bearer, profile.id, Power::Member),
    };
    session.state = State::Choosing(own, Choice { profile, exchanged: None, to });
    vec![effect]
}

/// Nothing was taken, as far as is known. Where it may have been, or the own session may be over, one looks who one is.
fn fail(session: &mut Session, own: Own, profile: Target, cause: Cause) -> Vec<Effect> {
    session.look_wanted |= match &cause {
        Cause::NotAllowed(error) | Cause::NotExchanged(error) | Cause::NotProved(error) => {
            error.may_be_done() || *error == ApiError::Unauthorized
        }
        _ => false,
    };
    session.stay(own, Goal::TakeProfile(profile.name), cause)
}

pub(super) fn switched(session: &mut Session, result: Result<(), ApiError>) -> Vec<Effect> {
    let State::Choosing(own, choice) = session.state.clone() else { return vec![] };
    match result {
        Ok(()) => vec![Effect::Whoami(session.try_again(), own.credential.access)],
        Err(error) => fail(session, own, choice.profile, Cause::NotAllowed(error)),
    }
}

pub(super) fn token_fetched(
    session: &mut Session,
    result: Result<ImpersonationToken, ApiError>,
) -> Vec<Effect> {
    let State::Choosing(own, choice) = session.state.clone() else { return vec![] };
    match result {
        Ok(token) => vec![Effect::Exchange(session.try_again(), token, OWN_SESSION_MINUTES)],
        Err(error) => fail(session, own, choice.profile, Cause::NotAllowed(error)),
    }
}

pub(super) fn exchanged(session: &mut Session, result: Result<Grant, ApiError>) -> Vec<Effect> {
    let State::Choosing(own, choice) = session.state.clone() else { return vec![] };
    match result {
        Ok(grant) => {
            let bearer = grant.access.clone();
            session.state = State::Choosing(own, Choice { exchanged: Some(grant), ..choice });
            vec![Effect::Whoami(session.try_again(), bearer)]
        }
        Err(error) => fail(session, own, choice.profile, Cause::NotExchanged(error)),
    }
}

pub(super) fn proved(session: &mut Session, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Choosing(own, choice) = session.state.clone() else { return vec![] };
    let Choice { profile, exchanged, to } = choice;
    let identity = match result {
        Ok(reply) => Identity::read(reply),
        Err(error) => {
            let mut effects = fail(session, own, profile, Cause::NotProved(error));
            effects.extend(exchanged.map(|grant| Effect::Discard(grant.access)));
            return effects;
        }
    };
    match identity {
        Some(identity) if identity.user != own.identity.user => {
            let mut effects = fail(session, own, profile, Cause::SomebodyElse);
            effects.extend(exchanged.map(|grant| Effect::Discard(grant.access)));
            effects
        }
        Some(identity) if identity.profile == profile.id => {
            let (credential, store) = match exchanged {
                Some(grant) => {
                    let credential = own.credential.succeeded_by(grant);
                    (credential.clone(), Some(Effect::Store(credential)))
                }
                None => (own.credential, None),
            };
            let own = Own { credential, identity };
            let tell = Effect::TellProfile(own.identity.user);
            let assume = session.become_somebody(|epoch| own.passport(epoch));
            session.state = State::SignedIn(own);
            let mut effects = vec![assume];
            effects.extend(store);
            effects.extend([Effect::Go(to), Effect::Say(Notice::ProfileTaken(profile.name)), tell]);
            effects
        }
        _ => {
            let unused = exchanged.filter(|grant| grant.access != own.credential.access);
            let mut effects = fail(session, own, profile, Cause::Unchanged);
            effects.extend(unused.map(|grant| Effect::Discard(grant.access)));
            effects
        }
    }
}
