//! The teams of the caller.

use super::{Team, paging};
use crate::ListResult;
use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::json;

/// How much of each team [`MyTeams`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TeamDetail {
    /// Ids, names and counts.
    Names,
    /// The above, and who is in each team by id only.
    Ids,
}

/// One page of the teams of the caller. One who administers none gets an empty list, not a 403.
/// Source: `/api/endpoints/teams/list-teams`. Errors: 400, 401.
pub struct MyTeams {
    /// True: only teams the caller administers.
    pub is_team_admin: bool,
    /// How much of each team to read.
    pub detail: TeamDetail,
    /// Which page, beginning with 1. A page has at most 100 teams; the reply says whether another follows.
    pub page: u32,
}

impl Endpoint for MyTeams {
    type Reply = ListResult<Team>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/teams/my";
    const POLICY: Policy = Policy::Allowed;

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut shape = "Records.Id,Records.Name,Records.TeamMembersCount,HasNextPage,TotalItems".to_owned();
        if self.detail == TeamDetail::Ids {
            shape.push_str(",Records.AllTeamMembers.Id");
        }
        let mut query = vec![("isTeamAdmin", self.is_team_admin.to_string()), ("teamId", String::new())];
        query.extend(paging(self.page));
        query.push(("_shape", shape));
        query
    }

    fn read(text: &str) -> Result<ListResult<Team>, Unreadable> {
        json::read(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(detail: TeamDetail, page: u32) -> String {
        MyTeams { is_team_admin: true, detail, page }.request().path
    }

    #[test]
    fn members_are_only_asked_for_when_they_are_needed() {
        let [names, ids] = [TeamDetail::Names, TeamDetail::Ids].map(|detail| path(detail, 1));
        assert!(names.contains("isTeamAdmin=true&teamId=&") && !names.contains("AllTeamMembers"));
        assert_eq!(ids.matches("AllTeamMembers").count(), 1);
        assert!(ids.ends_with("Records.AllTeamMembers.Id"));
    }

    #[test]
    fn the_page_is_sent_under_both_of_its_names() {
        assert!(path(TeamDetail::Names, 3).contains("&_page=3&page=3&_pageSize=100&size=100&"));
    }

    #[test]
    fn members_of_whom_only_the_id_came_read() {
        let list = MyTeams::read(
            r#"{"Records":[{"Id":5,"AllTeamMembers":[{"Id":1},{"Id":2}]}],"HasNextPage":true}"#,
        )
        .unwrap();
        assert_eq!(list.records[0].all_team_members.len(), 2);
        assert_eq!(list.has_next_page, Some(true));
    }
}
