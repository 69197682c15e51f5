//! Writing a member's six permissions and access card.

use super::credential::Credential;
use super::error::{Refusal, Wrong};
use super::path::Path;
use super::teams::{self, Standing};
use super::{Context, Sandbox};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use contract::Permission;
use rusqlite::params;
use serde_json::Value;
use std::borrow::Cow;

const LONGEST_CARD: usize = 15;

/// What to write: the administrator flag of one team, and the rest, which counts for all teams.
struct Update {
    administrator: bool,
    own: [bool; 5],
    /// `None` leaves the card as it is, an empty text takes it away.
    card: Option<String>,
}

/// `PUT /api/public/teams/{id}/permissions/{member}`
pub(super) async fn update(
    State(sandbox): State<Sandbox>,
    Path((team, member)): Path<(String, String)>,
    credential: Credential,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let done = sandbox.run_as(credential, move |cx, caller| {
        let team = teams::find(cx, &team)?;
        if teams::standing(cx, team, caller.coworker)? != Standing::Administrator {
            return Err(teams::NOT_AN_ADMINISTRATOR);
        }
        let member = member.parse().ok().filter(|member| *member > 0);
        let member: i64 = member.ok_or(teams::NO_MEMBER)?;
        let was = teams::standing(cx, team, member)?;
        if was == Standing::None {
            return Err(teams::NO_MEMBER);
        }
        let update = read(&body, member).map_err(Refusal::Invalid)?;
        let was = was == Standing::Administrator;
        if update.administrator != was {
            set_administrator(cx, team, member, caller.coworker, update.administrator)?;
        }
        write(cx, member, &update)
    });
    done.await?;
    Ok(StatusCode::OK)
}

/// Reads the body, or says everything that is wrong with it.
fn read(body: &[u8], member: i64) -> Result<Update, Vec<Wrong>> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut wrong = Vec::new();
    let mut refuse = |field, message| {
        let value = body.get(field).cloned().unwrap_or_default();
        wrong.push(Wrong { field, value, message: Cow::Borrowed(message) });
    };
    let flags = Permission::ALL.map(Permission::field).map(|field| {
        body.get(field).and_then(Value::as_bool).unwrap_or_else(|| {
            refuse(field, "This permission must be true or false.");
            false
        })
    });
    if body.get("Id").is_some_and(|id| !id.is_null() && id.as_i64() != Some(member)) {
        refuse("Id", "The id does not belong to this member.");
    }
    let card = match body.get("AccessCardId") {
        None | Some(Value::Null) => None,
        Some(Value::String(card)) if card.trim().chars().count() > LONGEST_CARD => {
            refuse("AccessCardId", "The access card has at most 15 characters.");
            None
        }
        Some(Value::String(card)) => Some(card.trim().to_owned()),
        Some(_) => {
            refuse("AccessCardId", "The access card must be a text.");
            None
        }
    };
    let [administrator, own @ ..] = flags;
    if wrong.is_empty() { Ok(Update { administrator, own, card }) } else { Err(wrong) }
}

fn set_administrator(cx: &Context, team: i64, member: i64, caller: i64, on: bool) -> Result<(), Refusal> {
    let refuse = |message| {
        let message = Cow::Borrowed(message);
        let wrong = Wrong { field: "IsTeamAdministrator", value: on.into(), message };
        Err(Refusal::Invalid(vec![wrong]))
    };
    if on {
        cx.tx.execute(
            "INSERT INTO administrators (team_id, coworker_id) VALUES (?, ?)",
            params![team, member],
        )?;
        return Ok(());
    }
    let others: i64 = cx.tx.query_row(
        "SELECT count(*) FROM administrators WHERE team_id = ? AND coworker_id <> ?",
        params![team, member],
        |row| row.get(0),
    )?;
    if others == 0 {
        return refuse("A team needs at least one administrator.");
    }
    if member == caller {
        return refuse("You cannot change your own administrator rights.");
    }
    cx.tx
        .execute("DELETE FROM administrators WHERE team_id = ? AND coworker_id = ?", params![team, member])?;
    // One who administered without being a member stays in the team's list as a member.
    cx.tx.execute(
        "INSERT OR IGNORE INTO memberships (team_id, coworker_id) VALUES (?, ?)",
        params![team, member],
    )?;
    Ok(())
}

fn write(cx: &Context, member: i64, update: &Update) -> Result<(), Refusal> {
    let [bookings, for_team, products, events, community] = update.own;
    cx.tx.execute(
        "UPDATE coworkers SET can_make_bookings = ?, can_book_for_team = ?, can_purchase_products = ?,
             can_purchase_events = ?, can_access_community = ? WHERE id = ?",
        params![bookings, for_team, products, events, community, member],
    )?;
    if let Some(card) = &update.card {
        let card = (!card.is_empty()).then_some(card);
        cx.tx.execute("UPDATE coworkers SET access_card = ? WHERE id = ?", params![card, member])?;
    }
    Ok(())
}
