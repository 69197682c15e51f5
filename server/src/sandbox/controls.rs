//! `/sandbox/…`: makes the sandbox answer what a test wants to see answered. Only with `--sandbox-controls`.

use super::credential::Query;
use super::error::Refusal;
use super::location::Change;
use super::path::Path;
use super::store::maybe;
use super::{Sandbox, audit, second_factor, session};
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/sandbox/audit", get(read_audit))
        .route("/sandbox/members/{id}/remove", post(remove_member))
        .route("/sandbox/members/{id}/deactivate", post(deactivate_member))
        .route("/sandbox/members/{id}/rename", post(rename_member))
        .route("/sandbox/teams/{team}/admins/{id}/remove", post(remove_administrator))
        .route("/sandbox/sessions/revoke", post(revoke_sessions))
        .route("/sandbox/clock/advance", post(advance_clock))
        .route("/sandbox/totp", get(read_totp))
        .route("/sandbox/location", post(change_location))
}

type Reply = Result<Json<Value>, Refusal>;

fn done(changed: usize) -> Result<Value, Refusal> {
    if changed == 0 {
        Err(Refusal::NotFound("There is nothing to change."))
    } else {
        Ok(json!({ "done": changed }))
    }
}

async fn read_audit(State(sandbox): State<Sandbox>) -> Reply {
    Ok(Json(Value::from(sandbox.run(audit::read).await?)))
}

async fn remove_member(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Reply {
    let reply = sandbox.run(move |cx| done(cx.tx.execute("DELETE FROM coworkers WHERE id = ?", [id])?));
    Ok(Json(reply.await?))
}

async fn deactivate_member(State(sandbox): State<Sandbox>, Path(id): Path<i64>) -> Reply {
    let reply =
        sandbox.run(move |cx| done(cx.tx.execute("UPDATE coworkers SET active = 0 WHERE id = ?", [id])?));
    Ok(Json(reply.await?))
}

/// What `rename` sets; what is left out stays. Any text is taken, also one that nobody could enter.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Names {
    full_name: Option<String>,
    company_name: Option<String>,
}

async fn rename_member(State(sandbox): State<Sandbox>, Path(id): Path<i64>, body: Bytes) -> Reply {
    let names = serde_json::from_slice(&body);
    let names: Names = names.map_err(|_| Refusal::BadRequest("The body must be an object of texts."))?;
    let reply = sandbox.run(move |cx| {
        done(cx.tx.execute(
            "UPDATE coworkers SET full_name = coalesce(?, full_name), company_name = coalesce(?, company_name)
             WHERE id = ?",
            params![names.full_name, names.company_name, id],
        )?)
    });
    Ok(Json(reply.await?))
}

async fn remove_administrator(State(sandbox): State<Sandbox>, Path((team, id)): Path<(i64, i64)>) -> Reply {
    let reply =
        sandbox.run(move |cx| {
            done(cx.tx.execute(
                "DELETE FROM administrators WHERE team_id = ? AND coworker_id = ?",
                params![team, id],
            )?)
        });
    Ok(Json(reply.await?))
}

/// Ends every session of a user, also those of others acting as them.
async fn revoke_sessions(State(sandbox): State<Sandbox>, query: Query) -> Reply {
    let email = query.get("email").unwrap_or_default().to_owned();
    let reply = sandbox.run(move |cx| {
        let user = maybe(cx.tx.query_row("SELECT id FROM users WHERE email = ?", [email], |row| row.get(0)))?;
        done(user.map_or(Ok(0), |user| session::end_all(cx, user, "revoked"))?)
    });
    Ok(Json(reply.await?))
}

async fn advance_clock(State(sandbox): State<Sandbox>, query: Query) -> Reply {
    let seconds = query.get("seconds").and_then(|seconds| seconds.parse().ok());
    let seconds = seconds.ok_or(Refusal::BadRequest("seconds must be a number."))?;
    sandbox.0.clock.advance(seconds);
    Ok(Json(json!({ "done": 1 })))
}

/// What the authenticator of an account shows.
async fn read_totp(State(sandbox): State<Sandbox>, query: Query) -> Reply {
    let email = query.get("email").unwrap_or_default().to_owned();
    let all = sandbox.run(second_factor::shown).await?;
    let shown = all.into_iter().find(|shown| shown.email.eq_ignore_ascii_case(&email));
    let shown = shown.ok_or(Refusal::NotFound("This account has no second factor."))?;
    Ok(Json(json!({ "Code": shown.code, "ExpiresInSeconds": shown.seconds_left })))
}

/// Makes the location another one, for every request from now on.
async fn change_location(State(sandbox): State<Sandbox>, body: Bytes) -> Reply {
    let change: Change = serde_json::from_slice(&body).map_err(|_| {
        Refusal::BadRequest("The body must be an object of LanguageCulture, TimeZone and Configuration.")
    })?;
    sandbox.place().change(change);
    Ok(Json(json!({ "done": 1 })))
}
