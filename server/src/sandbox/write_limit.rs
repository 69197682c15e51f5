//! Slows down writing: a session changes so much in a minute and no more, as with the API.

use super::Context;
use super::error::Refusal;
use rusqlite::params;

const WINDOW_MS: i64 = 60_000;

/// Counts a write of a session, or refuses it until the first one of the last minute is a minute old.
pub(super) fn count(cx: &Context, sid: &str) -> Result<(), Refusal> {
    let most = cx.rules.writes_per_minute;
    if most == 0 {
        return Ok(());
    }
    cx.tx.prepare_cached("DELETE FROM recent_writes WHERE at <= ?")?.execute([cx.now - WINDOW_MS])?;
    let (count, first): (i64, Option<i64>) = cx
        .tx
        .prepare_cached("SELECT count(*), min(at) FROM recent_writes WHERE sid = ?")?
        .query_row([sid], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if count >= most {
        let left = first.unwrap_or(cx.now) + WINDOW_MS - cx.now;
        return Err(Refusal::Throttled(left.div_euclid(1000) + i64::from(left % 1000 > 0)));
    }
    cx.tx
        .prepare_cached("INSERT INTO recent_writes (sid, at) VALUES (?, ?)")?
        .execute(params![sid, cx.now])?;
    Ok(())
}
