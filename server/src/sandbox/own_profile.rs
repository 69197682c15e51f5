//! Changing what stands on the caller's own record.

use super::audit::{self, Event};
use super::credential::Credential;
use super::error::{Refusal, Wrong};
use super::session::Caller;
use super::{Context, Sandbox};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use contract::ActionConfirmation;
use rusqlite::params;
use serde_json::{Map, Value};
use std::borrow::Cow;

const LONGEST_TEXT: usize = 200;

/// What to write; `None` leaves a field as it is. The other fields of the API are none of the sandbox's: ignored.
struct Update {
    full_name: Option<String>,
    company_name: Option<String>,
}

/// `PATCH /api/public/coworker/profile`: writes the profile that the session is on. In a session as somebody else
/// that is theirs, and no value in the body can make it another.
pub(super) async fn update(
    State(sandbox): State<Sandbox>,
    credential: Credential,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let done = sandbox.run_as(credential, move |cx, caller| {
        let Ok(Value::Object(body)) = serde_json::from_slice(&body) else {
            return Err(Refusal::BadRequest("The body must be a JSON object."));
        };
        write(cx, caller, &read(&body).map_err(Refusal::Invalid)?)?;
        Ok(ActionConfirmation::done().to_json())
    });
    Ok(Json(done.await?))
}

/// Reads the body, or says everything that is wrong with it.
fn read(body: &Map<String, Value>) -> Result<Update, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut text = |field, must_be_there: bool, messages: [&'static str; 3]| {
        let [no_text, blank, too_long] = messages;
        let value = body.get(field).filter(|value| !value.is_null())?;
        let text = value.as_str().map(str::trim);
        let message = match text {
            None => no_text,
            Some("") if must_be_there => blank,
            Some(text) if text.chars().count() > LONGEST_TEXT => too_long,
            Some(text) => return Some(text.to_owned()),
        };
        wrong.push(Wrong { field, value: value.clone(), message: Cow::Borrowed(message) });
        None
    };
    let full_name = text(
        "FullName",
        true,
        ["The name must be a text.", "The name cannot be empty.", "The name has at most 200 characters."],
    );
    let company_name = text(
        "CompanyName",
        false,
        ["The company must be a text.", "", "The company has at most 200 characters."],
    );
    if wrong.is_empty() { Ok(Update { full_name, company_name }) } else { Err(wrong) }
}

fn write(cx: &Context, caller: &Caller, update: &Update) -> Result<(), Refusal> {
    cx.tx.execute(
        "UPDATE coworkers SET full_name = coalesce(?, full_name), company_name = coalesce(?, company_name)
         WHERE id = ?",
        params![update.full_name, update.company_name, caller.coworker],
    )?;
    let given = [("FullName", update.full_name.is_some()), ("CompanyName", update.company_name.is_some())];
    let given: Vec<&str> = given.iter().filter(|(_, given)| *given).map(|(field, _)| *field).collect();
    if let Some(actor) = caller.actor.filter(|_| !given.is_empty()) {
        let target = (Some(caller.user), Some(caller.coworker));
        audit::write(cx, Event::ProfileUpdated, Some(actor), target, Some(&caller.sid), &given.join(", "))?;
    }
    Ok(())
}
