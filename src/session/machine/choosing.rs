//! Taking another of one's own profiles: a change of person, but never an overlay.

use super::renewing::renew;
use super::{Choice, Effect, Proof, Session, State, nobody, own};
use crate::api::{ApiError, Millis};
use crate::session::credential::{Grant, OWN_SESSION_MINUTES};
use crate::session::failure::{Cause, Failure, Goal};
use crate::session::identity::Identity;
use crate::session::model::{Own, Power, Target};
use crate::session::notice::Notice;
use contract::coworkers::Profiles;
use contract::{ImpersonationToken, ProfileChoice};

/// With a `trouble` that stands in the way of renewing the own session it does not wait for that.
pub(super) fn choose(
    session: &mut Session,
    profile: Target,
    how: ProfileChoice,
    to: String,
    at: Millis,
    trouble: Option<ApiError>,
) -> Vec<Effect> {
    let State::SignedIn(own) = session.state.clone() else { return vec![] };
    if !own.identity.holds(profile.id) || own.identity.profile == profile.id {
        return vec![];
    }
    session.failure = None;
    session.kept = None;
    session.ended = None;
    session.look_wanted |= session.is_looking() || session.adopted.is_some();
    let attempt = session.try_again();
    let mut choice = Choice { profile, exchanged: None, to, lost: None, waits: None, switching: false };
    if own.credential.is_to_renew(at) {
        if let Some(error) = trouble {
            return session.stay(own, Goal::TakeProfile(choice.profile.name), Cause::NotAllowed(error));
        }
        choice.waits = Some((how, at));
        session.state = State::Choosing(own, choice);
        return renew(session);
    }
    let (bearer, id) = (own.credential.access.clone(), choice.profile.id);
    let effects = match how {
        ProfileChoice::Switch => {
            choice.switching = true;
            vec![Effect::Limit(nobody(session.epoch)), Effect::SwitchProfile(attempt, bearer, id)]
        }
        ProfileChoice::Impersonate => vec![Effect::FetchToken(attempt, bearer, id, Power::Member)],
    };
    session.state = State::Choosing(own, choice);
    effects
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
        Err(error) if !error.may_be_done() => fail(session, own, choice.profile, Cause::NotAllowed(error)),
        // Only whoami knows whether it was done.
        result => {
            let (user, bearer) = (own.identity.user, own.credential.access.clone());
            session.state = State::Choosing(own, Choice { lost: result.err(), ..choice });
            // Other tabs speak with the same bearer: they look too, also where this one is closed before it knows.
            vec![Effect::TellProfile(user), Effect::Whoami(session.try_again(), bearer)]
        }
    }
}

pub(super) fn token_fetched(
    session: &mut Session,
    result: Result<ImpersonationToken, ApiError>,
) -> Vec<Effect> {
    let State::Choosing(own, choice) = session.state.clone() else { return vec![] };
    match result {
        Ok(token) => vec![Effect::Exchange(session.try_again(), token, Power::Member, OWN_SESSION_MINUTES)],
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

/// The server has perhaps switched and does not say to what: one is nobody until it does, as after a load of the page.
fn unproved(
    session: &mut Session,
    own: Own,
    choice: Choice,
    result: Result<Profiles, ApiError>,
) -> Vec<Effect> {
    // What is under way stays so: it is the same session of which it is not known whose it is.
    let renewing = session.renewing.take();
    session.former.extend(session.adopted.take());
    session.drop_own();
    session.renewing = renewing;
    session.state = State::Proving(Proof { taking: Some(Box::new(choice)), ..Proof::of(own.credential) });
    let effects = own::proved(session, result);
    let waits = matches!(session.state, State::Proving(_));
    waits.then(|| session.become_somebody(nobody)).into_iter().chain(effects).collect()
}

/// It is known which profile one is on, after another one was wanted.
pub(super) fn known(session: &mut Session, own: &Own, choice: Choice) -> Vec<Effect> {
    let Choice { profile, to, lost, .. } = choice;
    // Other tabs may have looked in vain, or too early, when the switch was answered.
    let mut effects = vec![Effect::TellProfile(own.identity.user)];
    if own.identity.profile == profile.id {
        effects.extend([Effect::Go(to), Effect::Say(Notice::ProfileTaken(profile.name))]);
    } else {
        let cause = lost.map_or(Cause::Unchanged, Cause::NotAllowed);
        session.failure = Some(Failure { goal: Goal::TakeProfile(profile.name), cause });
    }
    effects
}

/// Whether it is this account, on the profile it was on or on the one that is wanted.
fn is_one_of(now: &Identity, own: &Own, wanted: &Target) -> bool {
    now.user == own.identity.user && [own.identity.profile, wanted.id].contains(&now.profile)
}

pub(super) fn proved(session: &mut Session, at: Millis, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Choosing(own, choice) = session.state.clone() else { return vec![] };
    if choice.exchanged.is_none() && !matches!(&result, Ok(reply) if !reply.profiles.is_empty()) {
        return unproved(session, own, choice, result);
    }
    let (profile, exchanged) = (choice.profile.clone(), choice.exchanged.clone());
    let identity = match result {
        Ok(reply) => Identity::read(reply),
        Err(error) => {
            let mut effects = fail(session, own, profile, Cause::NotProved(error));
            effects.extend(exchanged.map(|grant| Effect::Discard(grant.access)));
            return effects;
        }
    };
    if exchanged.is_none() && !identity.as_ref().is_some_and(|now| is_one_of(now, &own, &profile)) {
        // Neither the one before nor the one that is wanted: one is whoever the server says.
        session.state = State::SignedIn(own);
        return own::seen_again(session, at, Ok(identity));
    }
    match identity {
        Some(identity) if identity.user != own.identity.user => {
            let mut effects = fail(session, own, profile, Cause::SomebodyElse);
            effects.extend(exchanged.map(|grant| Effect::Discard(grant.access)));
            effects
        }
        Some(identity) if identity.profile == profile.id => {
            let mut own = Own { identity, ..own };
            let store = exchanged.map(|grant| {
                let credential = own.credential.exchanged_for(grant, &own.identity);
                let before = std::mem::replace(&mut own.credential, credential.clone());
                // Another tab may go on with it.
                session.former.push(before.access);
                Effect::Store(credential)
            });
            let mut effects = vec![session.become_somebody(|epoch| own.passport(epoch))];
            effects.extend(store);
            effects.extend(known(session, &own, choice));
            session.state = State::SignedIn(own);
            effects
        }
        _ => {
            let unused = exchanged.filter(|grant| grant.access != own.credential.access);
            let cause = choice.lost.map_or(Cause::Unchanged, Cause::NotAllowed);
            let mut effects = session.stay(own, Goal::TakeProfile(profile.name), cause);
            effects.extend(unused.map(|grant| Effect::Discard(grant.access)));
            effects
        }
    }
}
