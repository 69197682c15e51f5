//! The shapes that wrap replies, and the many shapes of a refusal.

use crate::json::{self, Read, Reader};
use crate::{ResetToken, Unreadable, auth};

/// A page of records (`ApiListResult<T>`). Source: `/api/overview`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListResult<T> {
    /// The records of this page.
    pub records: Vec<T>,
    /// True when more pages follow; `None` when the reply does not say.
    pub has_next_page: Option<bool>,
    /// All records on all pages; `None` when the reply does not say.
    pub total_items: Option<i64>,
}

impl<T: Read> Read for ListResult<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let (mut records, mut has_next_page, mut total_items) = (None, None, None);
        json.fields(&mut |key, json| {
            match key {
                "Records" => records = Some(json.read()?),
                "HasNextPage" => has_next_page = json.read()?,
                "TotalItems" => total_items = json.read()?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Self { records: records.ok_or(Unreadable)?, has_next_page, total_items })
    }
}

/// The outcome of an action. A 200 may still say it failed. Source: `/api/overview`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionConfirmation {
    /// The outcome. Missing counts as done: some replies have no body at all.
    pub was_successful: bool,
    /// A payload of some calls.
    pub value: Option<String>,
    /// An HTTP-like status repeated in the body.
    pub status: Option<i64>,
    /// Words for a person.
    pub message: Option<String>,
    /// What is wrong with which field.
    pub errors: Vec<FieldError>,
}

impl Read for ActionConfirmation {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut said = Self { was_successful: true, ..Self::default() };
        json.object(&mut |key, json| {
            match key {
                // Whether it was done is known also where something beside it is not as documented.
                "WasSuccessful" => {
                    said.was_successful = json.attempt::<Option<bool>>()?.ok_or(Unreadable)?.unwrap_or(true);
                }
                "Value" => said.value = json.attempt()?.flatten(),
                "Status" => said.status = json.attempt()?.flatten(),
                "Message" => said.message = json.attempt()?.flatten(),
                "Errors" => said.errors = field_errors(json)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(said)
    }
}

impl ActionConfirmation {
    /// A plain success, as the API writes it.
    pub fn done() -> Self {
        Self { was_successful: true, status: Some(200), ..Self::default() }
    }

    /// Reads a reply that may have no body at all, which means done.
    ///
    /// # Errors
    /// [`Unreadable`] when there is a body, and it is something else.
    pub fn read_or_done(text: &str) -> Result<Self, Unreadable> {
        if text.trim().is_empty() { Ok(Self::done()) } else { json::read(text) }
    }

    /// What it says went wrong; `None` for a success.
    pub fn refusal(&self) -> Option<Problem> {
        (!self.was_successful).then(|| Problem {
            message: self.message.clone().unwrap_or_default(),
            fields: self.errors.clone(),
            ..Problem::default()
        })
    }

    /// The reply as the API writes it.
    #[cfg(feature = "server")]
    pub fn to_json(&self) -> serde_json::Value {
        let errors = self.errors.iter().map(|error| {
            serde_json::json!({ "AttemptedValue": null, "Message": error.message, "PropertyName": error.field })
        });
        let errors = (!self.errors.is_empty()).then(|| errors.collect::<Vec<_>>());
        serde_json::json!({
            "WasSuccessful": self.was_successful,
            "Value": self.value,
            "Status": self.status,
            "Message": self.message,
            "Errors": errors,
        })
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
    /// What a refused sign-in gives to whoever has to choose a new password first.
    pub reset_token: Option<ResetToken>,
}

impl Problem {
    /// Reads any error body: empty, a JSON string, an envelope, an OAuth error, plain text. HTML says nothing.
    pub fn read(body: &str) -> Self {
        let body = body.trim();
        if body.is_empty() || body.starts_with('<') {
            return Self::default();
        }
        match json::read::<Said>(body) {
            Ok(Said(problem)) => problem,
            Err(Unreadable) => Self { message: body.chars().take(300).collect(), ..Self::default() },
        }
    }
}

/// Where a refusal has its words, the best first; the last is also where its code is.
const WORDS: [&str; 4] = ["Message", "message", "error_description", "error"];

/// Any JSON, and what it says of a problem.
struct Said(Problem);

impl Read for Said {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if !json.is_object() {
            let message = json.attempt()?.unwrap_or_default();
            return Ok(Self(Problem { message, ..Problem::default() }));
        }
        let mut words: [String; 4] = Default::default();
        let mut fields = Vec::new();
        json.object(&mut |key, json| {
            let place = WORDS.iter().position(|word| *word == key);
            match place.and_then(|place| words.get_mut(place)) {
                Some(word) => *word = trimmed(json)?,
                None if key == "Errors" => fields = field_errors(json)?,
                None => json.skip()?,
            }
            Ok(())
        })?;
        let code = words.last().cloned().unwrap_or_default();
        let [.., description, _] = &mut words;
        // A token in the place of the words: nobody must come to show it.
        if code == auth::code::MUST_RESET {
            let reset_token = ResetToken::new(std::mem::take(description));
            return Ok(Self(Problem { code, reset_token, ..Problem::default() }));
        }
        let message = words.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
        Ok(Self(Problem { code, message, fields, reset_token: None }))
    }
}

fn trimmed(json: &mut Reader<'_>) -> Result<String, Unreadable> {
    let text: Option<String> = json.attempt()?;
    Ok(text.unwrap_or_default().trim().to_owned())
}

/// The errors of a list, and none of anything else.
fn field_errors(json: &mut Reader<'_>) -> Result<Vec<FieldError>, Unreadable> {
    let mut errors = Vec::new();
    if !json.is_list() {
        return json.skip().map(|()| errors);
    }
    json.list(&mut |json| {
        errors.extend(field_error(json)?);
        Ok(())
    })?;
    Ok(errors)
}

fn field_error(json: &mut Reader<'_>) -> Result<Option<FieldError>, Unreadable> {
    let mut error = FieldError { field: String::new(), message: String::new() };
    if !json.is_object() {
        return json.skip().map(|()| None);
    }
    json.object(&mut |key, json| {
        match key {
            "PropertyName" => error.field = trimmed(json)?,
            "Message" => error.message = trimmed(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok((!error.message.is_empty()).then_some(error))
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
    fn whether_it_was_done_is_read_whatever_stands_beside_it() {
        let read = |text: &str| json::read::<ActionConfirmation>(text);
        let done =
            |was_successful| Ok(ActionConfirmation { was_successful, ..ActionConfirmation::default() });
        for beside in
            [r#""Value":{"Id":1}"#, r#""Value":7"#, r#""Status":"500""#, r#""Message":[]"#, r#""Value":null"#]
        {
            assert_eq!(read(&format!(r#"{{{beside},"WasSuccessful":false}}"#)), done(false), "{beside}");
            assert_eq!(read(&format!(r#"{{"WasSuccessful":null,{beside}}}"#)), done(true), "{beside}");
        }
        let said = read(r#"{"WasSuccessful":false,"Value":{},"Status":500,"Message":"Nope"}"#).unwrap();
        assert_eq!((said.status, said.message.as_deref()), (Some(500), Some("Nope")));
        for unknown in ["[]", r#"{"WasSuccessful":"false"}"#, r#"{"WasSuccessful":0}"#] {
            assert_eq!(read(unknown), Err(Unreadable), "{unknown}");
        }
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
    fn sec_29_the_token_of_a_forced_reset_is_never_words() {
        let problem = Problem::read(r#"{"error":"must_reset_password","error_description":"very-secret"}"#);
        assert_eq!(problem.reset_token, ResetToken::new("very-secret"));
        assert_eq!(problem.message, "");
        assert!(!format!("{problem:?}").contains("very-secret"));
        let without = Problem::read(r#"{"error":"must_reset_password"}"#);
        assert_eq!((without.reset_token, without.message), (None, String::new()));
    }

    #[test]
    fn a_sort_direction_of_either_kind_does_not_spoil_a_list() {
        for direction in ["\"ASC\"", "1"] {
            let body = format!(
                r#"{{"Records":[1,2],"CurrentSortDirection":{direction},"HasNextPage":true,"TotalItems":9}}"#
            );
            let list: ListResult<i64> = json::read(&body).unwrap();
            assert_eq!(
                (list.records, list.has_next_page, list.total_items),
                (vec![1, 2], Some(true), Some(9))
            );
        }
    }

    #[test]
    fn an_odd_count_does_not_spoil_a_list_and_a_list_must_be_there() {
        let list: ListResult<i64> =
            json::read(r#"{"Records":[1,{},2],"HasNextPage":"no","TotalItems":[]}"#).unwrap();
        assert_eq!(list, ListResult { records: vec![1, 2], has_next_page: None, total_items: None });
        for body in ["{}", r#"{"Records":{}}"#, "[]"] {
            assert_eq!(json::read::<ListResult<i64>>(body), Err(Unreadable), "{body}");
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn what_the_server_writes_of_an_action_is_what_the_portal_reads() {
        let done = ActionConfirmation::done();
        assert_eq!(json::read(&done.to_json().to_string()), Ok(done));
        let errors = vec![FieldError { field: "Password".into(), message: "Too short".into() }];
        let failed = ActionConfirmation { errors, ..ActionConfirmation::default() };
        assert_eq!(json::read(&failed.to_json().to_string()), Ok(failed));
    }

    #[test]
    fn a_confirmation_may_say_that_a_200_failed() {
        let reply: ActionConfirmation =
            json::read(r#"{"WasSuccessful":false,"Status":500,"Message":"No","Value":null,"Errors":null}"#)
                .unwrap();
        assert_eq!(reply.refusal().unwrap().message, "No");
        let reply: ActionConfirmation = json::read(
            r#"{"WasSuccessful":false,"Errors":[1,{"Message":"Too short","PropertyName":"Password"}]}"#,
        )
        .unwrap();
        let fields = vec![FieldError { field: "Password".into(), message: "Too short".into() }];
        assert_eq!(reply.refusal(), Some(Problem { fields, ..Problem::default() }));
        for none in ["null", "\"No\"", "{}", "7"] {
            let body = format!(r#"{{"WasSuccessful":true,"Errors":{none}}}"#);
            assert_eq!(json::read::<ActionConfirmation>(&body).unwrap().refusal(), None, "{none}");
        }
    }
}
