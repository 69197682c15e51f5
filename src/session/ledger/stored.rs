//! The ledger as it lies in the storage of this tab.

use super::{Change, End, Entry, Ledger, Outcome, Party, Step, What};
use contract::json::{Read, Reader, Write, Writer};
use contract::{Unreadable, record, words};

record!(Ledger { "of" => of, "page" => page, "entries" => entries });

record!(Entry {
    needs "own" => own, "other" => other, "reason" => reason, "access" => access, "from" => from, "started" => started;
    "ended" => ended,
    "steps" => steps,
});

record!(Party { needs "coworker" => coworker, "name" => name; });

words!(End {
    "Returned" => Returned,
    "ChangedPerson" => ChangedPerson,
    "TimeUp" => TimeUp,
    "Rejected" => Rejected,
    "NotTheirs" => NotTheirs,
    "OwnEnded" => OwnEnded,
    "Reloaded" => Reloaded,
});

record!(Step { needs "at" => at, "what" => what; });

record!(Change { needs "number" => number, "method" => method, "path" => path, "outcome" => outcome; });

/// What has nothing more to say is a word, anything else an object with one field.
fn tagged(json: &mut Writer, tag: &str, value: &dyn Write) {
    json.object(&mut |json| json.field(tag, value));
}

impl Read for What {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if !json.is_object() {
            return if json.text()? == "Lowered" { Ok(Self::Lowered) } else { Err(Unreadable) };
        }
        let mut what = Err(Unreadable);
        json.object(&mut |key, json| {
            what = match key {
                "Raised" => json.read().map(Self::Raised),
                "Extended" => json.read().map(Self::Extended),
                "Changed" => json.read().map(Self::Changed),
                _ => Err(Unreadable),
            };
            what.is_ok().then_some(()).ok_or(Unreadable)
        })?;
        what
    }
}

impl Write for What {
    fn write(&self, json: &mut Writer) {
        match self {
            Self::Raised(reason) => tagged(json, "Raised", reason),
            Self::Lowered => json.quoted("Lowered"),
            Self::Extended(reason) => tagged(json, "Extended", reason),
            Self::Changed(change) => tagged(json, "Changed", change),
        }
    }
}

impl Read for Outcome {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if !json.is_object() {
            return match &*json.text()? {
                "Unknown" => Ok(Self::Unknown),
                "Done" => Ok(Self::Done),
                _ => Err(Unreadable),
            };
        }
        let mut code = Err(Unreadable);
        json.object(&mut |key, json| {
            code = if key == "Failed" { Ok(json.read()?) } else { Err(Unreadable) };
            Ok(())
        })?;
        code.map(Self::Failed)
    }
}

impl Write for Outcome {
    fn write(&self, json: &mut Writer) {
        match self {
            Self::Unknown => json.quoted("Unknown"),
            Self::Done => json.quoted("Done"),
            Self::Failed(code) => tagged(json, "Failed", code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::json::{read, write};

    fn change(outcome: Outcome) -> What {
        What::Changed(Change { number: 7, method: "PUT".into(), path: "/x".into(), outcome })
    }

    #[test]
    fn all_that_can_happen_is_the_same_after_being_stored() {
        let outcomes = [Outcome::Unknown, Outcome::Done, Outcome::Failed("N-404".into())];
        let said = [What::Raised("a".into()), What::Lowered, What::Extended("b".into())];
        for what in said.into_iter().chain(outcomes.map(change)) {
            assert_eq!(read(&write(&what)), Ok(what));
        }
    }

    #[test]
    fn what_the_portal_does_not_know_is_unreadable() {
        for text in [r#""Raised""#, r#"{"Lowered":1}"#, "{}", r#"{"Changed":{"number":1}}"#, "1"] {
            assert_eq!(read::<What>(text), Err(Unreadable), "{text}");
        }
        for text in [r#""Failed""#, r#"{"Done":1}"#, "{}", "null"] {
            assert_eq!(read::<Outcome>(text), Err(Unreadable), "{text}");
        }
    }
}
