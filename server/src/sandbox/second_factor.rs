//! The second factor of an account, where it has one.

use super::error::Refusal;
use super::{Context, totp};
use rusqlite::params;

/// What comes of asking for the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There is none, or the code is right. It is used up.
    Passed,
    /// There is one, and no code came along.
    Missing,
    /// The code is not right, or was used before.
    Wrong,
}

/// Judges a code; a right one is used up, and with it all before it.
pub(super) fn check(cx: &Context, user: i64, given: &str) -> Result<Verdict, Refusal> {
    let (secret, used): (Option<Vec<u8>>, Option<i64>) =
        cx.tx.query_row("SELECT totp_secret, totp_used FROM users WHERE id = ?", [user], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let Some(secret) = secret else { return Ok(Verdict::Passed) };
    if given.trim().is_empty() {
        return Ok(Verdict::Missing);
    }
    let Some(step) = totp::step_of(&secret, given, cx.now, used) else { return Ok(Verdict::Wrong) };
    cx.tx.execute("UPDATE users SET totp_used = ? WHERE id = ?", params![step, user])?;
    Ok(Verdict::Passed)
}

/// What an authenticator shows for an account.
pub(super) struct Shown {
    pub(super) email: String,
    pub(super) code: String,
    pub(super) seconds_left: i64,
}

/// What the authenticators of all accounts show now: nobody has one for an account of the sandbox.
pub(super) fn shown(cx: &Context) -> Result<Vec<Shown>, Refusal> {
    let mut accounts = cx.tx.prepare_cached(
        "SELECT email, totp_secret FROM users WHERE totp_secret IS NOT NULL ORDER BY email",
    )?;
    let accounts = accounts.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    accounts
        .map(|account| {
            let (email, secret) = account?;
            let code = totp::code(&secret, totp::step(cx.now)).ok_or(Refusal::Fault)?;
            Ok(Shown { email, code, seconds_left: totp::seconds_left(cx.now) })
        })
        .collect()
}
