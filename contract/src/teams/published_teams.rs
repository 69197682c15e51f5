//! The teams of the location.

use super::{Team, paging};
use crate::ListResult;
use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::json;

/// One page of the teams that the location's directory shows, with who administers each: the one read that tells which of
/// one's profiles opens a team while one is on another. A team that is not shown there is not found this way.
/// Source: `/api/endpoints/teams/directory-list`. Errors: 401.
pub struct PublishedTeams {
    /// Which page, beginning with 1. A page has at most 100 teams; the reply says whether another follows.
    pub page: u32,
}

impl Endpoint for PublishedTeams {
    type Reply = ListResult<Team>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/teams/published";
    const POLICY: Policy = Policy::Allowed;

    fn query(&self) -> Vec<(&'static str, String)> {
        let shape = "Records.Id,Records.Name,Records.TeamAdministrators.Id,HasNextPage,TotalItems";
        let mut query = paging(self.page).to_vec();
        query.push(("_shape", shape.to_owned()));
        query
    }

    fn read(text: &str) -> Result<ListResult<Team>, Unreadable> {
        json::read(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoworkerId;

    #[test]
    fn it_asks_who_administers_and_for_nothing_else_of_the_members() {
        let request = PublishedTeams { page: 2 }.request();
        assert!(request.path.starts_with("/api/public/teams/published?_page=2&page=2&"), "{}", request.path);
        assert!(!request.path.contains("AllTeamMembers"), "{}", request.path);
        let list =
            PublishedTeams::read(r#"{"Records":[{"Id":58,"TeamAdministrators":[{"Id":204}]}]}"#).unwrap();
        assert_eq!(list.records[0].team_administrators[0].id, CoworkerId(204));
    }
}
