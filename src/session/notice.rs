//! What a person is told about who they are now.

use super::ledger::End;

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
        /// How many changes were asked for.
        changes: usize,
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
    /// What to tell the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::Started(name) => format!("You are now acting as {name}."),
            Self::Ended { name, end, told, changes } => ended(name, *end, *told, *changes),
            Self::Raised => "You can now change things as they could. It is written down.".to_owned(),
            Self::Lowered => "You are only viewing again. Nothing can be changed.".to_owned(),
            Self::Extended { seconds } => format!("You have more time: {}.", duration(*seconds)),
            Self::EndsSoon { name, seconds } => {
                format!("Acting as {name} ends in {}.", duration(*seconds))
            }
            Self::Reloaded(name) => {
                format!(
                    "The page was loaded again, which ended your session as {name}. You are in your own account."
                )
            }
            Self::ProfileChanged(name) => {
                format!("Your profile was changed to {name} in another tab or on another device.")
            }
            Self::ProfileTaken(name) => format!("You are now using the profile {name}."),
        }
    }
}

fn ended(name: &str, end: End, told: bool, changes: usize) -> String {
    let back = "You are back in your own account.";
    let said = match end {
        End::Returned => format!("{back} You no longer act as {name}."),
        End::ChangedPerson => format!("{back} Choose whom to act as instead of {name}."),
        End::TimeUp => format!("Your time as {name} is up. {back}"),
        End::Rejected => format!("The server ended your session as {name}. {back}"),
        End::NotTheirs => {
            format!("The session as {name} was no longer theirs, so it was ended. {back}")
        }
        End::OwnEnded | End::Reloaded => format!("Your session as {name} has ended. {back}"),
    };
    let changed = match changes {
        0 => "Nothing was changed.".to_owned(),
        1 => "You changed one thing.".to_owned(),
        _ => format!("You changed {changes} things."),
    };
    let untold = if told {
        ""
    } else {
        " The server could not be told, so its session for them ends by itself later."
    };
    format!("{said} {changed}{untold}")
}

/// A time in words: by the minute, by the second in the last one.
pub fn duration(seconds: u64) -> String {
    match (seconds, seconds.div_ceil(60)) {
        (1, _) => "1 second".to_owned(),
        (0..=60, _) => format!("{seconds} seconds"),
        (_, minutes) => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coming_back_says_who_one_is_and_what_was_changed() {
        let said = |changes, told| {
            Notice::Ended { name: "Ana".into(), end: End::Returned, told, changes }.sentence()
        };
        assert_eq!(
            said(0, true),
            "You are back in your own account. You no longer act as Ana. Nothing was changed."
        );
        assert!(said(2, true).ends_with("You changed 2 things."));
        assert!(said(1, false).contains("The server could not be told"));
    }

    #[test]
    fn a_time_is_rounded_up() {
        assert_eq!([1, 60, 61, 300].map(duration), ["1 second", "60 seconds", "2 minutes", "5 minutes"]);
    }
}
