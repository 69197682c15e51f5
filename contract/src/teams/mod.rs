//! Teams, their members and their members' permissions.
//! Sources: `/api/endpoints/teams/{list-teams, team-details, team-permissions, add-team-members, remove-team-member,
//! directory-list}`.

mod add_members;
mod member_json;
mod my_teams;
mod published_teams;
mod removal_refusal;
mod remove_member;
mod team_profile;
mod update_permissions;

use crate::json::{Read, Reader, Write, Writer};
use crate::record;
use crate::{CoworkerId, Permission, PermissionSet, TariffId, TeamId, Unreadable};
use std::ops::{Deref, DerefMut};

pub use add_members::{AddMembers, NewMember, NewMembers};
pub use my_teams::{MyTeams, TeamDetail};
pub use published_teams::PublishedTeams;
pub use removal_refusal::{CANNOT_REMOVE_ITSELF, RemovalRefusal};
pub use remove_member::RemoveMember;
pub use team_profile::{ProfileDetail, TeamProfile};
pub use update_permissions::{PermissionsBody, UpdatePermissions};

/// Asks for a page of a hundred. The documentation and live observation disagree on the names: both are sent.
fn paging(page: u32) -> [(&'static str, String); 4] {
    [
        ("_page", page.to_string()),
        ("page", page.to_string()),
        ("_pageSize", "100".to_owned()),
        ("size", "100".to_owned()),
    ]
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// How many members it has, when the reply says.
    pub team_members_count: Option<i64>,
    /// How many members it may have; `None` when there is no limit or the reply does not say.
    pub max_team_member_count: Option<i64>,
    /// The plan that new members get unless another is chosen; `None` when there is none or the reply does not say.
    pub default_tariff_id: Option<TariffId>,
    /// The name of that plan; empty when there is none.
    pub default_tariff_name: String,
    /// Its administrators; they need not be members.
    pub team_administrators: Administrators,
    /// Members and administrators together.
    pub all_team_members: Vec<Member>,
}

record!(Team {
    needs "Id" => id;
    "Name" => name,
    "TeamMembersCount" => team_members_count,
    "MaxTeamMemberCount" => max_team_member_count,
    "DefaultTariffId" => default_tariff_id,
    "DefaultTariffName" => default_tariff_name,
    "TeamAdministrators" => team_administrators,
    "AllTeamMembers" => all_team_members,
});

impl Team {
    /// The flags of a member. Whoever is in the team's list of administrators is one, whatever the member object says: it
    /// may say no of everybody, and a save would write that. An empty list says nothing.
    pub fn permissions_of(&self, member: &Member) -> PermissionSet {
        let set = member.permissions;
        let administrators = &self.team_administrators;
        if administrators.iter().any(|one| one.id == member.id) {
            return set.with(Permission::TeamAdministrator, true);
        }
        match set.get(Permission::TeamAdministrator) {
            None if !administrators.is_empty() => set.with(Permission::TeamAdministrator, false),
            _ => set,
        }
    }
}

/// A team's list of administrators. One with a single entry that cannot be read is empty, which says nothing: whoever is not
/// in a list that is there is no administrator, and a save would write that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Administrators(pub Vec<AdministratorRef>);

impl Deref for Administrators {
    type Target = Vec<AdministratorRef>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Administrators {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Read for Administrators {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut all = Vec::new();
        json.list(&mut |json| {
            all.push(json.read()?);
            Ok(())
        })?;
        Ok(Self(all))
    }
}

impl Write for Administrators {
    fn write(&self, json: &mut Writer) {
        self.0.write(json);
    }
}

/// An administrator in a team's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdministratorRef {
    /// Who it is.
    pub id: CoworkerId,
}

impl Read for AdministratorRef {
    /// An object with the id, or the id itself, as operators' lists have it.
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if !json.is_object() {
            return json.read().map(|id| Self { id });
        }
        let mut id = None;
        json.fields(&mut |key, json| {
            match key {
                "Id" => id = Some(json.read()?),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        id.map(|id| Self { id }).ok_or(Unreadable)
    }
}

impl Write for AdministratorRef {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| json.field("Id", &self.id));
    }
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's id, which is also the `coworkerId`.
    pub id: CoworkerId,
    /// The member's name; empty when unknown.
    pub full_name: String,
    /// The member's company; often empty.
    pub company_name: String,
    /// The member's address; empty where the API does not show it.
    pub email: String,
    /// False for members who have left; `None` when unknown.
    pub active: Option<bool>,
    /// The six flags.
    pub permissions: PermissionSet,
    /// The physical access card, at most 15 characters.
    pub access_card_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Endpoint, json};

    pub(super) const RECORDED: &str = r#"{ "Id": 55, "Name": "Acme", "TeamMembersCount": 2, "ProfileSummary": "x",
        "TeamAdministrators": [{"Id": 101}],
        "AllTeamMembers": [
          {"Id": 101, "FullName": "Ana", "CanMakeBookings": true, "CanBookForTeam": true, "CanPurchaseProducts": true, "CanPurchaseEvents": false, "CanAccessCommunity": true, "AccessCardId": "CARD-00102", "Active": true},
          {"Id": 102, "FullName": null, "CanMakeBookings": null} ] }"#;

    #[test]
    fn a_team_reads_and_round_trips() {
        let team = TeamProfile::read(RECORDED).unwrap();
        assert_eq!(team.all_team_members.len(), 2);
        assert_eq!(team.all_team_members[0].access_card_id.as_deref(), Some("CARD-00102"));
        let written = json::write(&team);
        assert_eq!(TeamProfile::read(&written).unwrap(), team);
    }

    #[test]
    fn administrators_are_looked_up_where_members_do_not_say() {
        let team = TeamProfile::read(RECORDED).unwrap();
        assert_eq!(
            team.permissions_of(&team.all_team_members[0]).get(Permission::TeamAdministrator),
            Some(true)
        );
        assert_eq!(
            team.permissions_of(&team.all_team_members[1]).get(Permission::TeamAdministrator),
            Some(false)
        );
    }

    #[test]
    fn whoever_the_team_names_administers_it_whatever_the_member_says() {
        let team = |administrators: &str| {
            TeamProfile::read(&format!(
                r#"{{"Id":1,"TeamAdministrators":[{administrators}],"AllTeamMembers":[
                    {{"Id":7,"IsTeamAdministrator":false}},{{"Id":8,"IsTeamAdministrator":true}}]}}"#
            ))
            .unwrap()
        };
        let administer = |team: Team| {
            let flags = team
                .all_team_members
                .iter()
                .map(|one| team.permissions_of(one).get(Permission::TeamAdministrator));
            flags.collect::<Vec<_>>()
        };
        assert_eq!(administer(team(r#"{"Id":7}"#)), [Some(true), Some(true)]);
        assert_eq!(administer(team("")), [Some(false), Some(true)], "no list is no answer");
    }

    #[test]
    fn what_is_odd_in_a_team_is_left_out_and_the_rest_is_read() {
        let team = TeamProfile::read(
            r#"{"Id":"5","Name":7,"TeamMembersCount":"2","DefaultTariffId":{},"TeamAdministrators":[7,{"Id":8.0}],
                "AllTeamMembers":[{"FullName":"Nobody"},{"Id":7},null,{"Id":"8"}]}"#,
        )
        .unwrap();
        assert_eq!((team.id, team.name.as_str(), team.team_members_count), (TeamId(5), "", None));
        let administrators: Vec<i64> = team.team_administrators.iter().map(|one| one.id.0).collect();
        let members: Vec<i64> = team.all_team_members.iter().map(|one| one.id.0).collect();
        assert_eq!((administrators, members), (vec![7, 8], vec![7, 8]));
        assert!(TeamProfile::read(r#"{"Name":"Nothing"}"#).is_err());
    }

    #[test]
    fn a_list_of_administrators_with_one_that_cannot_be_read_says_no_of_nobody() {
        for odd in ["{}", "null", r#""x""#, r#"{"FullName":"Ana"}"#] {
            let body = format!(
                r#"{{"Id":5,"TeamAdministrators":[{{"Id":8}},{odd}],"AllTeamMembers":[{{"Id":7}}]}}"#
            );
            let team = TeamProfile::read(&body).unwrap();
            let said = team.permissions_of(&team.all_team_members[0]).get(Permission::TeamAdministrator);
            assert_eq!((team.team_administrators.len(), said), (0, None), "{odd}");
        }
    }

    #[test]
    fn plan_and_limit_are_read_where_the_team_has_them() {
        let team = TeamProfile::read(
            r#"{"Id":1,"DefaultTariffId":301,"DefaultTariffName":"Flex","MaxTeamMemberCount":20}"#,
        )
        .unwrap();
        assert_eq!((team.default_tariff_id, team.max_team_member_count), (Some(TariffId(301)), Some(20)));
        assert_eq!(team.default_tariff_name, "Flex");
        let without =
            TeamProfile::read(r#"{"Id":1,"DefaultTariffId":null,"DefaultTariffName":null}"#).unwrap();
        assert_eq!((without.default_tariff_id, without.default_tariff_name.as_str()), (None, ""));
        assert_eq!(without.max_team_member_count, None);
    }
}
