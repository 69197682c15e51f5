//! How quickly changes to many members are sent.

use crate::api::Millis;

/// Milliseconds from one save to the next. The API takes 60 changes a minute and 10 requests in five seconds; a save is a
/// read and a change, and the person goes on working meanwhile.
const SPACING: u64 = 1_250;
/// The same in seconds.
pub const SECONDS_PER_SAVE: f64 = SPACING as f64 / 1_000.0;

/// When the next save may be sent. The API counts what a person sends, so it is one for the changes to all teams.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    not_before: Millis,
    /// When that was said: a clock that is put back by hours does not make anybody wait for hours.
    said_at: Millis,
}

impl Pace {
    /// Until when nothing may be sent; `None` when something may now.
    pub fn waits(self, now: Millis) -> Option<Millis> {
        (now >= self.said_at && now < self.not_before).then_some(self.not_before)
    }

    /// A save is sent.
    pub fn sent(&mut self, now: Millis) {
        (self.not_before, self.said_at) = (Millis(now.0 + SPACING), now);
    }

    /// Nothing is to be sent for so many seconds, nor before what was said earlier.
    pub fn rest(&mut self, now: Millis, seconds: u32) {
        let until = now.plus_seconds(u64::from(seconds)).max(self.waits(now).unwrap_or_default());
        (self.not_before, self.said_at) = (until, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Millis = Millis(1_000_000);

    #[test]
    fn a_minute_of_saves_stays_under_what_the_api_takes() {
        let (mut pace, mut now, mut sent) = (Pace::default(), START, 0);
        while now.0 < START.0 + 60_000 {
            if let Some(moment) = pace.waits(now) {
                now = moment;
            } else {
                pace.sent(now);
                sent += 1;
            }
        }
        assert!((40..=50).contains(&sent), "{sent} changes and as many reads in a minute");
    }

    #[test]
    fn a_clock_that_is_put_back_makes_nobody_wait_for_it_to_come_round() {
        let mut pace = Pace::default();
        pace.rest(START, 60);
        pace.rest(START, 10);
        assert_eq!(pace.waits(START), Some(START.plus_seconds(60)), "the longer one counts");
        assert_eq!(pace.waits(Millis(START.0 - 900_000)), None);
    }
}
