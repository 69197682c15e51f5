//! Whose session it is, and taking another of one's own profiles.

use super::credential::{Credential, Query};
use super::error::Refusal;
use super::session::Caller;
use super::shape::Shape;
use super::store::maybe;
use super::{Context, Sandbox, location};
use axum::Json;
use axum::extract::State;
use contract::ActionConfirmation;
use rusqlite::params;
use serde_json::{Value, json};

/// `GET /api/public/coworkers/profiles`
pub(super) async fn list(
    State(sandbox): State<Sandbox>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let shape = Shape::of(&query);
    Ok(Json(sandbox.run_as(credential, move |cx, caller| Ok(shape.apply(whoami(cx, caller)?))).await?))
}

fn whoami(cx: &Context, caller: &Caller) -> Result<Value, Refusal> {
    let user = cx.tx.query_row(
        "SELECT full_name, email, active, is_operator FROM users WHERE id = ?",
        [caller.user],
        |row| {
            Ok(json!({
                "Id": caller.user,
                "FullName": row.get::<_, String>(0)?,
                "Email": row.get::<_, String>(1)?,
                "Active": row.get::<_, bool>(2)?,
                "IsAdmin": row.get::<_, bool>(3)?,
                "AccessToken": caller.bearer,
            }))
        },
    )?;
    let mut profiles = cx.tx.prepare_cached(
        "SELECT id, full_name, company_name, active, coworker_type FROM coworkers WHERE user_id = ? ORDER BY id",
    )?;
    let profiles = profiles.query_map([caller.user], |row| {
        let id: i64 = row.get(0)?;
        Ok(json!({
            "Id": id,
            "FullName": row.get::<_, String>(1)?,
            "CompanyName": row.get::<_, String>(2)?,
            "Active": row.get::<_, bool>(3)?,
            "IsDefaultProfile": id == caller.coworker,
            "CoworkerType": row.get::<_, i64>(4)?,
            "HasVirtualOffice": false,
            "VirtualOfficePaused": null,
            "VirtualOfficeContractId": null,
        }))
    })?;
    let profiles: Value = profiles.collect::<Result<_, _>>()?;
    let business = json!({
        "Id": location::ID, "Name": location::NAME, "WebAddress": location::SLUG,
    });
    Ok(json!({ "User": user, "DefaultBusiness": business, "Profiles": profiles }))
}

/// `PUT /api/public/coworkers/profiles/current?coworkerId=`: the choice is the user's, so it also reaches the
/// user's other sessions.
pub(super) async fn set_current(
    State(sandbox): State<Sandbox>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let wanted = query.get("coworkerId").map(str::parse::<i64>);
    let done = sandbox.run_as(credential, move |cx, caller| {
        let Some(wanted) = wanted else { return Err(Refusal::BadRequest("coworkerId is missing.")) };
        let own: Option<i64> = match wanted {
            Ok(id) => maybe(cx.tx.query_row(
                "SELECT id FROM coworkers WHERE id = ? AND user_id = ? AND active",
                params![id, caller.user],
                |row| row.get(0),
            ))?,
            Err(_) => None,
        };
        let own = own.ok_or(Refusal::NotFound("This is none of your active profiles."))?;
        // Rights over one profile of a person are none over the person's others.
        if caller.actor.is_some() {
            return Err(Refusal::Forbidden("You are acting as this person on one profile only."));
        }
        cx.tx.execute("UPDATE users SET default_coworker = ? WHERE id = ?", params![own, caller.user])?;
        cx.tx.execute("UPDATE sessions SET coworker_id = NULL WHERE sid = ?", [&caller.sid])?;
        Ok(ActionConfirmation::done().to_json())
    });
    Ok(Json(done.await?))
}
