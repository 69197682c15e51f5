//! The many shapes of a refusal.

use crate::json::{self, Read, Reader};
use crate::{ResetToken, Unreadable, auth};

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
pub(crate) fn field_errors(json: &mut Reader<'_>) -> Result<Vec<FieldError>, Unreadable> {
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
}
