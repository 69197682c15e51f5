//! The ledger as it lies in the storage of this tab.

use super::{Change, End, Entry, Ledger, Outcome, Party, Step, What};
use contract::json::{Read, Reader, Write, Writer};
use contract::{Unreadable, record, words};

record!(Ledger { "of" => of, "page" => page, "entries" => entries });

record!(Entry {
    needs "own" => own, "other" => other, "reason" => reason, "access" => access, "from" => from, "started" => started, "said" => steps;
    "ended" => ended,
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

/// A word for what it is, and what there is to say of it.
impl Read for What {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let told: Vec<String> = json.read()?;
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        Ok(match told.as_slice() {
            ["Raised", reason] => Self::Raised((*reason).to_owned()),
            ["Lowered"] => Self::Lowered,
            ["Extended", reason] => Self::Extended((*reason).to_owned()),
            ["Changed", number, method, path, outcome @ ..] => Self::Changed(Change {
                number: number.parse().map_err(|_| Unreadable)?,
                method: (*method).to_owned(),
                path: (*path).to_owned(),
                outcome: match outcome {
                    [] => Outcome::Unknown,
                    ["Done"] => Outcome::Done,
                    ["Failed", code] => Outcome::Failed((*code).to_owned()),
                    _ => return Err(Unreadable),
                },
            }),
            _ => return Err(Unreadable),
        })
    }
}

impl Write for What {
    fn write(&self, json: &mut Writer) {
        match self {
            Self::Raised(reason) => vec!["Raised", reason].write(json),
            Self::Lowered => vec!["Lowered"].write(json),
            Self::Extended(reason) => vec!["Extended", reason].write(json),
            Self::Changed(Change { number, method, path, outcome }) => {
                let number = number.to_string();
                let mut told = vec!["Changed", &number, method, path];
                match outcome {
                    Outcome::Unknown => {}
                    Outcome::Done => told.push("Done"),
                    Outcome::Failed(code) => told.extend(["Failed", code]),
                }
                told.write(json);
            }
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
        for told in ["\"Lowered\"", "{}", "1", "[]", r#"["Raised"]"#, r#"["Lowered","a"]"#, r#"["Gone"]"#] {
            assert_eq!(read::<What>(told), Err(Unreadable), "{told}");
        }
        for change in
            [r#""1","PUT""#, r#""a","PUT","/x""#, r#""1","PUT","/x","Gone""#, r#""1","PUT","/x","Failed""#]
        {
            assert_eq!(read::<What>(&format!(r#"["Changed",{change}]"#)), Err(Unreadable), "{change}");
        }
    }
}
