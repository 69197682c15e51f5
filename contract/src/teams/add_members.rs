//! Adding people to a team.

use crate::endpoint::{Body, Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Write, Writer};
use crate::{ActionConfirmation, Problem, TariffId, TeamId};

/// Adds people to a team, on a plan. Each gets a mail that says how to sign in.
/// Source: `/api/endpoints/teams/add-team-members`.
///
/// Errors: 400 when a value is refused, and then nobody is added; 401; 403 not an administrator of the team; 404. The
/// reply is empty and says nothing of the single people.
pub struct AddMembers {
    /// The team.
    pub team: TeamId,
    /// Whom to add.
    pub members: NewMembers,
}

/// The body of [`AddMembers`]. It always has as many addresses as names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMembers {
    /// The plan they get.
    pub tariff_id: TariffId,
    /// Who they are; at most [`NewMembers::MOST`].
    pub people: Vec<NewMember>,
    /// When they begin, such as `2025-02-01T00:00:00.000Z`; neither today nor in the past.
    pub start_date: String,
}

/// Somebody who is to become a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// The person's name.
    pub full_name: String,
    /// Where the mail goes, and what the person signs in with.
    pub email: String,
}

impl NewMembers {
    /// How many people one request adds at most.
    pub const MOST: usize = 25;
}

impl Write for NewMembers {
    fn write(&self, json: &mut Writer) {
        let names: Vec<&str> = self.people.iter().map(|person| person.full_name.as_str()).collect();
        let emails: Vec<&str> = self.people.iter().map(|person| person.email.as_str()).collect();
        json.object(&mut |json| {
            json.field("TariffId", &self.tariff_id);
            json.field("FullNames", &names);
            json.field("Emails", &emails);
            json.field("StartDate", &self.start_date);
        });
    }
}

impl Endpoint for AddMembers {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/public/teams/{id}/members";
    const POLICY: Policy = Policy::Never;

    fn path_values(&self) -> Vec<String> {
        vec![self.team.to_string()]
    }

    fn body(&self) -> Body {
        Body::Json(json::write(&self.members))
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

    #[test]
    fn the_documented_body_is_what_is_sent() {
        let person =
            |full_name: &str, email: &str| NewMember { full_name: full_name.into(), email: email.into() };
        let members = NewMembers {
            tariff_id: TariffId(301),
            people: vec![
                person("Alice Johnson", "alice@example.com"),
                person("Carlos Rivera", "carlos@example.com"),
            ],
            start_date: "2025-02-01T00:00:00.000Z".into(),
        };
        let request = AddMembers { team: TeamId(55), members }.request();
        assert_eq!((request.method, request.path.as_str()), (Method::Post, "/api/public/teams/55/members"));
        assert_eq!(
            request.body.text(),
            Some(
                r#"{"TariffId":301,"FullNames":["Alice Johnson","Carlos Rivera"],"Emails":["alice@example.com","carlos@example.com"],"StartDate":"2025-02-01T00:00:00.000Z"}"#
            )
        );
    }

    #[test]
    fn an_empty_reply_is_done_and_a_200_may_say_it_failed() {
        for done in ["", "{}", "true", "null", " []"] {
            assert_eq!(AddMembers::refusal(&AddMembers::read(done).unwrap()), None, "{done}");
        }
        for words in [r#""The team is full""#, "upstream connect error", "false"] {
            assert_eq!(AddMembers::read(words), Err(Unreadable), "{words}");
        }
        let failed = AddMembers::read(r#"{"WasSuccessful":false,"Message":"No"}"#).unwrap();
        assert_eq!(AddMembers::refusal(&failed).unwrap().message, "No");
        assert_eq!(AddMembers::read(r#"{"WasSuccessful":fal"#), Err(Unreadable), "half of an answer");
    }
}
