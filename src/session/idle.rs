//! Whether anybody still uses the portal.

use crate::api::Millis;

/// How long somebody may take to say that they are still there, in seconds.
const NOTICE_SECONDS: u64 = 60;

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// As far as one knows. Until this time nothing has to be done.
    There(Millis),
    /// They are asked. From this time on nobody is.
    Asked(Millis),
    /// Nobody is.
    Gone,
}

impl Presence {
    /// What it is at `now`, when somebody last did something at `last`, and the portal may be left alone for so many
    /// minutes.
    pub(super) fn at(now: Millis, last: Millis, minutes: u32) -> Self {
        let asked = last.plus_seconds(u64::from(minutes) * 60);
        let over = asked.plus_seconds(NOTICE_SECONDS);
        match now {
            _ if now < asked => Self::There(asked),
            _ if now < over => Self::Asked(over),
            _ => Self::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_so_many_minutes_one_is_asked_and_a_minute_later_nobody_is_there() {
        let at = |seconds: u64| Presence::at(Millis(seconds * 1_000), Millis(0), 15);
        assert_eq!(at(899), Presence::There(Millis(900_000)));
        assert_eq!([900, 959].map(at), [Presence::Asked(Millis(960_000)); 2]);
        assert_eq!(
            [960, 100_000].map(at),
            [Presence::Gone; 2],
            "also after a sleep that skipped the question"
        );
    }
}
