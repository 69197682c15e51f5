//! `/api/token`: signing in and renewing; and signing out.

use super::credential::Credential;
use super::error::Refusal;
use super::jwt::Access;
use super::second_factor::Verdict;
use super::store::maybe;
use super::{Context, Sandbox, password, password_reset, second_factor, session, throttle};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use contract::auth::TokenReply;
use contract::auth::code;
use rusqlite::params;
use serde_json::Value;
use std::collections::HashMap;

type Form = HashMap<String, String>;

const fn invalid(description: &'static str) -> Refusal {
    Refusal::Grant { error: code::INVALID_GRANT, description }
}

/// For a wrong password and for an unknown account alike.
const WRONG: Refusal = invalid("The email or password is incorrect.");
const SUSPENDED: Refusal = invalid("This account is suspended. Please contact your location.");
const NO_PROFILE: Refusal = invalid("This account is not registered at this location.");
const TWO_FACTOR: Refusal =
    Refusal::Grant { error: code::TWO_FACTOR, description: "A verification code is needed." };
const WRONG_CODE: Refusal = invalid("The verification code is incorrect.");
const REFRESH: Refusal = invalid("The refresh token is not valid any more.");
const UNSUPPORTED: Refusal = Refusal::Grant {
    error: code::UNSUPPORTED_GRANT,
    description: "Send a form with the grant type password or refresh_token.",
};

/// `POST /api/token`
pub(super) async fn grant(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(UNSUPPORTED);
    }
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    let client_id = headers.get("client_id").and_then(|value| value.to_str().ok());
    let client_id = client_id.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
    let reply = sandbox.run(move |cx| match form.get("grant_type").map(String::as_str) {
        Some("password") => by_password(cx, &form, client_id.as_deref()),
        Some("refresh_token") => by_refresh_token(cx, &form, client_id.as_deref()),
        _ => Err(UNSUPPORTED),
    });
    Ok(Json(reply.await?.to_token_json()))
}

struct Account {
    user: i64,
    password: Vec<u8>,
    active: bool,
    must_reset: bool,
}

fn by_password(cx: &Context, form: &Form, client_id: Option<&str>) -> Result<TokenReply, Refusal> {
    let email = form.get("username").map(|email| email.trim()).unwrap_or_default();
    let given = form.get("password").map(String::as_str).unwrap_or_default();
    throttle::check(cx, email)?;
    let account: Option<Account> = maybe(cx.tx.query_row(
        "SELECT id, password, active, must_reset FROM users WHERE email = ?",
        [email],
        |row| {
            Ok(Account {
                user: row.get(0)?,
                password: row.get(1)?,
                active: row.get(2)?,
                must_reset: row.get(3)?,
            })
        },
    ))?;
    let right = password::verify(given, account.as_ref().map(|account| account.password.as_slice()));
    let Some(Account { user, active, must_reset, .. }) = account.filter(|_| right) else {
        throttle::wrong(cx, email)?;
        return Err(WRONG);
    };
    if !active {
        return Err(SUSPENDED);
    }
    if session::current_profile(cx, user)?.is_none() {
        return Err(NO_PROFILE);
    }
    let code = form.get("totp").map(String::as_str).unwrap_or_default();
    match second_factor::check(cx, user, code)? {
        Verdict::Passed => {}
        Verdict::Missing => return Err(TWO_FACTOR),
        Verdict::Wrong => {
            throttle::wrong(cx, email)?;
            return Err(WRONG_CODE);
        }
    }
    // Not before the code: whoever knows the password could else guess at codes for ever.
    throttle::right(cx, email)?;
    if must_reset {
        return Err(Refusal::MustReset(password_reset::issue(cx, user)?));
    }
    session::begin(cx, user, client_id.unwrap_or(email), None)
}

/// The old token is used up by the same statement that finds it good, so of two renewals at once one fails.
fn by_refresh_token(cx: &Context, form: &Form, client_id: Option<&str>) -> Result<TokenReply, Refusal> {
    let (Some(token), Some(client_id)) = (form.get("refresh_token"), client_id) else { return Err(REFRESH) };
    let sid: Option<String> = maybe(cx.tx.query_row(
        "UPDATE refresh_tokens SET used_at = ?1
         WHERE hash = ?2 AND client_id = ?3 AND used_at IS NULL AND expires_at > ?1 RETURNING sid",
        params![cx.now, session::fingerprint(token.trim()), client_id],
        |row| row.get(0),
    ))?;
    let sid = sid.ok_or(REFRESH)?;
    if !session::is_alive(cx, &sid)? {
        return Err(REFRESH);
    }
    let (user, bound_to) =
        cx.tx.query_row("SELECT user_id, coworker_id FROM sessions WHERE sid = ?", [&sid], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if session::operator_if_active(cx, user)?.is_none() {
        return Err(SUSPENDED);
    }
    session::issue(cx, user, &sid, client_id, bound_to)
}

/// `GET /en/login/logout`: ends the bearer's session, also when the bearer has expired meanwhile. There is nothing
/// else to say than "done", whatever the bearer was.
pub(super) async fn sign_out(
    State(sandbox): State<Sandbox>,
    credential: Credential,
) -> Result<StatusCode, Refusal> {
    let done = sandbox.run(move |cx| {
        let claims = credential.bearer.and_then(|bearer| cx.keys.read::<Access>(&bearer));
        claims.map_or(Ok(()), |claims| session::end(cx, &claims.sid, "signed out"))
    });
    done.await?;
    Ok(StatusCode::OK)
}
