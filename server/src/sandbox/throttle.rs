//! Slows down guessing: after five wrong passwords for one address within a minute, ten seconds of silence.

use super::Context;
use super::error::Refusal;
use rusqlite::params;

const WRONG: i64 = 5;
const WINDOW_MS: i64 = 60_000;
const PAUSE_MS: i64 = 10_000;

/// Refuses when the address has to wait.
pub(super) fn check(cx: &Context, email: &str) -> Result<(), Refusal> {
    cx.tx.execute("DELETE FROM wrong_passwords WHERE at <= ?", [cx.now - WINDOW_MS])?;
    let (count, last): (i64, Option<i64>) =
        cx.tx.query_row("SELECT count(*), max(at) FROM wrong_passwords WHERE email = ?", [email], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let left = last.unwrap_or(0) + PAUSE_MS - cx.now;
    if count >= WRONG && left > 0 {
        return Err(Refusal::Throttled(left.div_euclid(1000) + i64::from(left % 1000 > 0)));
    }
    Ok(())
}

pub(super) fn wrong(cx: &Context, email: &str) -> Result<(), Refusal> {
    cx.tx.execute("INSERT INTO wrong_passwords (email, at) VALUES (?, ?)", params![email, cx.now])?;
    Ok(())
}

pub(super) fn right(cx: &Context, email: &str) -> Result<(), Refusal> {
    cx.tx.execute("DELETE FROM wrong_passwords WHERE email = ?", [email])?;
    Ok(())
}
