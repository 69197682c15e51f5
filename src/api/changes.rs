//! The changes that were sent and are not answered.

use futures_util::future::{AbortHandle, abortable, pending};
use std::cell::{Cell, RefCell};

/// Knows whether any change is on its way.
#[derive(Default)]
pub(super) struct Changes {
    sent: Cell<u32>,
    waiting: RefCell<Vec<AbortHandle>>,
}

impl Changes {
    /// A change is on its way for as long as what is given back lives.
    pub(super) fn sends(&self) -> OnItsWay<'_> {
        self.sent.set(self.sent.get().saturating_add(1));
        OnItsWay(self)
    }

    /// Whether one is.
    pub(super) fn any(&self) -> bool {
        self.sent.get() > 0
    }

    /// Waits until none is.
    pub(super) async fn answered(&self) {
        while self.any() {
            let (wait, answered) = abortable(pending::<()>());
            self.waiting.borrow_mut().push(answered);
            let _ = wait.await;
        }
    }
}

/// A change that is on its way.
pub(super) struct OnItsWay<'a>(&'a Changes);

impl Drop for OnItsWay<'_> {
    fn drop(&mut self) {
        self.0.sent.set(self.0.sent.get().saturating_sub(1));
        self.0.waiting.take().iter().for_each(AbortHandle::abort);
    }
}
