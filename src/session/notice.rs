//! What a person is told about who they are now.

use super::ledger::End;
use words::session;

/// Something that happened to the session, worth saying once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Acting as the person of this name began.
    Started(String),
    /// Acting ended.
    Ended {
        /// As whom they acted.
        name: String,
        /// Why.
        end: End,
        /// Whether the server was told that the session is over.
        told: bool,
        /// How many changes were made, or may have been.
        changes: usize,
        /// How many of those may also not have been.
        unseen: usize,
        /// One's own profile, where it was changed elsewhere meanwhile.
        profile: Option<String>,
    },
    /// Full access was taken.
    Raised,
    /// It is viewing only again.
    Lowered,
    /// There is more time.
    Extended {
        /// The time left.
        seconds: u64,
    },
    /// The time is nearly up.
    EndsSoon {
        /// As whom they act.
        name: String,
        /// The time left.
        seconds: u64,
    },
    /// Acting ended because the page was loaded again.
    Reloaded(String),
    /// Another of one's own profiles was taken.
    ProfileTaken(String),
    /// Another of one's own profiles was taken, but not in this tab.
    ProfileChanged(String),
}

impl Notice {
    /// Whether it is what the person asked for, rather than something that came about without them.
    pub const fn was_asked_for(&self) -> bool {
        match self {
            Self::Ended { end: End::Returned | End::ChangedPerson, told, profile, .. } => {
                *told && profile.is_none()
            }
            Self::Ended { .. } | Self::EndsSoon { .. } | Self::Reloaded(_) | Self::ProfileChanged(_) => false,
            Self::Started(_)
            | Self::Raised
            | Self::Lowered
            | Self::Extended { .. }
            | Self::ProfileTaken(_) => true,
        }
    }

    /// What to tell the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::Started(name) => session::started(name),
            Self::Ended { name, end, told, changes, unseen, profile } => {
                let mut sentences = ended(name, *end, *told, *changes, *unseen);
                sentences.extend(profile.as_ref().map(|name| session::profile_changed(name)));
                sentences.join(" ")
            }
            Self::Raised => session::raised().to_owned(),
            Self::Lowered => session::lowered().to_owned(),
            Self::Extended { seconds } => session::extended(&duration(*seconds)),
            Self::EndsSoon { name, seconds } => session::ends_soon(name, &duration(*seconds)),
            Self::Reloaded(name) => session::reloaded(name),
            Self::ProfileChanged(name) => session::profile_changed(name),
            Self::ProfileTaken(name) => session::profile_taken(name),
        }
    }
}

fn ended(name: &str, end: End, told: bool, changes: usize, unseen: usize) -> Vec<String> {
    let said = match end {
        End::Returned => session::returned(name),
        End::ChangedPerson => session::changing_person(name),
        End::TimeUp => session::time_up(name),
        End::Rejected => session::server_ended(name),
        End::NotTheirs => session::no_longer_theirs(name),
        End::OwnEnded | End::Reloaded => session::has_ended(name),
    };
    let changed = match (changes, unseen) {
        (0, _) => session::nothing_changed().to_owned(),
        (_, 0) => session::things_changed(changes),
        _ => session::things_changed_at_most(changes),
    };
    let mut sentences = vec![said, changed];
    if !told {
        sentences.push(session::server_not_told().to_owned());
    }
    sentences
}

/// A time in words: by the minute, by the second in the last one.
pub fn duration(seconds: u64) -> String {
    match seconds {
        0..=60 => session::seconds(seconds),
        _ => session::minutes(seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coming_back_says_who_one_is_and_what_was_changed() {
        let of = |changes, unseen, told| {
            Notice::Ended { name: "Ana".into(), end: End::Returned, told, changes, unseen, profile: None }
                .sentence()
        };
        let said = |changes, told| of(changes, 0, told);
        assert_eq!(
            said(0, true),
            "You are back in your own account. You no longer act as Ana. Nothing was changed."
        );
        assert!(said(2, true).ends_with("You changed 2 things."));
        assert!(of(1, 1, true).ends_with("You changed at most one thing: not every answer was seen."));
        assert!(said(1, false).contains("The server could not be told"));
        let profile = Some("Ana Ltd".into());
        let end = End::Returned;
        let moved = Notice::Ended { name: "Ana".into(), end, told: true, changes: 0, unseen: 0, profile };
        assert!(
            moved
                .sentence()
                .ends_with("Your profile was changed to Ana Ltd in another tab or on another device.")
        );
    }

    #[test]
    fn a_tick_stands_only_by_what_was_asked_for_and_went_through() {
        let ended = |end, told| {
            Notice::Ended { name: "Ana".into(), end, told, changes: 0, unseen: 0, profile: None }
                .was_asked_for()
        };
        assert!(ended(End::Returned, true) && ended(End::ChangedPerson, true));
        assert!(!ended(End::Returned, false), "the server may still hold the session");
        assert!(
            ![End::TimeUp, End::Rejected, End::NotTheirs, End::OwnEnded].iter().any(|end| ended(*end, true))
        );
        assert!(Notice::Extended { seconds: 1800 }.was_asked_for());
        assert!(!Notice::EndsSoon { name: "Ana".into(), seconds: 60 }.was_asked_for());
    }

    #[test]
    fn a_time_is_rounded_up() {
        assert_eq!([1, 60, 61, 300].map(duration), ["1 second", "60 seconds", "2 minutes", "5 minutes"]);
    }
}
