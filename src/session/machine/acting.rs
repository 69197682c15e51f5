//! Acting as another person: an overlay over oneself, put on in two phases and always taken off.

use super::{Effect, End, Session, Start, State, Stop, nobody};
use crate::api::{ApiError, Millis};
use crate::session::failure::{Cause, Goal};
use crate::session::identity::Identity;
use crate::session::model::{Acting, ActingCredential, Grant, Own, StartRequest};
use crate::session::notice::Notice;
use contract::ImpersonationToken;
use contract::coworkers::Profiles;

pub(super) fn start(session: &mut Session, request: StartRequest) -> Vec<Effect> {
    let State::SignedIn(own) = session.state.clone() else { return vec![] };
    if own.identity.holds(request.target.id) {
        return vec![];
    }
    session.failure = None;
    let attempt = session.try_again();
    let effect = Effect::FetchToken(attempt, own.credential.access.clone(), request.target.id);
    session.state = State::Starting(own, Start { request, exchanged: None });
    vec![effect]
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
        Err(error) => fail(session, own, start, Cause::NotAllowed(error)),
    }
}

pub(super) fn exchanged(session: &mut Session, result: Result<Grant, ApiError>) -> Vec<Effect> {
    let State::Starting(own, start) = session.state.clone() else { return vec![] };
    match result {
        Ok(grant) => {
            let attempt = session.try_again();
            let whoami = Effect::Whoami(attempt, grant.access.clone());
            // A refresh token that came along is dropped here: there is no place to put it.
            let credential = ActingCredential { access: grant.access, expires_at: grant.expires_at };
            session.state = State::Starting(own, Start { exchanged: Some(credential), ..start });
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
    request: StartRequest,
    credential: ActingCredential,
    identity: Identity,
    at: Millis,
) -> Vec<Effect> {
    let cap = at.plus_seconds(u64::from(request.minutes) * 60);
    let ends = [Some(cap), credential.expires_at, own.credential.expires_at];
    let deadline = ends.into_iter().flatten().min().unwrap_or(cap);
    let name = request.target.name.clone();
    let acting = Acting { identity, credential, request, started: at, deadline };
    let assume = session.become_somebody(|epoch| acting.passport(epoch));
    session.state = State::Acting(own, acting);
    vec![
        assume,
        Effect::Mark(Some(name.clone())),
        Effect::Go("/".to_owned()),
        Effect::Say(Notice::Started(name)),
    ]
}

pub(super) fn clock(session: &mut Session, now: Millis) -> Vec<Effect> {
    match &session.state {
        State::Acting(_, acting) if now >= acting.deadline => end(session, End::TimeUp),
        _ => vec![],
    }
}

/// Takes the overlay off. From here on nothing can be sent as the other person any more, whatever the server says.
pub(super) fn end(session: &mut Session, end: End) -> Vec<Effect> {
    let State::Acting(own, acting) = session.state.clone() else { return vec![] };
    let attempt = session.try_again();
    session.failure = None;
    let assume = session.become_somebody(nobody);
    let stop = Stop { name: acting.request.target.name, from: acting.request.from, end };
    session.state = State::Stopping(own, stop);
    vec![assume, Effect::Mark(None), Effect::Stop(attempt, acting.credential.access)]
}

pub(super) fn stopped(session: &mut Session, told: bool) -> Vec<Effect> {
    let State::Stopping(own, stop) = session.state.clone() else { return vec![] };
    let Stop { name, from, end } = stop;
    let assume = session.become_somebody(|epoch| own.passport(epoch));
    session.state = State::SignedIn(own);
    let notice = match end {
        End::Returned => Notice::Returned { name, told },
        End::TimeUp => Notice::TimeUp(name),
        End::Rejected => Notice::Rejected(name),
    };
    vec![assume, Effect::Go(from), Effect::Say(notice)]
}
