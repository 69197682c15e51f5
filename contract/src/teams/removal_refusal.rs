//! Why a member has to stay in a team.

use crate::Problem;

/// The message of a refusal to take oneself out of a team.
pub const CANNOT_REMOVE_ITSELF: &str = "CANNOT_REMOVE_ITSELF";

/// What the message says of a member who has contracts. Documented without its full wording.
const ACTIVE_CONTRACT: &str = "active contract";

/// Why the server did not take a member out of a team, where it says so in a way that can be known.
/// Source: `/api/endpoints/teams/remove-team-member`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalRefusal {
    /// Nobody takes themselves out of a team.
    Oneself,
    /// The member has a contract that runs.
    ActiveContracts,
}

impl RemovalRefusal {
    /// What a refusal means; `None` when it is about something else. It is not known in which field the API puts the
    /// reason, nor how it is spelt: all are looked at, without regard to case.
    pub fn of(problem: &Problem) -> Option<Self> {
        let fields = problem.fields.iter().map(|field| &field.message);
        let mut said = [&problem.message, &problem.code].into_iter().chain(fields);
        said.find_map(|text| {
            let text = text.to_ascii_lowercase();
            if text.contains(&CANNOT_REMOVE_ITSELF.to_ascii_lowercase()) {
                Some(Self::Oneself)
            } else {
                text.contains(ACTIVE_CONTRACT).then_some(Self::ActiveContracts)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<RemovalRefusal> {
        RemovalRefusal::of(&Problem::read(body))
    }

    #[test]
    fn both_reasons_are_known_in_every_shape_of_a_refusal() {
        let envelope = r#"{"WasSuccessful":false,"Message":"CANNOT_REMOVE_ITSELF","Errors":null}"#;
        for body in ["CANNOT_REMOVE_ITSELF", "\"cannot_remove_itself\"", envelope] {
            assert_eq!(of(body), Some(RemovalRefusal::Oneself), "{body}");
        }
        let field =
            r#"{"Message":"Invalid","Errors":[{"PropertyName":"Id","Message":"has active contracts"}]}"#;
        for body in ["Ravi has active contracts.", "\"Has an Active Contract\"", field] {
            assert_eq!(of(body), Some(RemovalRefusal::ActiveContracts), "{body}");
        }
    }

    #[test]
    fn any_other_refusal_is_none_of_them() {
        for body in ["", "The contract is not active.", "A team needs an administrator.", "<html>"] {
            assert_eq!(of(body), None, "{body}");
        }
    }
}
