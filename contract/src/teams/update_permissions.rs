//! Writing a member's six flags and access card.

use super::{AdministratorRef, Team};
use crate::endpoint::{Body, Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Write, Writer};
use crate::{ActionConfirmation, CoworkerId, Permission, PermissionSet, Problem, TeamId};

/// Replaces all six flags of a member and the access card. Source: `/api/endpoints/teams/team-permissions`.
///
/// Errors: 400 invalid; 401; 403 not an administrator of the team; 404. The reply is empty.
pub struct UpdatePermissions {
    /// The team.
    pub team: TeamId,
    /// Whose flags.
    pub member: CoworkerId,
    /// What to write.
    pub permissions: PermissionsBody,
}

/// The body of [`UpdatePermissions`]: only ever made from a set whose six flags are all known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionsBody {
    /// Repeats the member's id.
    pub id: CoworkerId,
    /// The six flags.
    permissions: PermissionSet,
    /// Sent back as read: whether leaving it out clears it is not known.
    pub access_card_id: Option<String>,
}

impl Write for PermissionsBody {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field("Id", &self.id);
            for permission in Permission::ALL {
                json.field(permission.field(), &self.permissions.get(permission));
            }
            if let Some(card) = &self.access_card_id {
                json.field("AccessCardId", card);
            }
        });
    }
}

impl PermissionsBody {
    /// A body that writes `set`; `None` when a flag is unknown, so that an unknown is never written as false.
    pub fn new(id: CoworkerId, set: PermissionSet, access_card_id: Option<String>) -> Option<Self> {
        set.is_complete().then_some(Self { id, permissions: set, access_card_id })
    }

    /// Makes the member of `team` what it is once this was written, and the team's list of administrators with it.
    pub fn write_to(&self, team: &mut Team) {
        let administrators = &mut team.team_administrators;
        // An empty list says nothing; with one name in it, it would say that nobody else is one.
        if !administrators.is_empty() {
            administrators.retain(|one| one.id != self.id);
            let administers = self.permissions.get(Permission::TeamAdministrator) == Some(true);
            administrators.extend(administers.then_some(AdministratorRef { id: self.id }));
        }
        let Some(member) = team.all_team_members.iter_mut().find(|one| one.id == self.id) else { return };
        member.permissions = self.permissions;
        member.access_card_id.clone_from(&self.access_card_id);
    }
}

impl Endpoint for UpdatePermissions {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Put;
    const ROUTE: &'static str = "/api/public/teams/{id}/permissions/{member}";
    const POLICY: Policy = Policy::Never;

    fn path_values(&self) -> Vec<String> {
        vec![self.team.to_string(), self.member.to_string()]
    }

    fn body(&self) -> Body {
        Body::Json(json::write(&self.permissions))
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
    use super::super::tests::RECORDED;
    use super::super::{Member, TeamProfile};
    use super::*;

    #[test]
    fn an_empty_reply_is_done_and_a_200_may_say_it_failed() {
        for done in ["", "{}", "true", "null", " []"] {
            assert_eq!(UpdatePermissions::refusal(&UpdatePermissions::read(done).unwrap()), None, "{done}");
        }
        for words in [r#""The team is full""#, "upstream connect error", "false"] {
            assert_eq!(UpdatePermissions::read(words), Err(Unreadable), "{words}");
        }
        let failed = UpdatePermissions::read(r#"{"WasSuccessful":false,"Message":"No"}"#).unwrap();
        assert_eq!(UpdatePermissions::refusal(&failed).unwrap().message, "No");
        let failed =
            UpdatePermissions::read(r#"{"WasSuccessful":false,"Status":500,"Value":{},"Message":"Nope"}"#);
        assert_eq!(UpdatePermissions::refusal(&failed.unwrap()).unwrap().message, "Nope");
        assert_eq!(UpdatePermissions::read(r#"{"WasSuccessful":fal"#), Err(Unreadable), "half of an answer");
    }

    #[test]
    fn an_unknown_flag_is_never_written() {
        let team = TeamProfile::read(RECORDED).unwrap();
        let body = |m: &Member| PermissionsBody::new(m.id, team.permissions_of(m), m.access_card_id.clone());
        assert!(body(&team.all_team_members[0]).is_some());
        assert_eq!(body(&team.all_team_members[1]), None);
    }

    #[test]
    fn what_was_written_is_what_the_team_says_also_where_its_list_says_who_administers_it() {
        for (administrators, others) in [("", None), (r#"{"Id":7},{"Id":9}"#, Some(false))] {
            let mut team = TeamProfile::read(&format!(
                r#"{{"Id":1,"TeamAdministrators":[{administrators}],
                    "AllTeamMembers":[{{"Id":7,"IsTeamAdministrator":true}},{{"Id":8}}]}}"#
            ))
            .unwrap();
            let everything = Permission::ALL.into_iter().map(|one| (one, true)).collect::<PermissionSet>();
            for on in [false, true] {
                let set = everything.with(Permission::TeamAdministrator, on);
                PermissionsBody::new(CoworkerId(7), set, None).unwrap().write_to(&mut team);
                let [ana, ben] = &team.all_team_members[..] else { panic!() };
                assert_eq!(team.permissions_of(ana), set);
                assert_eq!(
                    team.permissions_of(ben).get(Permission::TeamAdministrator),
                    others,
                    "{administrators} {on}"
                );
            }
        }
    }

    #[test]
    fn the_documented_permission_write_is_what_is_sent() {
        let team = TeamProfile::read(RECORDED).unwrap();
        let member = &team.all_team_members[0];
        let body =
            PermissionsBody::new(CoworkerId(102), team.permissions_of(member), member.access_card_id.clone())
                .unwrap();
        let request =
            UpdatePermissions { team: TeamId(55), member: CoworkerId(102), permissions: body }.request();
        assert_eq!(request.path, "/api/public/teams/55/permissions/102");
        assert_eq!(
            request.body.text(),
            Some(
                r#"{"Id":102,"IsTeamAdministrator":true,"CanMakeBookings":true,"CanBookForTeam":true,"CanPurchaseProducts":true,"CanPurchaseEvents":false,"CanAccessCommunity":true,"AccessCardId":"CARD-00102"}"#
            )
        );
    }
}
