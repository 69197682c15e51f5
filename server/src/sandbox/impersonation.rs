//! Asking for a one-time token with which the caller becomes somebody else.

use super::audit::{self, Event};
use super::authority::{self, Power};
use super::credential::{Credential, Query};
use super::error::Refusal;
use super::jwt::Start;
use super::path::Path;
use super::session::{Actor, Caller};
use super::{Context, Sandbox, password};
use axum::Json;
use axum::extract::State;
use contract::ImpersonationToken;
use contract::coworkers::ImpersonationReply;
use rusqlite::params;
use serde_json::Value;

/// How long a token waits for its exchange.
const SECONDS: i64 = 60;

/// `GET /api/public/coworkers/{id}/impersonate`
pub(super) async fn start(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let reply =
        sandbox.run_as(credential, move |cx, caller| issue(cx, caller, Power::Member, id.parse().ok()));
    Ok(Json(reply.await?.to_json()))
}

/// `GET /api/sys/users/impersonate?coworkerId=`; a 401, not a 403, for everybody who is no operator.
pub(super) async fn start_as_operator(
    State(sandbox): State<Sandbox>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let target = query.get("coworkerId").and_then(|id| id.parse().ok());
    let reply = sandbox.run_as(credential, move |cx, caller| {
        if !caller.is_operator || caller.actor.is_some() {
            refused(cx, caller, target, "not an operator")?;
            return Err(Refusal::Unauthorized);
        }
        issue(cx, caller, Power::Operator, target)
    });
    Ok(Json(reply.await?.to_json()))
}

/// A line of the audit: who asked for whom, and why not.
fn refused(cx: &Context, caller: &Caller, target: Option<i64>, why: &str) -> Result<(), Refusal> {
    let user = match target {
        Some(coworker) => authority::target(cx, coworker)?.map(|target| target.user),
        None => None,
    };
    let actor = caller.actor.unwrap_or(Actor { user: caller.user, coworker: caller.coworker });
    audit::write(cx, Event::Refused, Some(actor), (user, target), Some(&caller.sid), why)
}

fn issue(
    cx: &Context,
    caller: &Caller,
    power: Power,
    coworker: Option<i64>,
) -> Result<ImpersonationReply, Refusal> {
    const UNKNOWN: Refusal = Refusal::NotFound("There is no such member.");
    audit::note_expired(cx)?;
    let found = match coworker {
        Some(coworker) => authority::target(cx, coworker)?.map(|target| (coworker, target)),
        None => None,
    };
    let Some((coworker, target)) = found else {
        refused(cx, caller, coworker, "unknown member")?;
        return Err(UNKNOWN);
    };
    let actor = Actor { user: caller.user, coworker: caller.coworker };
    let verdict = if caller.actor.is_some() {
        Err("You are acting as somebody else already.")
    } else {
        authority::may_become(cx, actor, power, coworker)?
    };
    if let Err(why) = verdict {
        refused(cx, caller, Some(coworker), why)?;
        return Err(Refusal::Forbidden(why));
    }
    let jti = password::random_id()?;
    let claims = Start::new(target.user, coworker, jti.clone(), cx.now, SECONDS);
    cx.tx.execute(
        "INSERT INTO start_tokens (jti, power, actor_sid, actor_user, actor_coworker, target_user, target_coworker,
             issued_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            jti,
            power.name(),
            caller.sid,
            actor.user,
            actor.coworker,
            target.user,
            coworker,
            cx.now,
            claims.exp * 1000
        ],
    )?;
    let both = (Some(target.user), Some(coworker));
    audit::write(cx, Event::Start, Some(actor), both, Some(&caller.sid), power.name())?;
    let token = ImpersonationToken::new(cx.keys.sign(&claims)?).ok_or(Refusal::Fault)?;
    Ok(ImpersonationReply { token })
}
