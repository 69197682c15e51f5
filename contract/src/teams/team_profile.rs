//! One team with all its members.

use super::Team;
use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::json;
use crate::{Permission, TeamId};

/// How much of a team [`TeamProfile`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileDetail {
    /// All that is shown of a team and its members.
    Everything,
    /// Ids, administrators, flags and cards: what a save compares with and writes back.
    Permissions,
    /// Who administers it, and nothing of its members.
    Administrators,
    /// How the members are called: what finding one needs.
    Names,
}

impl ProfileDetail {
    /// The fields asked for of the team.
    fn of_team(self) -> &'static str {
        match self {
            Self::Everything => {
                "Id,Name,TeamMembersCount,DefaultTariffId,DefaultTariffName,MaxTeamMemberCount,\
                 TeamAdministrators.Id"
            }
            Self::Permissions | Self::Administrators => "Id,TeamAdministrators.Id",
            Self::Names => "Id,Name",
        }
    }

    /// The fields asked for of each member, apart from flags and card; none, when nothing of them is.
    fn of_member(self) -> &'static [&'static str] {
        match self {
            Self::Everything => &["Id", "FullName", "CompanyName", "Active"],
            Self::Permissions => &["Id"],
            Self::Administrators => &[],
            Self::Names => &["Id", "FullName", "CompanyName", "Email", "Active"],
        }
    }

    /// Flags and card of each member.
    fn rights(self) -> impl Iterator<Item = &'static str> {
        let rights = Permission::ALL.into_iter().map(Permission::field).chain(["AccessCardId"]);
        rights.filter(move |_| matches!(self, Self::Everything | Self::Permissions))
    }
}

/// One team with all its members. Source: `/api/endpoints/teams/team-details`. Errors: 401, 404.
pub struct TeamProfile {
    /// Which team.
    pub team: TeamId,
    /// How much of it to read.
    pub detail: ProfileDetail,
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
        let mut shape = self.detail.of_team().to_owned();
        for field in self.detail.of_member().iter().copied().chain(self.detail.rights()) {
            shape.push_str(",AllTeamMembers.");
            shape.push_str(field);
        }
        vec![("_shape", shape)]
    }

    fn read(text: &str) -> Result<Team, Unreadable> {
        json::read(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(detail: ProfileDetail) -> Vec<String> {
        let query = TeamProfile { team: TeamId(55), detail }.query();
        query[0].1.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn what_a_save_compares_with_is_asked_for_without_what_is_only_shown() {
        assert_eq!(
            shape(ProfileDetail::Permissions),
            [
                "Id",
                "TeamAdministrators.Id",
                "AllTeamMembers.Id",
                "AllTeamMembers.IsTeamAdministrator",
                "AllTeamMembers.CanMakeBookings",
                "AllTeamMembers.CanBookForTeam",
                "AllTeamMembers.CanPurchaseProducts",
                "AllTeamMembers.CanPurchaseEvents",
                "AllTeamMembers.CanAccessCommunity",
                "AllTeamMembers.AccessCardId",
            ]
        );
    }

    #[test]
    fn whoever_only_asks_who_administers_a_team_reads_nothing_of_its_members() {
        assert_eq!(shape(ProfileDetail::Administrators), ["Id", "TeamAdministrators.Id"]);
    }

    #[test]
    fn finding_a_member_needs_no_rights() {
        assert_eq!(
            shape(ProfileDetail::Names),
            [
                "Id",
                "Name",
                "AllTeamMembers.Id",
                "AllTeamMembers.FullName",
                "AllTeamMembers.CompanyName",
                "AllTeamMembers.Email",
                "AllTeamMembers.Active",
            ]
        );
    }

    #[test]
    fn everything_holds_what_a_save_compares_with_and_no_address() {
        let everything = shape(ProfileDetail::Everything);
        assert!(shape(ProfileDetail::Permissions).iter().all(|field| everything.contains(field)));
        for field in ["Name", "DefaultTariffId", "MaxTeamMemberCount", "AllTeamMembers.FullName"] {
            assert!(everything.iter().any(|asked| asked == field), "{field}");
        }
        assert!(everything.iter().all(|field| !field.contains("Email") && field.trim() == field));
    }
}
