//! Teams, their members and their members' permissions.
//! Sources: `/api/endpoints/teams/{list-teams, team-details, team-permissions}`.

use crate::endpoint::{Body, Endpoint, Method, Policy, Unreadable, json};
use crate::lenient;
use crate::{CoworkerId, ListResult, Permission, PermissionSet, TeamId};
use serde::{Deserialize, Serialize};

/// What finding a member needs.
const MEMBER_FIELDS: [&str; 5] = ["Id", "FullName", "CompanyName", "Email", "Active"];

/// How much of each team [`MyTeams`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TeamDetail {
    /// Ids, names and counts.
    Names,
    /// The above, and who is in the team: enough to find a member in any team with one request.
    Members,
}

/// The teams of the caller. One who administers none gets an empty list, not a 403.
/// Source: `/api/endpoints/teams/list-teams`. Errors: 400, 401.
pub struct MyTeams {
    /// True: only teams the caller administers.
    pub is_team_admin: bool,
    /// How much of each team to read.
    pub detail: TeamDetail,
}

impl Endpoint for MyTeams {
    type Reply = ListResult<Team>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/teams/my";
    const POLICY: Policy = Policy::Allowed;

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut shape = "Records.Id,Records.Name,Records.TeamMembersCount,HasNextPage,TotalItems".to_owned();
        if self.detail == TeamDetail::Members {
            for field in MEMBER_FIELDS {
                shape.push_str(",Records.AllTeamMembers.");
                shape.push_str(field);
            }
        }
        // The documentation and live observation disagree on the paging names: both are sent.
        vec![
            ("isTeamAdmin", self.is_team_admin.to_string()),
            ("teamId", String::new()),
            ("_pageSize", "100".to_owned()),
            ("size", "100".to_owned()),
            ("_shape", shape),
        ]
    }

    fn read(text: &str) -> Result<ListResult<Team>, Unreadable> {
        json(text)
    }
}

/// One team with all its members. Source: `/api/endpoints/teams/team-details`. Errors: 401, 404.
pub struct TeamProfile {
    /// Which team.
    pub team: TeamId,
}

impl Endpoint for TeamProfile {
    type Reply = Team;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/teams/{id}/profile";
    const POLICY: Policy = Policy::Allowed;

    fn path_values(&self) -> Vec<String> {
        vec![self.team.to_string()]
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut shape = "Id,Name,TeamMembersCount,TeamAdministrators.Id".to_owned();
        let flags = Permission::ALL.map(Permission::field);
        for field in MEMBER_FIELDS.into_iter().chain(flags).chain(["AccessCardId"]) {
            shape.push_str(",AllTeamMembers.");
            shape.push_str(field);
        }
        vec![("_shape", shape)]
    }

    fn read(text: &str) -> Result<Team, Unreadable> {
        json(text)
    }
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// How many members it has, when the reply says.
    #[serde(default)]
    pub team_members_count: Option<i64>,
    /// Its administrators; they need not be members.
    #[serde(default, deserialize_with = "lenient::list")]
    pub team_administrators: Vec<AdministratorRef>,
    /// Members and administrators together.
    #[serde(default, deserialize_with = "lenient::list")]
    pub all_team_members: Vec<Member>,
}

impl Team {
    /// The flags of a member. Where the member object does not say whether the person is an administrator,
    /// the team's own list of administrators does.
    pub fn permissions_of(&self, member: &Member) -> PermissionSet {
        let mut set = member.permissions;
        if set.is_team_administrator.is_none() && !self.team_administrators.is_empty() {
            set.is_team_administrator = Some(self.team_administrators.iter().any(|a| a.id == member.id));
        }
        set
    }
}

/// An administrator in a team's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AdministratorRef {
    /// Who it is.
    pub id: CoworkerId,
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Member {
    /// The member's id, which is also the `coworkerId`.
    pub id: CoworkerId,
    /// The member's name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub full_name: String,
    /// The member's company; often empty.
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    /// The member's address; empty where the API does not show it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// False for members who have left; `None` when unknown.
    #[serde(default)]
    pub active: Option<bool>,
    /// The six flags.
    #[serde(flatten)]
    pub permissions: PermissionSet,
    /// The physical access card, at most 15 characters.
    #[serde(default)]
    pub access_card_id: Option<String>,
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PermissionsBody {
    /// Repeats the member's id.
    pub id: CoworkerId,
    /// Full rights over the team.
    pub is_team_administrator: bool,
    /// Books for oneself.
    pub can_make_bookings: bool,
    /// Books for the team.
    pub can_book_for_team: bool,
    /// Buys products.
    pub can_purchase_products: bool,
    /// Buys event tickets.
    pub can_purchase_events: bool,
    /// Sees directory and discussion boards.
    pub can_access_community: bool,
    /// Sent back as read: whether leaving it out clears it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_card_id: Option<String>,
}

impl PermissionsBody {
    /// A body that writes `set`; `None` when a flag is unknown, so that an unknown is never written as false.
    pub fn new(id: CoworkerId, set: PermissionSet, access_card_id: Option<String>) -> Option<Self> {
        Some(Self {
            id,
            is_team_administrator: set.is_team_administrator?,
            can_make_bookings: set.can_make_bookings?,
            can_book_for_team: set.can_book_for_team?,
            can_purchase_products: set.can_purchase_products?,
            can_purchase_events: set.can_purchase_events?,
            can_access_community: set.can_access_community?,
            access_card_id,
        })
    }

    /// Makes `member` what it is once this was written.
    pub fn write_to(&self, member: &mut Member) {
        member.permissions = PermissionSet {
            is_team_administrator: Some(self.is_team_administrator),
            can_make_bookings: Some(self.can_make_bookings),
            can_book_for_team: Some(self.can_book_for_team),
            can_purchase_products: Some(self.can_purchase_products),
            can_purchase_events: Some(self.can_purchase_events),
            can_access_community: Some(self.can_access_community),
        };
        member.access_card_id.clone_from(&self.access_card_id);
    }
}

impl Endpoint for UpdatePermissions {
    type Reply = ();
    const METHOD: Method = Method::Put;
    const ROUTE: &'static str = "/api/public/teams/{id}/permissions/{member}";
    const POLICY: Policy = Policy::Never;

    fn path_values(&self) -> Vec<String> {
        vec![self.team.to_string(), self.member.to_string()]
    }

    fn body(&self) -> Body {
        Body::Json(serde_json::to_string(&self.permissions).unwrap_or_default())
    }

    fn read(_: &str) -> Result<(), Unreadable> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = r#"{ "Id": 55, "Name": "Acme", "TeamMembersCount": 2, "ProfileSummary": "x",
        "TeamAdministrators": [{"Id": 101}],
        "AllTeamMembers": [
          {"Id": 101, "FullName": "Ana", "CanMakeBookings": true, "CanBookForTeam": true, "CanPurchaseProducts": true, "CanPurchaseEvents": false, "CanAccessCommunity": true, "AccessCardId": "CARD-00102", "Active": true},
          {"Id": 102, "FullName": null, "CanMakeBookings": null} ] }"#;

    #[test]
    fn a_team_reads_and_round_trips() {
        let team = TeamProfile::read(RECORDED).unwrap();
        assert_eq!(team.all_team_members.len(), 2);
        assert_eq!(team.all_team_members[0].access_card_id.as_deref(), Some("CARD-00102"));
        let written = serde_json::to_string(&team).unwrap();
        assert_eq!(TeamProfile::read(&written).unwrap(), team);
    }

    #[test]
    fn administrators_are_looked_up_where_members_do_not_say() {
        let team = TeamProfile::read(RECORDED).unwrap();
        assert_eq!(team.permissions_of(&team.all_team_members[0]).is_team_administrator, Some(true));
        assert_eq!(team.permissions_of(&team.all_team_members[1]).is_team_administrator, Some(false));
    }

    #[test]
    fn an_unknown_flag_is_never_written() {
        let team = TeamProfile::read(RECORDED).unwrap();
        let body = |m: &Member| PermissionsBody::new(m.id, team.permissions_of(m), m.access_card_id.clone());
        assert!(body(&team.all_team_members[0]).is_some());
        assert_eq!(body(&team.all_team_members[1]), None);
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

    #[test]
    fn members_are_only_asked_for_when_they_are_needed() {
        let names = MyTeams { is_team_admin: true, detail: TeamDetail::Names }.request().path;
        let members = MyTeams { is_team_admin: true, detail: TeamDetail::Members }.request().path;
        assert!(names.contains("isTeamAdmin=true&teamId=&") && !names.contains("AllTeamMembers"));
        assert!(members.contains("Records.AllTeamMembers.FullName"));
    }
}
