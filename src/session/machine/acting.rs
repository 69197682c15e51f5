//! Acting as another person: an overlay over oneself, always taken off again.

use super::{Asking, Effect, Session, State, Stop, leaving, nobody, renewing};
use crate::api::{Access, ApiError, Millis};
use crate::session::credential::{ActingCredential, Grant};
use crate::session::failure::{Cause, Failure, Goal};
use crate::session::identity::Identity;
use crate::session::ledger::{Change, End};
use crate::session::model::{Kept, Power, Reason, Why};
use crate::session::notice::Notice;
use contract::ImpersonationToken;
use contract::coworkers::Profiles;

/// Where another person to act as can be chosen, and where an operator finds one.
const CHOICE: &str = "/sign-in/profiles";
const CUSTOMERS: &str = "/customers";

/// By so much a clock may be set back without anybody having put it back.
const STEP_SECONDS: u64 = 60;

/// Lets more or less out from now on. The person is the same, so nothing they see is taken away.
fn limit(session: &mut Session, access: Access) -> Option<Effect> {
    let epoch = session.epoch;
    let State::Acting(_, acting, _) = &mut session.state else { return None };
    if acting.access == access {
        return None;
    }
    acting.access = access;
    Some(Effect::Limit(acting.passport(epoch)))
}

pub(super) fn raise(session: &mut Session, at: Millis, reason: &Reason) -> Vec<Effect> {
    let Some(limit) = limit(session, Access::Full) else { return vec![] };
    vec![limit, session.record(|ledger| ledger.raised(at, reason)), Effect::Say(Notice::Raised)]
}

pub(super) fn lower(session: &mut Session, at: Millis) -> Vec<Effect> {
    let Some(limit) = limit(session, Access::ViewOnly) else { return vec![] };
    vec![limit, session.record(|ledger| ledger.lowered(at)), Effect::Say(Notice::Lowered)]
}

pub(super) fn changed(session: &mut Session, at: Millis, change: Change) -> Vec<Effect> {
    match session.state {
        State::Acting(..) => vec![session.record(|ledger| ledger.changed(at, change))],
        _ => vec![],
    }
}

/// Finds out whether both sessions still are whose they were: first one's own, then the one on top.
pub(super) fn look(session: &mut Session) -> Vec<Effect> {
    let State::Acting(own, _, asking @ Asking::Nothing) = &mut session.state else { return vec![] };
    session.look_wanted = false;
    *asking = Asking::Own;
    let bearer = own.credential.access.clone();
    vec![Effect::Whoami(session.try_again(), bearer)]
}

/// The session on top was refused. One endpoint may refuse a session that the others accept: whoami decides.
pub(super) fn doubt(session: &mut Session) -> Vec<Effect> {
    let State::Acting(_, acting, asking) = &mut session.state else { return vec![] };
    match asking {
        Asking::Nothing => {
            *asking = Asking::Theirs;
            let bearer = acting.credential.access.clone();
            vec![Effect::Whoami(session.try_again(), bearer)]
        }
        Asking::Longer { .. } => {
            session.look_wanted = true;
            vec![]
        }
        // It is being found out.
        Asking::Own | Asking::Theirs => vec![],
    }
}

/// More time is asked for as a new session, so that the server decides about it as about the first.
pub(super) fn extend(session: &mut Session, reason: Reason) -> Vec<Effect> {
    let State::Acting(own, acting, asking) = &mut session.state else { return vec![] };
    if matches!(asking, Asking::Longer { .. }) {
        return vec![];
    }
    *asking = Asking::Longer { reason, exchanged: None };
    // What was being found out about a 401 is found out afterwards.
    session.look_wanted |= session.doubted;
    let (bearer, target) = (own.credential.access.clone(), acting.request.target.id);
    let power = acting.request.power;
    session.failure = None;
    vec![Effect::FetchToken(session.try_again(), bearer, target, power)]
}

/// There is no more time; what there was goes on. Whoever says no may mean more than time.
fn not_longer(session: &mut Session, cause: Cause) -> Vec<Effect> {
    session.try_again();
    let State::Acting(_, acting, asking) = &mut session.state else { return vec![] };
    *asking = Asking::Nothing;
    session.look_wanted |= match &cause {
        Cause::NotAllowed(ApiError::Unauthorized) => true,
        Cause::NotAllowed(error) | Cause::NotAllowedAsOperator(error) => {
            matches!(error, ApiError::Forbidden | ApiError::NotFound)
        }
        _ => false,
    };
    let goal = Goal::StayLonger(acting.request.target.name.clone());
    session.failure = Some(Failure { goal, cause });
    vec![]
}

/// Nobody waits for more time any longer.
pub(super) fn give_up(session: &mut Session) -> Vec<Effect> {
    let State::Acting(_, acting, asking @ Asking::Longer { .. }) = &mut session.state else { return vec![] };
    let asked = std::mem::replace(asking, Asking::Nothing);
    let effects = discard(&asked, &acting.credential);
    session.try_again();
    effects
}

/// Ends the session that was to give more time, unless it is the very one that goes on.
fn discard(asked: &Asking, current: &ActingCredential) -> Vec<Effect> {
    match asked {
        Asking::Longer { exchanged: Some(it), .. } if it.access != current.access => {
            vec![Effect::Discard(it.access.clone())]
        }
        _ => vec![],
    }
}

pub(super) fn token_fetched(
    session: &mut Session,
    result: Result<ImpersonationToken, ApiError>,
) -> Vec<Effect> {
    let State::Acting(_, acting, _) = &session.state else { return vec![] };
    let (minutes, power) = (acting.request.minutes, acting.request.power);
    match result {
        Ok(token) => vec![Effect::Exchange(session.try_again(), token, power, minutes)],
        Err(error) => not_longer(session, Cause::refused(power, error)),
    }
}

pub(super) fn exchanged(session: &mut Session, result: Result<Grant, ApiError>) -> Vec<Effect> {
    let State::Acting(_, _, Asking::Longer { exchanged, .. }) = &mut session.state else { return vec![] };
    match result {
        Ok(grant) => {
            let bearer = grant.access.clone();
            *exchanged = Some(grant.for_acting());
            vec![Effect::Whoami(session.try_again(), bearer)]
        }
        Err(error) => not_longer(session, Cause::NotExchanged(error)),
    }
}

pub(super) fn proved(session: &mut Session, at: Millis, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Acting(_, acting, asking) = &mut session.state else { return vec![] };
    // After a sleep an answer may come before the clock is looked at.
    if at >= acting.deadline {
        return end(session, at, End::TimeUp);
    }
    match std::mem::replace(asking, Asking::Nothing) {
        Asking::Own => own_seen(session, at, result),
        Asking::Theirs => theirs_seen(session, at, result),
        Asking::Longer { reason, exchanged: Some(credential) } => {
            longer(session, at, &reason, credential, result)
        }
        other => {
            *asking = other;
            vec![]
        }
    }
}

fn own_seen(session: &mut Session, at: Millis, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Acting(own, acting, asking) = &mut session.state else { return vec![] };
    match result.map(Identity::read) {
        Ok(Some(identity)) if identity.user == own.identity.user => {
            // One's own profile may have been changed elsewhere: it is the one to come back to.
            own.identity = identity;
            *asking = Asking::Theirs;
            let bearer = acting.credential.access.clone();
            vec![Effect::Whoami(session.try_again(), bearer)]
        }
        Ok(_) => end(session, at, End::OwnEnded),
        Err(ApiError::Unauthorized) => {
            // It may only be old. But it is not touched while one acts.
            let renewable = own.credential.is_renewable();
            let effects = end(session, at, End::OwnEnded);
            if let State::Stopping(_, stop) = &mut session.state {
                stop.refused = renewable;
            }
            effects
        }
        // No verdict.
        Err(_) => vec![],
    }
}

fn theirs_seen(session: &mut Session, at: Millis, result: Result<Profiles, ApiError>) -> Vec<Effect> {
    let State::Acting(_, acting, _) = &mut session.state else { return vec![] };
    match result.map(Identity::read) {
        Ok(Some(identity)) if acting.is(&identity) => {
            acting.identity = identity;
            vec![]
        }
        Ok(_) => end(session, at, End::NotTheirs),
        Err(ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound) => {
            end(session, at, End::Rejected)
        }
        Err(_) => vec![],
    }
}

/// The new session replaces the first only if it is the same person's.
fn longer(
    session: &mut Session,
    at: Millis,
    reason: &Reason,
    credential: ActingCredential,
    result: Result<Profiles, ApiError>,
) -> Vec<Effect> {
    let epoch = session.epoch;
    let State::Acting(own, acting, _) = &mut session.state else { return vec![] };
    let same = acting.credential.access == credential.access;
    let cause = match result.map(Identity::read) {
        Ok(Some(identity)) if acting.is(&identity) && acting.gains(own, &credential, at) => {
            let before = acting.extend(own, credential, identity, at);
            let said = Notice::Extended { seconds: acting.deadline.seconds_after(at) };
            let refresh = Effect::Refresh(acting.passport(epoch));
            let record = session.record(|ledger| ledger.extended(at, reason));
            let discard = (!same).then_some(Effect::Discard(before.access));
            return [refresh, record, Effect::Say(said)].into_iter().chain(discard).collect();
        }
        Ok(Some(identity)) if acting.is(&identity) => Cause::NoMoreTime,
        // It may be the very session the person is signed in with: it is not ended.
        Ok(Some(identity)) if identity.user == own.identity.user => {
            return not_longer(session, Cause::Unchanged);
        }
        Ok(_) => Cause::SomebodyElse,
        Err(error) => Cause::NotProved(error),
    };
    let mut effects = not_longer(session, cause);
    effects.extend((!same).then_some(Effect::Discard(credential.access)));
    effects
}

pub(super) fn clock(session: &mut Session, now: Millis) -> Vec<Effect> {
    let State::Acting(_, acting, _) = &mut session.state else { return vec![] };
    // A clock that was put back to before the beginning would give time that nobody has asked for.
    if now >= acting.deadline || now.plus_seconds(STEP_SECONDS) < acting.request.at {
        return end(session, now, End::TimeUp);
    }
    match acting.warning(now) {
        Some(seconds) => {
            let name = acting.request.target.name.clone();
            vec![Effect::Say(Notice::EndsSoon { name, seconds })]
        }
        None => vec![],
    }
}

/// Takes the overlay off. From here on nothing can be sent as the other person any more, whatever the server says.
pub(super) fn end(session: &mut Session, at: Millis, end: End) -> Vec<Effect> {
    let State::Acting(own, acting, asking) = session.state.clone() else { return vec![] };
    let attempt = session.try_again();
    session.failure = None;
    let (changes, unseen) = session.ledger.open().map_or((0, 0), |entry| (entry.changed(), entry.unseen()));
    let record = session.record(|ledger| ledger.end(at, end));
    let assume = session.become_somebody(nobody);
    let request = acting.request;
    let choice = if request.power == Power::Operator { CUSTOMERS } else { CHOICE };
    let next = (end == End::ChangedPerson).then_some((request.reason, choice));
    let mut effects = vec![assume, record, Effect::TellActing];
    effects.extend(discard(&asking, &acting.credential));
    let (bearer, left) = (acting.credential.access, acting.left);
    effects.push(Effect::Stop(attempt, bearer.clone()));
    let (name, from) = (request.target.name, request.from);
    let stop = Stop { name, from, end, changes, unseen, left, next, bearer, refused: false, told: None };
    session.state = State::Stopping(own, stop);
    effects
}

pub(super) fn stopped(session: &mut Session, told: bool) -> Vec<Effect> {
    let State::Stopping(_, stop @ Stop { told: None, .. }) = &mut session.state else { return vec![] };
    stop.told = Some(told);
    match stop {
        Stop { refused: true, .. } => renewing::renew(session),
        Stop { end: End::OwnEnded, name, .. } => {
            let why = Why::EndedWhileActing(name.clone());
            leaving::nobody_left(session, why)
        }
        _ => come_back(session),
    }
}

/// One is oneself again, on the page where acting began.
pub(super) fn come_back(session: &mut Session) -> Vec<Effect> {
    let State::Stopping(own, stop) = session.state.clone() else { return vec![] };
    let Stop { name, from, end, changes, unseen, left, next, told, .. } = stop;
    let told = told.unwrap_or_default();
    let profile = (own.identity.profile != left).then(|| own.identity.name.clone());
    let assume = session.become_somebody(|epoch| own.passport(epoch));
    session.state = State::SignedIn(own);
    // Much may have happened to one's own account meanwhile.
    session.look_wanted = true;
    let to = match next {
        Some((reason, choice)) => {
            session.kept = Some(Kept { reason, from });
            choice.to_owned()
        }
        None => from,
    };
    let ended = Notice::Ended { name, end, told, changes, unseen, profile };
    session.ended = Some(ended.clone());
    vec![assume, Effect::Go(to), Effect::Say(ended)]
}
