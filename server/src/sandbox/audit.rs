//! Who acted as whom, when, and what came of it. Written in the same transaction as what it tells of: an
//! impersonation that cannot be written down does not begin.

use super::Context;
use super::error::Refusal;
use super::session::Actor;
use rusqlite::params;
use serde_json::{Value, json};

/// What happened.
#[derive(Clone, Copy)]
pub(super) enum Event {
    /// A one-time token was issued.
    Start,
    /// It was exchanged for a session.
    Exchange,
    /// The session ended.
    End,
    /// A token was not issued or not exchanged.
    Refused,
    /// Something is about to be changed in a session as somebody else, whether or not it is then refused.
    Write,
    /// The other person's profile was changed. Names the fields, never their values.
    ProfileUpdated,
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Exchange => "exchange",
            Self::End => "end",
            Self::Refused => "refused",
            Self::Write => "write",
            Self::ProfileUpdated => "profile-updated",
        }
    }
}

/// Adds a line. `target` is a user and a coworker, as far as they are known.
pub(super) fn write(
    cx: &Context,
    event: Event,
    actor: Option<Actor>,
    target: (Option<i64>, Option<i64>),
    sid: Option<&str>,
    detail: &str,
) -> Result<(), Refusal> {
    write_at(cx, cx.now, event, actor, target, sid, detail)
}

fn write_at(
    cx: &Context,
    at: i64,
    event: Event,
    actor: Option<Actor>,
    target: (Option<i64>, Option<i64>),
    sid: Option<&str>,
    detail: &str,
) -> Result<(), Refusal> {
    cx.tx
        .prepare_cached(
            "INSERT INTO audit (at, event, actor_user, actor_coworker, target_user, target_coworker, sid, detail)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            at,
            event.name(),
            actor.map(|actor| actor.user),
            actor.map(|actor| actor.coworker),
            target.0,
            target.1,
            sid,
            detail
        ])?;
    Ok(())
}

/// Ends the sessions whose time has run out, as of the moment it did. Called wherever it could matter.
pub(super) fn note_expired(cx: &Context) -> Result<(), Refusal> {
    type Expired = (String, Actor, i64, Option<i64>, i64);
    let mut expired = cx.tx.prepare_cached(
        "UPDATE sessions SET ended_at = expires_at WHERE expires_at <= ? AND ended_at IS NULL
         RETURNING sid, actor_user, actor_coworker, user_id, coworker_id, expires_at",
    )?;
    let rows = expired.query_map([cx.now], |row| {
        let actor = Actor { user: row.get(1)?, coworker: row.get(2)? };
        Ok((row.get(0)?, actor, row.get(3)?, row.get(4)?, row.get(5)?))
    })?;
    let rows: Vec<Expired> = rows.collect::<Result<_, _>>()?;
    for (sid, actor, user, coworker, at) in rows {
        write_at(cx, at, Event::End, Some(actor), (Some(user), coworker), Some(&sid), "expired")?;
    }
    Ok(())
}

/// All lines, oldest first.
pub(super) fn read(cx: &Context) -> Result<Vec<Value>, Refusal> {
    note_expired(cx)?;
    let mut lines = cx.tx.prepare(
        "SELECT id, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'), event, actor_user, actor_coworker,
             target_user, target_coworker, sid, detail FROM audit ORDER BY at, id",
    )?;
    let lines = lines.query_map([], |row| {
        Ok(json!({
            "Id": row.get::<_, i64>(0)?,
            "At": row.get::<_, String>(1)?,
            "Event": row.get::<_, String>(2)?,
            "ActorUserId": row.get::<_, Option<i64>>(3)?,
            "ActorCoworkerId": row.get::<_, Option<i64>>(4)?,
            "TargetUserId": row.get::<_, Option<i64>>(5)?,
            "TargetCoworkerId": row.get::<_, Option<i64>>(6)?,
            "SessionId": row.get::<_, Option<String>>(7)?,
            "Detail": row.get::<_, String>(8)?,
        }))
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}
