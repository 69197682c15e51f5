//! The rest of the session: what it can do beyond signing in. It comes with the inside, so that the sign-in form does not
//! wait for it, and whatever is wanted of it before that waits.

use super::Shell;
use crate::api::{ApiError, Millis};
use crate::session::machine::{Effect, Event, Step, enter, step};
use crate::session::tabs::Tabs;
use contract::auth::SignOut;
use leptos::prelude::window;

/// So long after its beginning a page may have missed what other tabs have told.
const MISSED_SECONDS: u64 = 2;

/// What it can do, as functions that only the inside names.
#[derive(Clone, Copy)]
pub(in crate::session) struct Rest {
    /// Decides.
    pub(super) step: Step,
    /// Carries out an effect.
    pub(super) carry_out: fn(&Shell, Effect),
    /// Sets the timers to what is to be done next.
    pub(super) keep_time: fn(&Shell),
    /// Looks at what may have changed while nobody looked.
    pub(in crate::session) look_again: fn(&Shell),
    /// Looks whether anybody still uses the portal.
    pub(in crate::session) check_use: fn(&Shell),
}

impl Rest {
    /// What is there from the first: nothing.
    pub(super) const NONE: Self =
        Self { step: enter, carry_out: postpone, keep_time: |_| {}, look_again: |_| {}, check_use: |_| {} };

    const ALL: Self = Self {
        step,
        carry_out: Shell::carry_out,
        keep_time: Shell::keep_time,
        look_again: Shell::look_again,
        check_use: Shell::check_use,
    };
}

/// Keeps an effect for later. What others may not wait for is done at once, for this page may never get so far: that the
/// server hears that a session is over, and that nothing is left of whoever has signed out.
fn postpone(shell: &Shell, effect: Effect) {
    let inner = &shell.0;
    let part = |bearer| inner.client.send_parting(bearer, &SignOut);
    match effect {
        Effect::Discard(bearer) => part(&bearer),
        Effect::Farewell(bearers, user) => {
            bearers.iter().for_each(part);
            // The other tabs see the mark.
            if let Some(user) = user {
                inner.store.mark_signed_out(user, inner.client.now());
            }
        }
        Effect::ForgetPerson(client_id, before) => inner.store.forget_person(&client_id, before),
        Effect::Record => inner.store.forget_ledger(),
        other => inner.postponed.borrow_mut().push(other),
    }
}

/// Nothing will ever be carried out. Whoever waits for a renewal hears that there is none.
fn refuse(shell: &Shell, effect: Effect) {
    match effect {
        Effect::Renew(credential) => {
            let at = shell.0.client.now();
            shell.dispatch(Event::Renewed(credential, at, Err(ApiError::Offline)));
        }
        other => postpone(shell, other),
    }
}

impl Shell {
    /// From now on the session can do all that it can. Listens, and carries out what has waited for that.
    pub(in crate::session) fn learn(&self) {
        self.0.rest.set(Rest::ALL);
        self.listen_to_doubts();
        self.listen_to_changes();
        self.watch_use();
        let _ = self.0.tabs.set(Tabs::open(self.reporter(Self::hear)));
        if self.0.busy.replace(true) {
            return;
        }
        for effect in self.0.postponed.take() {
            self.carry_out(effect);
        }
        self.0.busy.set(false);
        // Nothing was heard until now, and who one is may have been asked as soon as there was a page.
        let age = window().performance().map_or(0.0, |performance| performance.now());
        let began = Millis(self.0.client.now().0.saturating_sub(age as u64));
        let user = self.user();
        let moved = user.and_then(|user| self.0.store.moved(user)).is_some_and(|moved| moved >= began);
        self.0.looked.set(if moved { Millis::default() } else { began });
        self.look_again_rarely(MISSED_SECONDS);
        self.decide();
    }

    /// The session will never learn it.
    pub(in crate::session) fn do_without(&self) {
        self.0.rest.set(Rest { carry_out: refuse, ..Rest::NONE });
        for effect in self.0.postponed.take() {
            refuse(self, effect);
        }
    }
}
