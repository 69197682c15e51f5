//! The many shapes of a refusal.

use crate::json::{self, Read, Reader};
use crate::{ResetToken, Unreadable, auth};

/// What is wrong with one field of a refused write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, as the API spells it; empty where it names none.
    pub field: String,
    /// Words for a person.
    pub message: String,
}

/// What a refusal's body says, whichever of its shapes it has. Empty where it says nothing usable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The machine-readable code of `/api/token`, such as `invalid_grant`.
    pub code: String,
    /// Words for a person; those of the first field where there are no others.
    pub message: String,
    /// Per-field errors.
    pub fields: Vec<FieldError>,
    /// What a refused sign-in gives to whoever has to choose a new password first.
    pub reset_token: Option<ResetToken>,
}

impl Problem {
    /// What these words and errors say.
    pub(crate) fn of(words: &str, fields: Vec<FieldError>) -> Self {
        let first = fields.first().map(|field| field.message.as_str()).unwrap_or_default();
        let words = words.trim();
        let message = if words.is_empty() { first } else { words }.to_owned();
        Self { message, fields, ..Self::default() }
    }

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
        let words = words.iter().find(|word| !word.is_empty());
        let said = Problem::of(words.map(String::as_str).unwrap_or_default(), fields);
        Ok(Self(Problem { code, ..said }))
    }
}

fn trimmed(json: &mut Reader<'_>) -> Result<String, Unreadable> {
    let text: Option<String> = json.attempt()?;
    Ok(text.unwrap_or_default().trim().to_owned())
}

/// The errors of a list, or the one that stands in its place.
pub(crate) fn field_errors(json: &mut Reader<'_>) -> Result<Vec<FieldError>, Unreadable> {
    let mut errors = Vec::new();
    let mut each = |json: &mut Reader<'_>| {
        errors.extend(field_error(json)?);
        Ok(())
    };
    if json.is_list() {
        json.list(&mut each)?
    } else {
        each(json)?
    }
    Ok(errors)
}

/// An error with the name of its field, or the words of one alone. Anything else is none.
fn field_error(json: &mut Reader<'_>) -> Result<Option<FieldError>, Unreadable> {
    let mut error = FieldError { field: String::new(), message: String::new() };
    if json.is_object() {
        json.object(&mut |key, json| {
            match key {
                "PropertyName" => error.field = trimmed(json)?,
                "Message" => error.message = trimmed(json)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
    } else {
        error.message = trimmed(json)?;
    }
    Ok((!error.message.is_empty()).then_some(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ActionConfirmation;

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

    #[test]
    fn errors_are_read_as_objects_and_as_texts_in_a_list_and_alone() {
        let read = |errors: &str| {
            let fields = Problem::read(&format!(r#"{{"Message":"No","Errors":{errors}}}"#)).fields;
            fields.into_iter().map(|error| (error.field, error.message)).collect::<Vec<_>>()
        };
        let error = |field: &str, message: &str| (field.to_owned(), message.to_owned());
        assert_eq!(
            read(r#"[" Too long ",{"Message":"Too short","PropertyName":"Password"}]"#),
            [error("", "Too long"), error("Password", "Too short")]
        );
        assert_eq!(read(r#""Too long""#), [error("", "Too long")]);
        assert_eq!(read(r#"{"Message":"Too long","PropertyName":"Card"}"#), [error("Card", "Too long")]);
        for none in ["null", "[]", "{}", "[null,7,[\"a\"],{\"Message\":\" \"}]", "true"] {
            assert_eq!(read(none), [], "{none}");
        }
    }

    #[test]
    fn without_words_of_its_own_a_refusal_has_those_of_its_first_field() {
        for words in ["", r#""Message":null,"#, r#""Message":" ","#] {
            let body = format!(r#"{{{words}"WasSuccessful":false,"Errors":["Too long","Too blue"]}}"#);
            let done: ActionConfirmation = json::read(&body).unwrap();
            for problem in [Problem::read(&body), done.refusal().unwrap()] {
                assert_eq!((problem.message.as_str(), problem.fields.len()), ("Too long", 2), "{body}");
            }
        }
    }
}
