//! Sessions: who a bearer is, issuing one, ending one.

use super::audit::{self, Event};
use super::authority::{self, Power};
use super::credential::Credential;
use super::error::Refusal;
use super::jwt::{Access, Act};
use super::store::maybe;
use super::{Context, password};
use contract::auth::TokenReply;
use contract::{AccessToken, RefreshToken};
use rusqlite::{OptionalExtension, params};

/// How long a refresh token waits to be used.
const REFRESH_MS: i64 = 15 * 24 * 60 * 60 * 1000;

/// The administrator behind a session as somebody else.
#[derive(Clone, Copy)]
pub(super) struct Actor {
    pub(super) user: i64,
    pub(super) coworker: i64,
}

/// Whoever a request is made for.
pub(super) struct Caller {
    pub(super) sid: String,
    pub(super) user: i64,
    /// The profile that the session is on: rights belong to it.
    pub(super) coworker: i64,
    pub(super) is_operator: bool,
    pub(super) actor: Option<Actor>,
    pub(super) bearer: String,
}

struct Row {
    user: i64,
    bound_to: Option<i64>,
    parent: Option<String>,
    power: Option<String>,
    actor: Option<Actor>,
    expires_at: Option<i64>,
    ended: bool,
}

fn row(cx: &Context, sid: &str) -> Result<Option<Row>, Refusal> {
    maybe(cx.tx.prepare_cached(
        "SELECT user_id, coworker_id, parent_sid, power, actor_user, actor_coworker, expires_at, ended_at IS NOT NULL
         FROM sessions WHERE sid = ?",
    )?.query_row([sid], |row| {
        let actor: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        Ok(Row {
            user: row.get(0)?,
            bound_to: row.get(1)?,
            parent: row.get(2)?,
            power: row.get(3)?,
            actor: actor.0.zip(actor.1).map(|(user, coworker)| Actor { user, coworker }),
            expires_at: row.get(6)?,
            ended: row.get(7)?,
        })
    }))
}

/// Who the bearer is, by everything that is true now: token, session, account, profile, and for a session as
/// somebody else also the actor's own session and rights. Whatever such a session is about to change is written
/// to the audit first; without that it is not done.
pub(super) fn authenticate(cx: &Context, credential: &Credential) -> Result<Caller, Refusal> {
    let bearer = credential.bearer.as_deref().ok_or(Refusal::Unauthorized)?;
    let claims = cx.keys.read::<Access>(bearer).ok_or(Refusal::Unauthorized)?;
    let row = row(cx, &claims.sid)?.ok_or(Refusal::Unauthorized)?;
    if row.ended {
        return Err(Refusal::Unauthorized);
    }
    if claims.exp.saturating_mul(1000) <= cx.now || row.expires_at.is_some_and(|at| at <= cx.now) {
        audit::note_expired(cx)?;
        return Err(Refusal::Unauthorized);
    }
    if let (Some(actor), Some(target)) = (row.actor, row.bound_to) {
        let parent = row.parent.as_deref().unwrap_or_default();
        let power = Power::read(row.power.as_deref());
        if !still_holds(cx, parent, actor, power, target)? {
            end_acting(cx, &claims.sid, "the administrator's session or rights are gone")?;
            return Err(Refusal::Unauthorized);
        }
    }
    let is_operator = operator_if_active(cx, row.user)?.ok_or(Refusal::Unauthorized)?;
    let coworker = match row.bound_to {
        Some(coworker) => owned(cx, row.user, coworker)?,
        None => current_profile(cx, row.user)?,
    };
    let caller = Caller {
        sid: claims.sid,
        user: row.user,
        coworker: coworker.ok_or(Refusal::Unauthorized)?,
        is_operator,
        actor: row.actor,
        bearer: bearer.to_owned(),
    };
    if let Some(actor) = caller.actor.filter(|_| !credential.method.is_safe()) {
        let what = format!("{} {}", credential.method, credential.route);
        let target = (Some(caller.user), Some(caller.coworker));
        audit::write(cx, Event::Write, Some(actor), target, Some(&caller.sid), &what)?;
    }
    Ok(caller)
}

/// True while the actor's own session lives and the actor may still become the target.
pub(super) fn still_holds(
    cx: &Context,
    actor_sid: &str,
    actor: Actor,
    power: Power,
    target: i64,
) -> Result<bool, Refusal> {
    if !is_alive(cx, actor_sid)? || operator_if_active(cx, actor.user)?.is_none() {
        return Ok(false);
    }
    Ok(authority::may_become(cx, actor, power, target)?.is_ok())
}

pub(super) fn is_alive(cx: &Context, sid: &str) -> Result<bool, Refusal> {
    Ok(row(cx, sid)?.is_some_and(|row| !row.ended && row.expires_at.is_none_or(|at| at > cx.now)))
}

/// Whether an active user is an operator; `None` when there is no such active user.
pub(super) fn operator_if_active(cx: &Context, user: i64) -> Result<Option<bool>, Refusal> {
    maybe(
        cx.tx
            .prepare_cached("SELECT is_operator FROM users WHERE id = ? AND active")?
            .query_row([user], |row| row.get(0)),
    )
}

fn owned(cx: &Context, user: i64, coworker: i64) -> Result<Option<i64>, Refusal> {
    maybe(
        cx.tx
            .prepare_cached("SELECT id FROM coworkers WHERE id = ? AND user_id = ? AND active")?
            .query_row([coworker, user], |row| row.get(0)),
    )
}

/// The user's default profile; the first one where that is gone or inactive. Without an active profile a user is
/// nobody at this location.
pub(super) fn current_profile(cx: &Context, user: i64) -> Result<Option<i64>, Refusal> {
    maybe(
        cx.tx
            .prepare_cached(
                "SELECT c.id FROM coworkers c JOIN users u ON u.id = c.user_id WHERE u.id = ? AND c.active
                 ORDER BY c.id = u.default_coworker DESC, c.id LIMIT 1",
            )?
            .query_row([user], |row| row.get(0)),
    )
}

/// An ordinary session of a user, bound to a profile or following the default one.
pub(super) fn begin(
    cx: &Context,
    user: i64,
    client_id: &str,
    bound_to: Option<i64>,
) -> Result<TokenReply, Refusal> {
    let sid = password::random_id()?;
    cx.tx.execute(
        "INSERT INTO sessions (sid, user_id, coworker_id, client_id, created_at) VALUES (?, ?, ?, ?, ?)",
        params![sid, user, bound_to, client_id, cx.now],
    )?;
    issue(cx, user, &sid, client_id, bound_to)
}

/// The same for whoever named no client: their e-mail address is it.
pub(super) fn begin_unnamed(cx: &Context, user: i64, bound_to: Option<i64>) -> Result<TokenReply, Refusal> {
    let email: String = cx.tx.query_row("SELECT email FROM users WHERE id = ?", [user], |row| row.get(0))?;
    begin(cx, user, &email, bound_to)
}

/// A bearer and a refresh token for an ordinary session.
pub(super) fn issue(
    cx: &Context,
    user: i64,
    sid: &str,
    client_id: &str,
    bound_to: Option<i64>,
) -> Result<TokenReply, Refusal> {
    let seconds = cx.rules.access_seconds;
    let mut claims = Access::new(user, sid, password::random_id()?, cx.now, seconds);
    claims.coworker = bound_to;
    let refresh = password::random_id()?;
    cx.tx.execute(
        "INSERT INTO refresh_tokens (hash, sid, client_id, expires_at) VALUES (?, ?, ?, ?)",
        params![fingerprint(&refresh), sid, client_id, cx.now + REFRESH_MS],
    )?;
    reply(cx.keys.sign(&claims)?, seconds, RefreshToken::new(refresh))
}

/// What is stored of a refresh token.
pub(super) fn fingerprint(secret: &str) -> String {
    use sha2::{Digest, Sha256};
    password::hex(&Sha256::digest(secret))
}

/// A session as another person: bound to their profile, without a refresh token, hanging on the actor's session.
pub(super) fn begin_acting(
    cx: &Context,
    actor_sid: &str,
    actor: Actor,
    power: Power,
    target: (i64, i64),
    minutes: i64,
) -> Result<(String, TokenReply), Refusal> {
    let (user, coworker) = target;
    let sid = password::random_id()?;
    let seconds = minutes * 60;
    let mut claims = Access::new(user, &sid, password::random_id()?, cx.now, seconds);
    claims.coworker = Some(coworker);
    claims.act = Some(Act { sub: actor.user.to_string(), coworker: actor.coworker });
    cx.tx.execute(
        "INSERT INTO sessions (sid, user_id, coworker_id, client_id, parent_sid, power, actor_user, actor_coworker,
             created_at, expires_at) VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?)",
        params![
            sid, user, coworker, actor_sid, power.name(), actor.user, actor.coworker, cx.now, claims.exp * 1000
        ],
    )?;
    let reply = reply(cx.keys.sign(&claims)?, seconds, None)?;
    Ok((sid, reply))
}

fn reply(bearer: String, seconds: i64, refresh_token: Option<RefreshToken>) -> Result<TokenReply, Refusal> {
    let access_token = AccessToken::new(bearer).ok_or(Refusal::Fault)?;
    Ok(TokenReply { access_token, expires_in: u64::try_from(seconds).ok(), refresh_token })
}

/// Ends a session, and every session as somebody else that was started from it.
pub(super) fn end(cx: &Context, sid: &str, why: &str) -> Result<(), Refusal> {
    audit::note_expired(cx)?;
    let mut children =
        cx.tx.prepare_cached("SELECT sid FROM sessions WHERE parent_sid = ? AND ended_at IS NULL")?;
    let children: Vec<String> = children.query_map([sid], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for child in children {
        end_acting(cx, &child, "the administrator's session ended")?;
    }
    let acting = row(cx, sid)?.is_some_and(|row| row.actor.is_some());
    if acting {
        return end_acting(cx, sid, why);
    }
    cx.tx.execute(
        "UPDATE sessions SET ended_at = ? WHERE sid = ? AND ended_at IS NULL",
        params![cx.now, sid],
    )?;
    cx.tx.execute("DELETE FROM refresh_tokens WHERE sid = ?", [sid])?;
    Ok(())
}

/// Ends every session of a user, also those of others acting as them. Answers how many there were.
pub(super) fn end_all(cx: &Context, user: i64, why: &str) -> Result<usize, Refusal> {
    let mut sids = cx.tx.prepare_cached("SELECT sid FROM sessions WHERE user_id = ? AND ended_at IS NULL")?;
    let sids: Vec<String> = sids.query_map([user], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for sid in &sids {
        end(cx, sid, why)?;
    }
    Ok(sids.len())
}

/// Ends a session as somebody else and says so in the audit, once.
fn end_acting(cx: &Context, sid: &str, why: &str) -> Result<(), Refusal> {
    let ended: Option<(Actor, i64, Option<i64>)> = cx
        .tx
        .query_row(
            "UPDATE sessions SET ended_at = ?1 WHERE sid = ?2 AND ended_at IS NULL
             RETURNING actor_user, actor_coworker, user_id, coworker_id",
            params![cx.now, sid],
            |row| {
                let actor = Actor { user: row.get(0)?, coworker: row.get(1)? };
                Ok((actor, row.get(2)?, row.get(3)?))
            },
        )
        .optional()?;
    let Some((actor, user, coworker)) = ended else { return Ok(()) };
    audit::write(cx, Event::End, Some(actor), (Some(user), coworker), Some(sid), why)
}
