//! The shapes that wrap replies.

use crate::json::{self, Read, Reader};
use crate::problem::field_errors;
use crate::{FieldError, Problem, Unreadable};

/// A page of records (`ApiListResult<T>`). Source: `/api/overview`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListResult<T> {
    /// The records of this page.
    pub records: Vec<T>,
    /// True when more pages follow; `None` when the reply does not say.
    pub has_next_page: Option<bool>,
    /// All records on all pages; `None` when the reply does not say.
    pub total_items: Option<i64>,
    /// Records of this page that could not be read.
    pub left_out: usize,
}

impl<T: Read> Read for ListResult<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let (mut records, mut has_next_page, mut total_items) = (None, None, None);
        let mut left_out = 0;
        json.fields(&mut |key, json| {
            match key {
                "Records" => {
                    let mut all = Vec::new();
                    json.list(&mut |json| {
                        match json.attempt()? {
                            Some(record) => all.push(record),
                            None => left_out += 1,
                        }
                        Ok(())
                    })?;
                    records = Some(all);
                }
                "HasNextPage" => has_next_page = json.read()?,
                "TotalItems" => total_items = json.read()?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Self { records: records.ok_or(Unreadable)?, has_next_page, total_items, left_out })
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

    /// Reads a reply that is documented as empty: nothing, `null`, `true`, a number and a list say nothing, which means done.
    /// An object may say that it failed.
    ///
    /// # Errors
    /// [`Unreadable`] when it is something else: words are no word of success.
    pub fn read_object_or_done(text: &str) -> Result<Self, Unreadable> {
        let text = text.trim();
        let says_nothing = matches!(text, "null" | "true" | "\"\"")
            || text.starts_with(|first: char| first == '[' || first == '-' || first.is_ascii_digit());
        Self::read_or_done(if says_nothing { "" } else { text })
    }

    /// What it says went wrong; `None` for a success.
    pub fn refusal(&self) -> Option<Problem> {
        let refused = || Problem::of(self.message.as_deref().unwrap_or_default(), self.errors.clone());
        (!self.was_successful).then(refused)
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(
            list,
            ListResult { records: vec![1, 2], has_next_page: None, total_items: None, left_out: 1 }
        );
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
        assert_eq!(
            reply.refusal(),
            Some(Problem { message: "Too short".into(), fields, ..Problem::default() })
        );
        for none in ["null", "\"No\"", "{}", "7"] {
            let body = format!(r#"{{"WasSuccessful":true,"Errors":{none}}}"#);
            assert_eq!(json::read::<ActionConfirmation>(&body).unwrap().refusal(), None, "{none}");
        }
    }
}
