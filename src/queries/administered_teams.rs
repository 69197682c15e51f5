//! The teams that somebody administers, from all pages of the API's list.

use crate::api::{ApiError, Client, Epoch};
use contract::ListResult;
use contract::teams::{MyTeams, Team, TeamDetail};

/// Where reading ends for a server that never says that a page is the last one: 5,000 teams.
const MOST_PAGES: u32 = 50;

/// All teams that the person of this epoch administers, as one list, each of them once. The API hands out a hundred at a
/// time, and a team that is on the second page must not be taken for one that the person does not administer. Teams may
/// move between pages while they are read, and a server may not know the paging names and repeat its first page: what
/// came before is left out, and a page that brings nothing new is the last one. Whether there is another is also told by
/// how many there are to be.
///
/// # Errors
/// What the server answered to any of the pages, and [`ApiError::Malformed`] when they held fewer teams than it says there
/// are, and none said that it was the last: a list with a hole in it is not given out.
pub(super) async fn read(
    client: &Client,
    epoch: Epoch,
    detail: TeamDetail,
) -> Result<ListResult<Team>, ApiError> {
    let page = |page| async move { client.call(epoch, &MyTeams { is_team_admin: true, detail, page }).await };
    let mut all = page(1).await?;
    for number in 2..=MOST_PAGES {
        if all.has_next_page != Some(true) && !is_short(&all) {
            break;
        }
        let next = page(number).await?;
        let before = all.records.len();
        for team in next.records {
            if all.records.iter().all(|known| known.id != team.id) {
                all.records.push(team);
            }
        }
        all.has_next_page = next.has_next_page;
        all.total_items = next.total_items.or(all.total_items);
        all.left_out += next.left_out;
        if all.records.len() == before {
            break;
        }
    }
    if all.has_next_page != Some(false) && is_short(&all) { Err(ApiError::Malformed) } else { Ok(all) }
}

/// Whether there are more teams than came. A list that does not say how many there are is taken for whole.
fn is_short(list: &ListResult<Team>) -> bool {
    list.total_items
        .and_then(|total| usize::try_from(total).ok())
        .is_some_and(|total| total > list.records.len() + list.left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Passport;
    use crate::api::scripted::Answer::{self, Now};
    use crate::api::scripted::{Scripted, run};
    use contract::AccessToken;
    use std::rc::Rc;

    const FIRST: &str = r#"{"Records":[{"Id":1},{"Id":2}],"HasNextPage":true,"TotalItems":3}"#;
    const LAST: &str = r#"{"Records":[{"Id":2},{"Id":3}],"HasNextPage":false,"TotalItems":3}"#;

    /// What is read from these answers, and how many requests it took.
    fn ids(answers: impl IntoIterator<Item = Answer>) -> (Result<Vec<i64>, ApiError>, Rc<Scripted>) {
        let transport = Scripted::new(answers);
        let client = Client::new(transport.clone());
        client.assume(Passport { epoch: Epoch(1), bearer: AccessToken::new("own"), limits: None });
        let list = run(read(&client, Epoch(1), TeamDetail::Names));
        (list.map(|list| list.records.iter().map(|team| team.id.0).collect()), transport)
    }

    #[test]
    fn all_pages_become_one_list_with_every_team_once() {
        let (list, transport) = ids([Now(200, FIRST), Now(200, LAST)]);
        assert_eq!(list, Ok(vec![1, 2, 3]));
        assert!(transport.sent.borrow()[1].url.contains("&_page=2&page=2&"));
    }

    #[test]
    fn a_list_that_does_not_say_whether_it_goes_on_is_one_page() {
        let (list, transport) = ids([Now(200, r#"{"Records":[{"Id":5}]}"#)]);
        assert_eq!((list, transport.sent.borrow().len()), (Ok(vec![5]), 1));
    }

    #[test]
    fn a_list_with_fewer_teams_than_it_says_there_are_goes_on() {
        for next in ["", r#","HasNextPage":null"#, r#","HasNextPage":false"#] {
            let first = format!(r#"{{"Records":[{{"Id":1}},{{"Id":2}}]{next},"TotalItems":3}}"#);
            let (list, transport) = ids([Now(200, first.leak()), Now(200, LAST)]);
            assert_eq!((list, transport.sent.borrow().len()), (Ok(vec![1, 2, 3]), 2), "{next}");
        }
    }

    #[test]
    fn a_list_that_counts_more_than_it_lists_is_whole_where_it_says_that_nothing_follows() {
        const COUNTS_OTHERS: &str =
            r#"{"Records":[{"Id":1},{"Name":"no id"}],"HasNextPage":false,"TotalItems":9}"#;
        let (list, transport) = ids([Now(200, COUNTS_OTHERS), Now(200, COUNTS_OTHERS)]);
        assert_eq!((list, transport.sent.borrow().len()), (Ok(vec![1]), 2));
        let odd = r#"{"Records":[{"Id":1},{"Name":"no id"}],"TotalItems":2}"#;
        let (list, transport) = ids([Now(200, odd)]);
        assert_eq!(
            (list, transport.sent.borrow().len()),
            (Ok(vec![1]), 1),
            "what was left out is not missing"
        );
    }

    #[test]
    fn a_server_that_repeats_its_first_page_is_asked_twice_and_no_more() {
        const UNCOUNTED: &str = r#"{"Records":[{"Id":1},{"Id":2}],"HasNextPage":true}"#;
        let (list, transport) = ids([Now(200, UNCOUNTED), Now(200, UNCOUNTED)]);
        assert_eq!((list, transport.sent.borrow().len()), (Ok(vec![1, 2]), 2));
        let (list, transport) = ids([Now(200, FIRST), Now(200, FIRST)]);
        assert_eq!((list, transport.sent.borrow().len()), (Err(ApiError::Malformed), 2), "one is missing");
    }

    #[test]
    fn a_team_that_has_gone_while_the_pages_were_read_is_not_missing() {
        let rest = r#"{"Records":[],"HasNextPage":false,"TotalItems":2}"#;
        let (list, _) = ids([Now(200, FIRST), Now(200, rest)]);
        assert_eq!(list, Ok(vec![1, 2]));
    }

    #[test]
    fn a_page_that_fails_fails_the_list() {
        let (list, _) = ids([Now(200, FIRST), Now(403, "")]);
        assert_eq!(list, Err(ApiError::Forbidden));
    }

    #[test]
    fn reading_ends_after_fifty_pages() {
        let endless = (1..=60).map(|id| {
            let page = format!(r#"{{"Records":[{{"Id":{id}}}],"HasNextPage":true}}"#);
            Now(200, page.leak())
        });
        let (list, transport) = ids(endless);
        assert_eq!((list.map(|list| list.len()), transport.sent.borrow().len()), (Ok(50), 50));
    }
}
