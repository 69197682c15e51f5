//! Who administers a team that one cannot manage.

use super::members;
use crate::api::{ApiError, Client, Epoch};
use contract::TeamId;
use contract::teams::{ProfileDetail, PublishedTeams, Team};

/// Where looking through the directory ends: 500 teams.
const MOST_PAGES: u32 = 5;

/// A team with its administrators, as far as the person of this epoch may read them: of the team itself, which tells its
/// members, else of the location's directory, which shows the teams that want to be seen.
///
/// # Errors
/// What the server answered last; [`ApiError::NotFound`] when the directory does not show the team.
pub(super) async fn read(client: &Client, epoch: Epoch, team: TeamId) -> Result<Team, ApiError> {
    match members::read(client, epoch, team, ProfileDetail::Administrators).await {
        Ok(found) if !found.team_administrators.is_empty() => return Ok(found),
        Ok(_) | Err(ApiError::NotFound | ApiError::Forbidden | ApiError::Unauthorized) => {}
        Err(error) => return Err(error),
    }
    for page in 1..=MOST_PAGES {
        let list = client.call(epoch, &PublishedTeams { page }).await?;
        if let Some(found) = list.records.into_iter().find(|one| one.id == team) {
            return Ok(found);
        }
        if list.has_next_page != Some(true) {
            break;
        }
    }
    Err(ApiError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Passport;
    use crate::api::scripted::Answer::{self, Now};
    use crate::api::scripted::{Scripted, run};
    use contract::AccessToken;
    use std::rc::Rc;

    const TOLD: &str = r#"{"Id":5,"TeamAdministrators":[{"Id":11}]}"#;
    const ELSEWHERE: &str = r#"{"Records":[{"Id":4,"TeamAdministrators":[{"Id":12}]}],"HasNextPage":true}"#;
    const SHOWN: &str = r#"{"Records":[{"Id":5,"TeamAdministrators":[{"Id":12}]}],"HasNextPage":true}"#;

    /// Who administers team 5 by these answers, and how many requests it took.
    fn who(answers: impl IntoIterator<Item = Answer>) -> (Result<Vec<i64>, ApiError>, usize) {
        let transport: Rc<Scripted> = Scripted::new(answers);
        let client = Client::new(transport.clone());
        client.assume(Passport { epoch: Epoch(1), bearer: AccessToken::new("own"), limits: None });
        let team = run(read(&client, Epoch(1), TeamId(5)));
        let who = team.map(|team| team.team_administrators.iter().map(|one| one.id.0).collect());
        (who, transport.sent.borrow().len())
    }

    #[test]
    fn a_member_is_told_by_the_team_itself() {
        assert_eq!(who([Now(200, TOLD)]), (Ok(vec![11]), 1));
    }

    #[test]
    fn whoever_may_not_read_the_team_looks_into_the_directory() {
        for refusal in [404, 403] {
            assert_eq!(who([Now(refusal, ""), Now(200, ELSEWHERE), Now(200, SHOWN)]), (Ok(vec![12]), 3));
        }
        assert_eq!(who([Now(200, r#"{"Id":5}"#), Now(200, SHOWN)]), (Ok(vec![12]), 2), "it did not say");
    }

    #[test]
    fn a_team_that_is_not_shown_is_not_found_however_long_the_directory_is() {
        let last = r#"{"Records":[{"Id":4}]}"#;
        assert_eq!(who([Now(404, ""), Now(200, last)]), (Err(ApiError::NotFound), 2));
        let endless = (0..9).map(|_| Now(200, ELSEWHERE));
        assert_eq!(who([Now(404, "")].into_iter().chain(endless)), (Err(ApiError::NotFound), 6));
        assert_eq!(who([Now(404, ""), Now(401, "")]).0, Err(ApiError::Unauthorized));
    }
}
