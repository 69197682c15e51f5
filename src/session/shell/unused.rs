//! Noticing that nobody uses the portal any more: neither this tab nor another of the same person.

use super::Shell;
use crate::api::Millis;
use crate::markup::Listener;
use crate::session::idle::Presence;
use crate::session::machine::Event;
use contract::UserId;
use leptos::prelude::*;

/// What somebody does is noted once in so many seconds.
const NOTED_SECONDS: u64 = 5;

impl Shell {
    /// The minutes for which the portal may be left alone; `None` where that is nobody's concern.
    pub(super) fn unused_minutes(&self) -> Option<u32> {
        Some(self.0.settings.borrow().idle_minutes).filter(|minutes| *minutes > 0)
    }

    /// Notices what somebody does.
    pub(super) fn watch_use(&self) {
        for event in ["pointerdown", "pointermove", "click", "keydown", "input", "wheel", "touchmove"] {
            let note = self.reporter(|shell, ()| shell.note_use());
            Listener::new(window().into(), event, move |_| note(())).stay();
        }
    }

    /// Whoever is watched for, and when somebody last did something, as far as this tab knows.
    fn last_use(&self) -> Option<(u32, UserId, Millis)> {
        let minutes = self.unused_minutes()?;
        let user = self.user()?;
        let now = self.0.client.now();
        // A time in the future was noted by a clock that was wrong.
        let noted = self.0.store.used(user).filter(|at| *at <= now);
        let last = [self.0.used.get(), noted].into_iter().flatten().filter(|at| *at <= now).max();
        Some((minutes, user, last.unwrap_or(now)))
    }

    /// When the person is to be asked whether they are still there.
    pub(super) fn unused_from(&self) -> Option<Millis> {
        let (minutes, _, last) = self.last_use()?;
        match Presence::at(self.0.client.now(), last, minutes) {
            Presence::There(until) => Some(until),
            // The second hand is on it.
            Presence::Asked(_) | Presence::Gone => None,
        }
    }

    /// Asks the person whether they are still there, or signs them out, when it is time for that.
    pub(super) fn check_use(&self) {
        let mut asked = None;
        if let Some((minutes, user, last)) = self.last_use() {
            self.0.used.set(Some(last));
            if self.0.store.used(user).is_none_or(|noted| last >= noted.plus_seconds(NOTED_SECONDS)) {
                self.0.store.mark_used(user, last);
            }
            match Presence::at(self.0.client.now(), last, minutes) {
                Presence::There(_) => {}
                Presence::Asked(until) => asked = Some(until),
                Presence::Gone => self.dispatch(Event::Unused(minutes)),
            }
        }
        if *self.0.unused.read_untracked() != asked {
            self.0.unused.set(asked);
        }
        self.keep_time();
    }

    /// Somebody does something, where that matters. Whoever was asked has to answer, and what is over stays over.
    fn note_use(&self) {
        if self.unused_minutes().is_none() {
            return;
        }
        let now = self.0.client.now();
        if self.0.used.get().is_some_and(|last| last <= now && now < last.plus_seconds(NOTED_SECONDS)) {
            return;
        }
        self.check_use();
        if self.0.unused.read_untracked().is_none() {
            self.stay();
        }
    }

    /// Somebody is there.
    pub(in crate::session) fn stay(&self) {
        self.0.used.set(Some(self.0.client.now()));
        (self.rest().check_use)(self);
    }
}
