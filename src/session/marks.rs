//! Marks that people leave in the browser's storage, all of one kind as one text.

use crate::api::Millis;
use contract::UserId;

/// The marks of so many people are kept: of those who were here last.
const MARKS: usize = 8;

/// The marks of several people, newest first, with another one of this person or none. A mark says who and when, and holds
/// no secret.
pub(super) fn marked(before: &str, user: UserId, at: Option<Millis>) -> String {
    let whose = whose(user);
    let mark = at.map(|at| format!("{whose}{}", at.0));
    let others = before.split(' ').filter(|mark| !mark.is_empty() && !mark.starts_with(&whose));
    mark.as_deref().into_iter().chain(others).take(MARKS).collect::<Vec<_>>().join(" ")
}

/// When this person's mark was made.
pub(super) fn time_of(marks: &str, user: UserId) -> Option<Millis> {
    let whose = whose(user);
    let time = marks.split(' ').find_map(|mark| mark.strip_prefix(&whose))?;
    time.parse().ok().map(Millis)
}

fn whose(user: UserId) -> String {
    format!("{user}@")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_those_who_were_here_last_has_a_mark_of_their_own() {
        let mark = |marks: &str, user, at| marked(marks, UserId(user), Some(Millis(at)));
        let marks = mark(&mark(&mark("", 1, 10), 2, 20), 12, 30);
        let times = [1, 2, 12, 3].map(|user| time_of(&marks, UserId(user)));
        assert_eq!(times, [Some(Millis(10)), Some(Millis(20)), Some(Millis(30)), None]);
        assert_eq!(mark(&marks, 1, 40), "1@40 12@30 2@20", "the new one takes the place of the old one");
        assert_eq!(marked(&marks, UserId(2), None), "12@30 1@10");
        assert_eq!(marked("1@10", UserId(1), None), "");
        let many = (0..100).fold(String::new(), |marks, user| mark(&marks, user, 5));
        assert_eq!(many.split(' ').count(), MARKS);
        assert_eq!((time_of(&many, UserId(99)), time_of(&many, UserId(0))), (Some(Millis(5)), None));
    }

    #[test]
    fn a_damaged_mark_is_none() {
        for marks in ["", "@", "1", "1@", "1@x", "1@-1", "1@1@1", "{}", "11@5", " 11@5"] {
            assert_eq!(time_of(marks, UserId(1)), None, "{marks:?}");
            assert_eq!(time_of(&marked(marks, UserId(1), Some(Millis(7))), UserId(1)), Some(Millis(7)));
        }
    }
}
