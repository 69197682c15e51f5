//! Login accounts, found by their address.

use super::error::Refusal;
use super::store::maybe;
use super::{Context, session};

/// An account that may be written to.
pub(super) struct Account {
    pub(super) user: i64,
    pub(super) email: String,
    pub(super) full_name: String,
}

/// The account of an address, if it could sign in; no others get mail.
pub(super) fn reachable(cx: &Context, email: &str) -> Result<Option<Account>, Refusal> {
    let account: Option<Account> = maybe(cx.tx.query_row(
        "SELECT id, email, full_name FROM users WHERE email = ? AND active",
        [email],
        |row| Ok(Account { user: row.get(0)?, email: row.get(1)?, full_name: row.get(2)? }),
    ))?;
    let Some(account) = account else { return Ok(None) };
    Ok(session::current_profile(cx, account.user)?.map(|_| account))
}
