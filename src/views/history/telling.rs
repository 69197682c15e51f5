//! The ledger in words.

use crate::session::{Change, End, Entry, Outcome, What};
use contract::Endpoint;
use contract::coworkers::UpdateProfile;
use words::history;

/// What happened, in words: to show, and to write into a file.
pub(super) struct Words {
    /// What.
    pub what: String,
    /// Why, as it was typed.
    pub reason: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
}

impl Words {
    /// On one line.
    pub fn line(&self) -> String {
        let more = self.reason.as_ref().or(self.outcome.as_ref());
        more.map_or_else(|| self.what.clone(), |more| self.what.clone() + &history::followed_by().with(more))
    }
}

pub(super) fn of_step(what: &What) -> Words {
    let (what, reason, outcome) = match what {
        What::Raised(reason) => (history::raised().to_owned(), Some(reason.clone()), None),
        What::Lowered => (history::lowered().to_owned(), None, None),
        What::Extended(reason) => (history::extended().to_owned(), Some(reason.clone()), None),
        What::Changed(change) => (of_change(change), None, Some(of_outcome(&change.outcome))),
    };
    Words { what, reason, outcome }
}

/// Only what is sent with Full access needs a name here; anything else is told by what was sent.
fn of_change(change: &Change) -> String {
    if change.method == UpdateProfile::METHOD.as_str() && change.path == UpdateProfile::ROUTE {
        return history::details_changed().to_owned();
    }
    format!("{} {}", change.method, change.path)
}

fn of_outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Unknown => history::unseen().to_owned(),
        Outcome::Done => history::done().to_owned(),
        Outcome::Failed(code) => history::failed(code),
    }
}

/// How a session ended, if it did.
pub(super) fn of_end(entry: &Entry) -> &'static str {
    let Some((_, end)) = entry.ended else { return history::going_on() };
    match end {
        End::Returned => history::returned(),
        End::ChangedPerson => history::changed_person(),
        End::TimeUp => history::time_up(),
        End::Rejected => history::rejected(),
        End::NotTheirs => history::not_theirs(),
        End::OwnEnded => history::own_ended(),
        End::Reloaded => history::reloaded(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(method: &str, path: &str, outcome: Outcome) -> String {
        let change = Change { number: 1, method: method.into(), path: path.into(), outcome };
        of_step(&What::Changed(change)).line()
    }

    #[test]
    fn a_change_says_what_it_was_and_what_came_of_it() {
        assert_eq!(change("PATCH", UpdateProfile::ROUTE, Outcome::Done), "Changed details: done");
        assert_eq!(
            change("PATCH", UpdateProfile::ROUTE, Outcome::Unknown),
            "Changed details: answer not seen"
        );
        assert_eq!(change("PUT", "/api/x", Outcome::Failed("E403".into())), "PUT /api/x: failed (E403)");
    }

    #[test]
    fn more_access_and_more_time_say_why() {
        assert_eq!(of_step(&What::Raised("fix it".into())).line(), "Full access taken: fix it");
        assert_eq!(of_step(&What::Extended("not done".into())).line(), "More time taken: not done");
        assert_eq!(of_step(&What::Lowered).line(), "Back to view only");
    }
}
