//! Taking somebody out of a team.

use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::{ActionConfirmation, CoworkerId, Problem, TeamId};

/// Takes a member out of a team; the person's record stays. Source: `/api/endpoints/teams/remove-team-member`.
///
/// Errors: 400 when the member has to stay (see [`RemovalRefusal`](super::RemovalRefusal)); 401; 403 not an administrator
/// of the team; 404. The reply is empty.
pub struct RemoveMember {
    /// The team.
    pub team: TeamId,
    /// Whom to take out.
    pub member: CoworkerId,
}

impl Endpoint for RemoveMember {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/public/teams/{id}/members/{member}";
    const POLICY: Policy = Policy::Never;

    fn path_values(&self) -> Vec<String> {
        vec![self.team.to_string(), self.member.to_string()]
    }

    fn read(text: &str) -> Result<ActionConfirmation, Unreadable> {
        ActionConfirmation::read_object_or_done(text)
    }

    fn refusal(reply: &ActionConfirmation) -> Option<Problem> {
        reply.refusal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Body;

    #[test]
    fn the_address_says_everything_and_nothing_is_sent_along() {
        let request = RemoveMember { team: TeamId(55), member: CoworkerId(102) }.request();
        assert_eq!(format!("{request:?}"), "DELETE /api/public/teams/{id}/members/{member}");
        assert_eq!(request.path, "/api/public/teams/55/members/102");
        assert!(request.body == Body::None && !request.method.is_safe());
    }

    #[test]
    fn an_empty_reply_is_done_and_a_200_may_say_it_failed() {
        for done in ["", "{}", "true", "null", " []"] {
            assert_eq!(RemoveMember::refusal(&RemoveMember::read(done).unwrap()), None, "{done}");
        }
        for words in [r#""The team is full""#, "upstream connect error", "false"] {
            assert_eq!(RemoveMember::read(words), Err(Unreadable), "{words}");
        }
        let failed = RemoveMember::read(r#"{"WasSuccessful":false,"Message":"No"}"#).unwrap();
        assert_eq!(RemoveMember::refusal(&failed).unwrap().message, "No");
    }
}
