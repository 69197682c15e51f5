//! Adding people to a team and taking them out of it.

use super::credential::Credential;
use super::error::Refusal;
use super::new_members::{self, Addition, Newcomer};
use super::path::Path;
use super::teams::{self, Standing};
use super::{Context, Sandbox};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use contract::teams::CANNOT_REMOVE_ITSELF;
use rusqlite::params;

/// `POST /api/public/teams/{id}/members`: all of them or nobody.
pub(super) async fn add(
    State(sandbox): State<Sandbox>,
    Path(team): Path<String>,
    credential: Credential,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let done = sandbox.run_as(credential, move |cx, caller| {
        let team = teams::administered(cx, &team, caller.coworker)?;
        write(cx, team, &new_members::read(cx, team, &body)?)
    });
    done.await?;
    Ok(StatusCode::OK)
}

fn write(cx: &Context, team: i64, addition: &Addition) -> Result<(), Refusal> {
    for newcomer in &addition.people {
        let coworker = match newcomer {
            Newcomer::Known(coworker) => *coworker,
            Newcomer::New { name, email } => create(cx, name, email)?,
        };
        cx.tx
            .prepare_cached("INSERT INTO memberships (team_id, coworker_id) VALUES (?, ?)")?
            .execute(params![team, coworker])?;
        cx.tx
            .prepare_cached("INSERT INTO contracts (coworker_id, plan_id, starts_at) VALUES (?, ?, ?)")?
            .execute(params![coworker, addition.plan, addition.starts_at])?;
    }
    Ok(())
}

/// An account with one profile. It has no password yet, so nobody can sign in with it.
fn create(cx: &Context, name: &str, email: &str) -> Result<i64, Refusal> {
    cx.tx
        .prepare_cached(
            "INSERT INTO users (email, full_name, active, is_operator, password) VALUES (?, ?, 1, 0, x'')",
        )?
        .execute(params![email, name])?;
    let user = cx.tx.last_insert_rowid();
    cx.tx
        .prepare_cached(
            "INSERT INTO coworkers (user_id, full_name, company_name, coworker_type, active, can_make_bookings,
                 can_book_for_team, can_purchase_products, can_purchase_events, can_access_community)
             VALUES (?, ?, '', 1, 1, 1, 0, 1, 1, 1)",
        )?
        .execute(params![user, name])?;
    let coworker = cx.tx.last_insert_rowid();
    cx.tx
        .prepare_cached("UPDATE users SET default_coworker = ? WHERE id = ?")?
        .execute(params![coworker, user])?;
    Ok(coworker)
}

/// `DELETE /api/public/teams/{id}/members/{member}`: the person's record and contracts stay.
///
/// The last administrator of a team is always the caller, so that whoever may not go is refused as oneself.
pub(super) async fn remove(
    State(sandbox): State<Sandbox>,
    Path((team, member)): Path<(String, String)>,
    credential: Credential,
) -> Result<StatusCode, Refusal> {
    let done = sandbox.run_as(credential, move |cx, caller| {
        let team = teams::administered(cx, &team, caller.coworker)?;
        let member: i64 = member.parse().map_err(|_| teams::NO_MEMBER)?;
        if teams::standing(cx, team, member)? == Standing::None {
            return Err(teams::NO_MEMBER);
        }
        if member == caller.coworker {
            return Err(Refusal::BadRequest(CANNOT_REMOVE_ITSELF));
        }
        if has_active_contracts(cx, member)? {
            return Err(Refusal::BadRequest("This member has active contracts."));
        }
        for table in ["memberships", "administrators"] {
            let statement = format!("DELETE FROM {table} WHERE team_id = ? AND coworker_id = ?");
            cx.tx.prepare_cached(&statement)?.execute(params![team, member])?;
        }
        Ok(())
    });
    done.await?;
    Ok(StatusCode::OK)
}

fn has_active_contracts(cx: &Context, member: i64) -> Result<bool, Refusal> {
    let mut active = cx.tx.prepare_cached(
        "SELECT 1 FROM contracts WHERE coworker_id = ?1 AND starts_at <= ?2
           AND (ended_at IS NULL OR ended_at > ?2)",
    )?;
    Ok(active.exists(params![member, cx.now])?)
}
