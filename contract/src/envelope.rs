//! The shapes that wrap replies, and the many shapes of a refusal.

use crate::lenient;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A page of records (`ApiListResult<T>`). Source: `/api/overview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListResult<T> {
    /// The records of this page.
    #[serde(bound(deserialize = "T: Deserialize<'de>"), deserialize_with = "lenient::list")]
    pub records: Vec<T>,
    /// True when more pages follow; `None` when the reply does not say.
    #[serde(default)]
    pub has_next_page: Option<bool>,
    /// All records on all pages; `None` when the reply does not say.
    #[serde(default)]
    pub total_items: Option<i64>,
}

/// The outcome of an action. A 200 may still say it failed. Source: `/api/overview`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ActionConfirmation {
    /// The outcome. Missing counts as done: some replies have no body at all.
    #[serde(default = "yes")]
    pub was_successful: bool,
    /// A payload of some calls.
    #[serde(default)]
    pub value: Option<String>,
    /// An HTTP-like status repeated in the body.
    #[serde(default)]
    pub status: Option<i64>,
    /// Words for a person.
    #[serde(default)]
    pub message: Option<String>,
}

fn yes() -> bool {
    true
}

impl ActionConfirmation {
    /// A plain success, as the API writes it.
    pub fn done() -> Self {
        Self { was_successful: true, status: Some(200), ..Self::default() }
    }

    /// What it says went wrong; `None` for a success.
    pub fn refusal(&self) -> Option<Problem> {
        let message = self.message.clone().unwrap_or_default();
        (!self.was_successful).then(|| Problem { message, ..Problem::default() })
    }
}

/// What is wrong with one field of a refused write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, as the API spells it.
    pub field: String,
    /// Words for a person.
    pub message: String,
}

/// What a refusal's body says, whichever of its shapes it has. Empty where it says nothing usable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The machine-readable code of `/api/token`, such as `invalid_grant`.
    pub code: String,
    /// Words for a person.
    pub message: String,
    /// Per-field errors.
    pub fields: Vec<FieldError>,
}

impl Problem {
    /// Reads any error body: empty, a JSON string, an envelope, an OAuth error, plain text. HTML says nothing.
    pub fn read(body: &str) -> Self {
        let body = body.trim();
        if body.is_empty() || body.starts_with('<') {
            return Self::default();
        }
        match serde_json::from_str::<Value>(body) {
            Ok(Value::String(message)) => Self { message, ..Self::default() },
            Ok(Value::Object(map)) => Self {
                code: text(map.get("error")),
                message: ["Message", "message", "error_description", "error"]
                    .iter()
                    .map(|key| text(map.get(*key)))
                    .find(|found| !found.is_empty())
                    .unwrap_or_default(),
                fields: map.get("Errors").map(field_errors).unwrap_or_default(),
            },
            Ok(_) => Self::default(),
            Err(_) => Self { message: body.chars().take(300).collect(), ..Self::default() },
        }
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

fn field_errors(value: &Value) -> Vec<FieldError> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| FieldError { field: text(item.get("PropertyName")), message: text(item.get("Message")) })
        .filter(|error| !error.message.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_shape_of_a_refusal_is_understood() {
        let said = |body: &str| Problem::read(body).message;
        assert_eq!(said(""), "");
        assert_eq!(said("<!DOCTYPE html><h1>Nope</h1>"), "");
        assert_eq!(said("\"Invalid Email Address\""), "Invalid Email Address");
        assert_eq!(said("DISABLED"), "DISABLED");
        assert_eq!(said(r#"{"Message":"No","WasSuccessful":false}"#), "No");
        assert_eq!(said("[1,2]"), "");
        let oauth = Problem::read(
            r#"{"error":"invalid_grant","error_description":"The email or password is incorrect."}"#,
        );
        assert_eq!(oauth.code, "invalid_grant");
        assert_eq!(oauth.message, "The email or password is incorrect.");
    }

    #[test]
    fn field_errors_keep_the_name_of_their_field() {
        let body = r#"{"Message":"Invalid","Errors":[{"AttemptedValue":1,"Message":"Too long","PropertyName":"AccessCardId"}]}"#;
        assert_eq!(
            Problem::read(body).fields,
            vec![FieldError { field: "AccessCardId".into(), message: "Too long".into() }]
        );
    }

    #[test]
    fn a_sort_direction_of_either_kind_does_not_spoil_a_list() {
        for direction in ["\"ASC\"", "1"] {
            let body = format!(
                r#"{{"Records":[1,2],"CurrentSortDirection":{direction},"HasNextPage":true,"TotalItems":9}}"#
            );
            let list: ListResult<i64> = serde_json::from_str(&body).unwrap();
            assert_eq!(
                (list.records, list.has_next_page, list.total_items),
                (vec![1, 2], Some(true), Some(9))
            );
        }
    }

    #[test]
    fn a_confirmation_may_say_that_a_200_failed() {
        let reply: ActionConfirmation = serde_json::from_str(
            r#"{"WasSuccessful":false,"Status":500,"Message":"No","Value":null,"Errors":null}"#,
        )
        .unwrap();
        assert!(!reply.was_successful);
        let done = serde_json::to_string(&ActionConfirmation::done()).unwrap();
        assert_eq!(serde_json::from_str::<ActionConfirmation>(&done).unwrap(), ActionConfirmation::done());
    }
}
