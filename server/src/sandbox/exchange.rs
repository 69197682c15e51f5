//! Exchanging a one-time token for a session, under both of its addresses.

use super::audit::{self, Event};
use super::authority::{self, Power, Relation};
use super::credential::Query;
use super::error::Refusal;
use super::jwt::Start;
use super::path::Path;
use super::session::{self, Actor};
use super::store::maybe;
use super::{Context, Sandbox, one_time};
use axum::Json;
use axum::extract::State;
use contract::auth::TokenReply;
use rusqlite::params;
use serde_json::Value;

/// However long is asked for, acting as another person ends after this.
const LONGEST_MINUTES: i64 = 60;

/// `POST /api/public/auth/login/{token}`
pub(super) async fn login(
    State(sandbox): State<Sandbox>,
    Path(token): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let reply = sandbox.run(move |cx| exchange(cx, &token, cx.rules.acting_minutes)).await?;
    Ok(Json(reply.to_exchange_json()))
}

/// `POST /api/sys/users/exchange?token=&validForInMinutes=`
pub(super) async fn sys(State(sandbox): State<Sandbox>, query: Query) -> Result<Json<Value>, Refusal> {
    let minutes = query.get("validForInMinutes").and_then(|minutes| minutes.parse().ok());
    let Some(minutes) = minutes.filter(|minutes: &i64| *minutes > 0) else {
        return Err(Refusal::BadRequest("validForInMinutes must be a number of minutes."));
    };
    let Some(token) = query.get("token").map(str::to_owned) else {
        return Err(Refusal::BadRequest("token is missing."));
    };
    let reply = sandbox.run(move |cx| exchange(cx, &token, minutes)).await?;
    Ok(Json(reply.to_exchange_json()))
}

struct Wish {
    power: Power,
    actor_sid: String,
    actor: Actor,
    target_user: i64,
    target_coworker: i64,
}

fn exchange(cx: &Context, token: &str, minutes: i64) -> Result<TokenReply, Refusal> {
    audit::note_expired(cx)?;
    let Some(claims) = cx.keys.read::<Start>(token) else { return one_time::redeem(cx, token) };
    let Some(wish) = use_up(cx, &claims.jti)? else {
        refused(cx, &claims.jti, "used before, or expired")?;
        return Err(Refusal::Unauthorized);
    };
    // What was true when the token was issued may have changed since.
    let alive = session::is_alive(cx, &wish.actor_sid)?
        && session::operator_if_active(cx, wish.actor.user)?.is_some();
    let verdict = authority::may_become(cx, wish.actor, wish.power, wish.target_coworker)?;
    let relation = match verdict {
        Ok(relation) if alive => relation,
        Ok(_) => {
            refused(cx, &claims.jti, "the administrator's session is over")?;
            return Err(Refusal::Unauthorized);
        }
        Err(why) => {
            refused(cx, &claims.jti, why)?;
            return Err(Refusal::Unauthorized);
        }
    };
    let target = (wish.target_user, wish.target_coworker);
    let (sid, reply) = match relation {
        Relation::Oneself => {
            (None, session::begin_unnamed(cx, wish.target_user, Some(wish.target_coworker))?)
        }
        Relation::Another => {
            let minutes = minutes.min(LONGEST_MINUTES);
            let (sid, reply) =
                session::begin_acting(cx, &wish.actor_sid, wish.actor, wish.power, target, minutes)?;
            (Some(sid), reply)
        }
    };
    let both = (Some(target.0), Some(target.1));
    audit::write(cx, Event::Exchange, Some(wish.actor), both, sid.as_deref(), wish.power.name())?;
    Ok(reply)
}

/// One statement finds the token unused and uses it up, so of two exchanges at the same time one gets nothing.
fn use_up(cx: &Context, jti: &str) -> Result<Option<Wish>, Refusal> {
    maybe(cx.tx.query_row(
        "UPDATE start_tokens SET used_at = ?1 WHERE jti = ?2 AND used_at IS NULL AND expires_at > ?1
         RETURNING power, actor_sid, actor_user, actor_coworker, target_user, target_coworker",
        params![cx.now, jti],
        |row| {
            let power: String = row.get(0)?;
            Ok(Wish {
                power: Power::read(Some(&power)),
                actor_sid: row.get(1)?,
                actor: Actor { user: row.get(2)?, coworker: row.get(3)? },
                target_user: row.get(4)?,
                target_coworker: row.get(5)?,
            })
        },
    ))
}

/// A line of the audit, with the people that a genuine token names.
fn refused(cx: &Context, jti: &str, why: &str) -> Result<(), Refusal> {
    let people = maybe(cx.tx.query_row(
        "SELECT actor_user, actor_coworker, target_user, target_coworker FROM start_tokens WHERE jti = ?",
        [jti],
        |row| {
            let actor = Actor { user: row.get(0)?, coworker: row.get(1)? };
            Ok((actor, (row.get(2)?, row.get(3)?)))
        },
    ))?;
    let (actor, target) = people.unzip();
    audit::write(cx, Event::Refused, actor, target.unwrap_or((None, None)), None, why)
}
