//! Requests that were answered with 401 wait here until it is known what that means.

use super::Shell;
use crate::api::ApiError;
use crate::session::machine::Event;
use futures_util::future::{AbortHandle, abortable, pending};
use std::cell::RefCell;
use std::rc::Rc;

/// What waits, and what stood in the way of knowing the last time.
#[derive(Default)]
pub(super) struct Doubts {
    waiting: RefCell<Vec<AbortHandle>>,
    trouble: RefCell<Option<ApiError>>,
}

impl Doubts {
    /// Lets everything that waits go on.
    pub(super) fn settle(&self, trouble: Option<ApiError>) {
        self.trouble.replace(trouble);
        for waiting in self.waiting.take() {
            waiting.abort();
        }
    }
}

impl Shell {
    pub(super) fn listen_to_doubts(&self) {
        let weak = Rc::downgrade(&self.0);
        self.0.client.on_unauthorized(move |epoch| {
            let (wait, settled) = abortable(pending::<()>());
            let shell = weak.upgrade().map(Shell);
            if let Some(shell) = &shell {
                shell.0.doubts.waiting.borrow_mut().push(settled);
                shell.dispatch(Event::Unauthorized(epoch, shell.0.client.now()));
            }
            Box::pin(async move {
                let Some(shell) = shell else { return Ok(()) };
                let _ = wait.await;
                let trouble = shell.0.doubts.trouble.borrow().clone();
                trouble.map_or(Ok(()), Err)
            })
        });
    }
}
