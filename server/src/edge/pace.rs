//! Whether a client keeps up with what is sent to it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A leaky bucket that is one number: the moment at which a client that takes nothing more is too slow. It is asked for
/// only while something waits to be sent, and however much a client took at once, it is never further away than the
/// slack: a quick beginning buys no slow end.
#[derive(Debug)]
pub(super) struct Pace {
    /// Bytes a second; 0 takes any.
    rate: u32,
    slack: Duration,
    due: Mutex<Option<Instant>>,
}

impl Pace {
    pub(super) fn new(rate: u32, slack: Duration) -> Self {
        Self { rate, slack, due: Mutex::default() }
    }

    /// There is more to send than the system takes: it is the client's turn.
    pub(super) fn wait(&self) {
        if self.rate > 0 {
            self.change(|due| Some(due.unwrap_or_else(|| Instant::now() + self.slack)));
        }
    }

    /// So many bytes are on their way to the client.
    pub(super) fn took(&self, bytes: usize) {
        let worth = || Duration::from_secs_f64(bytes as f64 / f64::from(self.rate));
        self.change(|due| due.map(|due| (due + worth()).min(Instant::now() + self.slack)));
    }

    /// Nothing waits any more.
    pub(super) fn has_all(&self) {
        self.change(|_| None);
    }

    /// When the client is too slow, unless it takes more before.
    pub(super) fn due(&self) -> Option<Instant> {
        *self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(Option<Instant>) -> Option<Instant>) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        *due = change(*due);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLACK: Duration = Duration::from_secs(75);

    fn left(pace: &Pace) -> Option<u64> {
        pace.due().map(|due| (due - Instant::now()).as_secs())
    }

    async fn pass(seconds: u64) {
        tokio::time::advance(Duration::from_secs(seconds)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_client_takes_is_worth_the_time_it_may_take_for_it() {
        let pace = Pace::new(100, SLACK);
        pace.took(5000);
        assert_eq!(left(&pace), None, "nothing waits");
        pace.wait();
        pass(40).await;
        pace.wait();
        assert_eq!(left(&pace), Some(35));
        pace.took(2000);
        assert_eq!(left(&pace), Some(55));
        pace.took(1_000_000);
        assert_eq!(left(&pace), Some(75), "never more than the slack");
        pass(70).await;
        pace.has_all();
        pace.wait();
        assert_eq!(left(&pace), Some(75));
    }

    #[tokio::test(start_paused = true)]
    async fn a_rate_of_nothing_hurries_nobody() {
        let pace = Pace::new(0, SLACK);
        pace.wait();
        pace.took(1);
        assert_eq!(pace.due(), None);
    }
}
