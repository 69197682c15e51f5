//! A task that waits for what another one does.

use std::sync::{Mutex, PoisonError};
use std::task::{Context, Waker};

/// The last task that waited, until it is woken.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<Option<Waker>>);

impl Waiting {
    /// Has this task woken at the next [`wake`](Self::wake). Whoever looks after this whether it has happened misses nothing.
    pub(super) fn register(&self, cx: &Context<'_>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cx.waker().clone());
    }

    /// Wakes whoever waits, after it has happened.
    pub(super) fn wake(&self) {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(waiting) = waiting {
            waiting.wake();
        }
    }
}
