//! Making a session as another person, in two phases: nothing changes before it is proved whose session it is.

use super::{Asking, Effect, Session, Start, State, own};
use crate::api::{ApiError, Millis};
use crate::session::acting::Acting;
use crate::session::credential::{ActingCredential, Grant};
use crate::session::failure::{Cause, Goal};
use crate::session::identity::Identity;
use crate::session::ledger::{Entry, Party};
use crate::session::model::{Own, Power, StartRequest};
use crate::session::notice::Notice;
use contract::ImpersonationToken;
use contract::coworkers::Profiles;

/// So many refusals within [`PAUSE_SECONDS`] and the portal asks no more for the rest of that time.
const MOST_REFUSALS: usize = 5;
const PAUSE_SECONDS: u64 = 10 * 60;

pub(super) fn start(session: &mut Session, request: StartRequest) -> Vec<Effect> {
    let State::SignedIn(own) = session.state.clone() else { return vec![] };
    if own.identity.holds(request.target.id) {
        return vec![];
    }
    session.failure = None;
    session.refusals.retain(|refused| request.at < refused.plus_seconds(PAUSE_SECONDS));
    if let Some(first) = session.refusals.first().filter(|_| session.refusals.len() >= MOST_REFUSALS) {
        let seconds = first.plus_seconds(PAUSE_SECONDS).seconds_after(request.at);
        return session.stay(own, Goal::ActAs(request.target.name), Cause::Paused { seconds });
    }
    let attempt = session.try_again();
    if session.is_renewing() || session.adopted {
        session.state = State::Starting(own, Start { request, waits: true, exchanged: None });
        // The look that was under way does not count any more.
        session.look_wanted |= session.adopted;
        return vec![];
    }
    let effect = Effect::FetchToken(attempt, own.credential.access.clone(), request.target.id, request.power);
    session.state = State::Starting(own, Start { request, waits: false, exchanged: None });
    vec![effect]
}

/// It is known whose the own session is, for which starting has waited; or it could not be found out.
pub(super) fn seen_again(
    session: &mut Session,
    at: Millis,
    result: Result<Profiles, ApiError>,
) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    match result {
        Err(error) if error != ApiError::Unauthorized => fail(session, own, start, Cause::NotAllowed(error)),
        result => waited(session, |session| own::seen_again(session, at, result)),
    }
}

/// Starts what has waited for the own session, after `happened` to it, unless the person is not there any more or is
/// somebody else.
pub(super) fn waited(
    session: &mut Session,
    happened: impl FnOnce(&mut Session) -> Vec<Effect>,
) -> Vec<Effect> {
    let State::Starting(own, Start { request, .. }) = session.state.clone() else { return vec![] };
    let epoch = session.epoch;
    session.state = State::SignedIn(own);
    let mut effects = happened(session);
    if session.epoch == epoch {
        effects.extend(start(session, request));
    }
    effects
}

fn fail(session: &mut Session, own: Own, start: Start, cause: Cause) -> Vec<Effect> {
    session.stay(own, Goal::ActAs(start.request.target.name), cause)
}

pub(super) fn cancel(session: &mut Session) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    session.try_again();
    session.state = State::SignedIn(own);
    start.exchanged.map(|credential| Effect::Discard(credential.access)).into_iter().collect()
}

pub(super) fn token_fetched(
    session: &mut Session,
    result: Result<ImpersonationToken, ApiError>,
) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    match result {
        Ok(token) => vec![Effect::Exchange(session.try_again(), token, start.request.minutes)],
        Err(error) => {
            if error == ApiError::Forbidden {
                session.refusals.push(start.request.at);
            }
            let power = start.request.power;
            fail(session, own, start, Cause::refused(power, error))
        }
    }
}

pub(super) fn exchanged(session: &mut Session, result: Result<Grant, ApiError>) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    match result {
        Ok(grant) => {
            let attempt = session.try_again();
            let whoami = Effect::Whoami(attempt, grant.access.clone());
            session.state = State::Starting(own, Start { exchanged: Some(grant.for_acting()), ..start });
            vec![whoami]
        }
        Err(error) => fail(session, own, start, Cause::NotExchanged(error)),
    }
}

pub(super) fn proved(session: &mut Session, at: Millis, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    let Some(credential) = start.exchanged.clone() else { return vec![] };
    let discard = Effect::Discard(credential.access.clone());
    let cause = match result.map(Identity::read) {
        // The session that came back may be the very one the person is signed in with: it is not ended.
        Ok(Some(identity)) if identity.user == own.identity.user => {
            return fail(session, own, start, Cause::Unchanged);
        }
        Ok(Some(identity)) if identity.holds(start.request.target.id) => {
            return begin(session, own, start.request, credential, identity, at);
        }
        Ok(_) => Cause::SomebodyElse,
        Err(error) => Cause::NotProved(error),
    };
    let mut effects = fail(session, own, start, cause);
    effects.push(discard);
    effects
}

fn begin(
    session: &mut Session,
    own: Own,
    mut request: StartRequest,
    credential: ActingCredential,
    identity: Identity,
    at: Millis,
) -> Vec<Effect> {
    if request.power == Power::Operator || identity.profile != request.target.id {
        // They asked for a number, or are another profile of the same person than the one they asked for: they are called
        // what they are.
        request.target.name = identity.name.clone();
    }
    let record = session.record(|ledger| {
        ledger.begin(Entry {
            own: Party { coworker: own.identity.profile, name: own.identity.name.clone() },
            other: Party { coworker: request.target.id, name: request.target.name.clone() },
            reason: request.reason.as_str().to_owned(),
            access: request.access,
            from: request.from.clone(),
            started: at,
            ended: None,
            steps: Vec::new(),
        });
    });
    let name = request.target.name.clone();
    let acting = Acting::begin(&own, request, credential, identity, at);
    session.kept = None;
    session.refusals.clear();
    let assume = session.become_somebody(|epoch| acting.passport(epoch));
    session.state = State::Acting(own, Box::new(acting), Asking::Nothing);
    vec![assume, record, Effect::TellActing, Effect::Go("/".to_owned()), Effect::Say(Notice::Started(name))]
}
