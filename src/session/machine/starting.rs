//! Making a session as another person, in two phases: nothing changes before it is proved whose session it is.

use super::renewing::renew;
use super::{Asking, Choice, Effect, Session, Start, State, choosing, lapsing};
use crate::api::{ApiError, Epoch, Millis};
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

/// With a `trouble` that stands in the way of renewing the own session it does not wait for that.
pub(super) fn start(session: &mut Session, request: StartRequest, trouble: Option<ApiError>) -> Vec<Effect> {
    let State::SignedIn(own) = session.state.clone() else { return vec![] };
    if own.identity.holds(request.target.id) {
        return vec![];
    }
    session.failure = None;
    session.look_wanted |= session.is_looking();
    session.refusals.retain(|refused| request.at < refused.plus_seconds(PAUSE_SECONDS));
    if let Some(first) = session.refusals.first().filter(|_| session.refusals.len() >= MOST_REFUSALS) {
        let seconds = first.plus_seconds(PAUSE_SECONDS).seconds_after(request.at);
        return session.stay(own, Goal::ActAs(request.target.name), Cause::Paused { seconds });
    }
    let attempt = session.try_again();
    let is_over = own.credential.is_to_renew(request.at);
    if session.is_renewing() || session.adopted.is_some() || is_over {
        if let Some(error) = trouble {
            return session.stay(own, Goal::ActAs(request.target.name), Cause::NotAllowed(error));
        }
        session.state = State::Starting(own, Start { request, waits: true, exchanged: None });
        // The look that was under way does not count any more.
        session.look_wanted |= session.adopted.is_some();
        return if is_over { renew(session) } else { vec![] };
    }
    let effect = Effect::FetchToken(attempt, own.credential.access.clone(), request.target.id, request.power);
    session.state = State::Starting(own, Start { request, waits: false, exchanged: None });
    vec![effect]
}

/// What waits for the own session is put aside while something happens to that.
pub(super) fn put_aside(session: &mut Session) -> Option<(State, Epoch)> {
    let own = session.state.own()?.clone();
    Some((std::mem::replace(&mut session.state, State::SignedIn(own)), session.epoch))
}

/// Goes on with what was put aside, unless the person is not there any more or is somebody else.
pub(super) fn go_on(
    session: &mut Session,
    (waiting, epoch): (State, Epoch),
    trouble: Option<ApiError>,
) -> Vec<Effect> {
    match waiting {
        _ if session.epoch != epoch => vec![],
        State::Starting(_, Start { request, .. }) if matches!(session.state, State::Lapsed(..)) => {
            lapsing::put_off(session, Goal::ActAs(request.target.name))
        }
        State::Choosing(_, Choice { profile, .. }) if matches!(session.state, State::Lapsed(..)) => {
            lapsing::put_off(session, Goal::TakeProfile(profile.name))
        }
        State::Starting(_, Start { request, .. }) => start(session, request, trouble),
        State::Choosing(_, Choice { profile, to, waits: Some((how, at)), .. }) => {
            choosing::choose(session, profile, how, to, at, trouble)
        }
        _ => vec![],
    }
}

/// Nothing is changed. Where the own session may be over one looks: whoever is to sign in again is asked to.
fn fail(session: &mut Session, own: Own, start: Start, cause: Cause) -> Vec<Effect> {
    session.look_wanted |= matches!(cause, Cause::NotAllowed(ApiError::Unauthorized));
    session.stay(own, Goal::ActAs(start.request.target.name), cause)
}

pub(super) fn cancel(session: &mut Session) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    // The look that is under way does not count any more either.
    session.look_wanted |= session.is_looking();
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
        Ok(token) => {
            let StartRequest { power, minutes, .. } = start.request;
            vec![Effect::Exchange(session.try_again(), token, power, minutes)]
        }
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
        if !ledger.is_of(own.identity.user) {
            ledger.take_over(own.identity.user, at);
        }
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
    session.awaited = None;
    session.refusals.clear();
    let assume = session.become_somebody(|epoch| acting.passport(epoch));
    session.state = State::Acting(own, Box::new(acting), Asking::Nothing);
    vec![assume, record, Effect::TellActing, Effect::Go("/".to_owned()), Effect::Say(Notice::Started(name))]
}
