//! Having a link and a code mailed that sign in without a password.

use super::credential::Query;
use super::error::Refusal;
use super::mail::{self, Link, Mail};
use super::store::maybe;
use super::{Context, Sandbox, accounts, location, one_time};
use axum::Json;
use axum::extract::State;
use contract::ActionConfirmation;
use rusqlite::params;
use serde_json::Value;

/// How long link and code wait.
const MINUTES: i64 = 15;
/// How long one address waits for its next mail.
const PAUSE_MS: i64 = 20_000;

/// `GET /api/sys/users/sendOtp?email=&businessId=`: says the same whether or not there is such an account.
pub(super) async fn send(State(sandbox): State<Sandbox>, query: Query) -> Result<Json<Value>, Refusal> {
    let email = query.get("email").filter(|email| email.contains('@'));
    let email = email.ok_or(Refusal::BadRequest("email must be an address."))?.to_owned();
    let business = query.get("businessId").and_then(|id| id.parse::<i64>().ok());
    let business = business.ok_or(Refusal::BadRequest("businessId must be a number."))?;
    let done = sandbox.run(move |cx| {
        pause(cx, &email)?;
        if business == location::ID {
            mail_to(cx, &email)?;
        }
        Ok(ActionConfirmation::done().to_json())
    });
    Ok(Json(done.await?))
}

/// Refuses when the address has asked a moment ago, known or not.
fn pause(cx: &Context, email: &str) -> Result<(), Refusal> {
    cx.tx.execute("DELETE FROM recent_otps WHERE at <= ?", [cx.now - PAUSE_MS])?;
    let last: Option<i64> =
        maybe(cx.tx.query_row("SELECT at FROM recent_otps WHERE email = ?", [email], |row| row.get(0)))?;
    if let Some(last) = last {
        return Err(Refusal::Throttled((last + PAUSE_MS - cx.now + 999).div_euclid(1000)));
    }
    cx.tx.execute("INSERT INTO recent_otps (email, at) VALUES (?, ?)", params![email, cx.now])?;
    Ok(())
}

fn mail_to(cx: &Context, email: &str) -> Result<(), Refusal> {
    let Some(account) = accounts::reachable(cx, email)? else { return Ok(()) };
    // Only what came last is good: nobody has to think about which of several mails it was.
    one_time::void(cx, account.user)?;
    let code = one_time::new_code()?;
    let token = one_time::issue(cx, account.user, Some(&code), MINUTES * 60)?;
    let text = format!(
        "Hello {name},\n\nFollow the link to sign in to {place}, or type this code: {code}\n\n\
         One of the two works, once, for {MINUTES} minutes. If you did not ask for this, leave it as it is: nobody has \
         signed in.",
        name = account.full_name,
        place = location::NAME,
    );
    let mail = Mail {
        to: account.email,
        subject: "Your link to sign in",
        text,
        link: Link::SignIn(token),
        code: Some(code),
    };
    mail::send(cx, &mail)
}
