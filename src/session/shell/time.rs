//! Time: one timer for whatever is next, and a second hand while a time that runs out is shown. Nothing wakes up while
//! nothing is to be done.

use super::Shell;
use crate::api::Millis;
use crate::session::machine::Event;
use gloo_timers::callback::{Interval, Timeout};
use std::cell::RefCell;

/// Shortest time between two looks at who the person is to the server, when nothing has been heard: while they act, and
/// when they come back to the page, where a switch that they made on another device is to be seen.
const LOOK_SECONDS: u64 = 60;
const GLANCE_SECONDS: u64 = 10;
/// The longest time set, in seconds: a browser counts to 2^31 milliseconds.
const LONGEST: u64 = 24 * 60 * 60;
/// The same where it matters that the time that somebody slept with an open page counts too: timers do not all know it.
const LONGEST_UNAWARE: u64 = 60;

/// The timers of a session.
#[derive(Default)]
pub(super) struct Timers {
    second_hand: RefCell<Option<Interval>>,
    alarm: RefCell<Option<(Millis, Timeout)>>,
    /// For a look that came too soon after another.
    glance: RefCell<Option<Timeout>>,
}

impl Shell {
    /// Sets the timers to what is to be done next.
    pub(super) fn keep_time(&self) {
        self.keep_second_hand();
        let renewal = self.0.session.borrow().renewal_due();
        let due = [renewal, self.unused_from()].into_iter().flatten().min();
        let mut alarm = self.0.timers.alarm.borrow_mut();
        if alarm.as_ref().map(|(set, _)| *set) == due {
            return;
        }
        let now = self.0.client.now();
        let longest = if self.unused_minutes().is_some() { LONGEST_UNAWARE } else { LONGEST };
        *alarm = due.map(|due| {
            let wait = due.0.saturating_sub(now.0).min(longest * 1_000);
            let ring = self.reporter(|shell, ()| {
                // Whatever is next is set anew.
                let rung = shell.0.timers.alarm.take();
                shell.tick();
                drop(rung);
            });
            (due, Timeout::new(u32::try_from(wait).unwrap_or(u32::MAX), move || ring(())))
        });
    }

    /// Ticks once a second while a time that runs out is shown, and only then.
    fn keep_second_hand(&self) {
        let acting = self.0.snapshot.read_untracked().acting.is_some();
        let wanted = acting || self.0.unused.read_untracked().is_some();
        let mut second_hand = self.0.timers.second_hand.borrow_mut();
        if wanted != second_hand.is_some() {
            let tick = self.reporter(|shell, ()| shell.tick());
            *second_hand = wanted.then(|| Interval::new(1_000, move || tick(())));
        }
    }

    /// Looks at the clock.
    pub(super) fn tick(&self) {
        let now = self.0.client.now();
        self.0.now.set(now);
        self.dispatch(Event::Clock(now));
        self.check_use();
        if self.0.snapshot.read_untracked().acting.is_some() {
            self.look_again_rarely(LOOK_SECONDS);
        }
    }

    /// Looks who one is, now or, where that was just done, a little later.
    pub(super) fn glance(&self) {
        if self.look_again_rarely(GLANCE_SECONDS) {
            self.0.timers.glance.take();
        } else if self.0.timers.glance.borrow().is_none() {
            let look = self.reporter(|shell, ()| {
                let rung = shell.0.timers.glance.take();
                shell.glance();
                drop(rung);
            });
            let wait = Timeout::new(GLANCE_SECONDS as u32 * 1_000, move || look(()));
            self.0.timers.glance.replace(Some(wait));
        }
    }

    /// Whether it was so long ago that it was done.
    pub(super) fn look_again_rarely(&self, seconds: u64) -> bool {
        let now = self.0.client.now();
        let rarely = self.0.looked.get().is_past_by(seconds, now);
        if rarely {
            self.0.looked.set(now);
            self.dispatch(Event::LookAgain);
        }
        rarely
    }
}
