//! A new password for whoever holds the token for it.

use super::error::{Refusal, Wrong};
use super::jwt::Reset;
use super::mail::{self, Link, Mail};
use super::store::maybe;
use super::{Context, Sandbox, accounts, location, one_time, password, session, throttle};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use contract::auth::CompletePasswordReset;
use contract::{ActionConfirmation, FieldError, ResetToken};
use rusqlite::params;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;

/// How long a reset token waits.
const MINUTES: i64 = 30;
/// How long what a completed reset answers with waits to be exchanged.
const EXCHANGE_SECONDS: i64 = 120;
const SHORTEST: usize = 10;

const NO_OBJECT: Refusal = Refusal::BadRequest("The body is not what this address takes.");

#[derive(Deserialize)]
struct Start {
    email: String,
}

/// `POST /api/sys/users/startPasswordReset`: says the same whether or not there is such an account.
pub(super) async fn start(State(sandbox): State<Sandbox>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let start: Start = serde_json::from_slice(&body).map_err(|_| NO_OBJECT)?;
    if !start.email.contains('@') {
        return Err(Refusal::BadRequest("email must be an address."));
    }
    let done = sandbox.run(move |cx| {
        mail_to(cx, start.email.trim())?;
        Ok(ActionConfirmation::done().to_json())
    });
    Ok(Json(done.await?))
}

fn mail_to(cx: &Context, email: &str) -> Result<(), Refusal> {
    let Some(account) = accounts::reachable(cx, email)? else { return Ok(()) };
    let token = issue(cx, account.user)?;
    let text = format!(
        "Hello {name},\n\nFollow the link to choose a new password for {place}. It works once, for {MINUTES} minutes.\n\n\
         If you did not ask for this, leave it as it is: your password stays what it was.",
        name = account.full_name,
        place = location::NAME,
    );
    let link = Link::ResetPassword(token);
    mail::send(cx, &Mail { to: account.email, subject: "Choose a new password", text, link, code: None })
}

/// A token with which the user's password can be set.
pub(super) fn issue(cx: &Context, user: i64) -> Result<ResetToken, Refusal> {
    let email: String = cx.tx.query_row("SELECT email FROM users WHERE id = ?", [user], |row| row.get(0))?;
    let claims = Reset::new(user, &email, password::random_id()?, cx.now, MINUTES * 60);
    cx.tx.execute("DELETE FROM reset_tokens WHERE expires_at <= ?", [cx.now])?;
    cx.tx.execute(
        "INSERT INTO reset_tokens (jti, user_id, expires_at) VALUES (?, ?, ?)",
        params![claims.jti, user, claims.exp * 1000],
    )?;
    ResetToken::new(cx.keys.sign(&claims)?).ok_or(Refusal::Fault)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Complete {
    token: String,
    password: String,
    business_id: i64,
}

/// `POST /api/sys/users/completePasswordReset`: a password that is not taken is a 200 that says it failed, and leaves the
/// token good for another.
pub(super) async fn complete(State(sandbox): State<Sandbox>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let wish: Complete = serde_json::from_slice(&body).map_err(|_| NO_OBJECT)?;
    let done = sandbox.run(move |cx| {
        let user = holder(cx, &wish)?;
        if let Some(why) = not_taken(cx, user, &wish.password)? {
            return Ok(refused(why).to_json());
        }
        let value = Some(set(cx, user, &wish.password)?);
        Ok(ActionConfirmation { value, ..ActionConfirmation::done() }.to_json())
    });
    Ok(Json(done.await?))
}

/// Whose password a token is for, as long as it is good. It is good at this location alone.
fn holder(cx: &Context, wish: &Complete) -> Result<i64, Refusal> {
    let user = match cx.keys.read::<Reset>(&wish.token).filter(|_| wish.business_id == location::ID) {
        Some(claims) => maybe(cx.tx.query_row(
            "SELECT u.id FROM reset_tokens t JOIN users u ON u.id = t.user_id AND u.active
             WHERE t.jti = ? AND t.expires_at > ?",
            params![claims.jti, cx.now],
            |row| row.get(0),
        ))?,
        None => None,
    };
    user.ok_or_else(|| {
        let message = Cow::Borrowed("This link has been used, or its time is up.");
        Refusal::Invalid(vec![Wrong { field: CompletePasswordReset::TOKEN, value: Value::Null, message }])
    })
}

fn not_taken(cx: &Context, user: i64, wanted: &str) -> Result<Option<&'static str>, Refusal> {
    if wanted.chars().count() < SHORTEST {
        return Ok(Some("The password must have at least 10 characters."));
    }
    let old: Vec<u8> =
        cx.tx.query_row("SELECT password FROM users WHERE id = ?", [user], |row| row.get(0))?;
    Ok(password::verify(wanted, Some(&old)).then_some("The password must not be the one you had."))
}

fn refused(why: &str) -> ActionConfirmation {
    let field = CompletePasswordReset::PASSWORD.to_owned();
    ActionConfirmation {
        was_successful: false,
        status: Some(400),
        message: Some("The password was not changed.".to_owned()),
        errors: vec![FieldError { field, message: why.to_owned() }],
        ..ActionConfirmation::default()
    }
}

/// Sets the password. Whatever the old one let in is over: sessions, links and codes. Answers with what signs in.
fn set(cx: &Context, user: i64, wanted: &str) -> Result<String, Refusal> {
    let hash = password::hash(wanted).ok_or(Refusal::Fault)?;
    let email: String = cx.tx.query_row(
        "UPDATE users SET password = ?, must_reset = 0 WHERE id = ? RETURNING email",
        params![hash, user],
        |row| row.get(0),
    )?;
    cx.tx.execute("DELETE FROM reset_tokens WHERE user_id = ?", [user])?;
    session::end_all(cx, user, "the password was changed")?;
    one_time::void(cx, user)?;
    throttle::right(cx, &email)?;
    Ok(one_time::issue(cx, user, None, EXCHANGE_SECONDS)?.expose().to_owned())
}
