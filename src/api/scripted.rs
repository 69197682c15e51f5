//! A transport that answers from a script, for tests on the host.

use super::fence::Millis;
use super::transport::{Lost, Outgoing, Response, Transport};
use futures_util::future::LocalBoxFuture;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// One answer of the script.
pub(crate) enum Answer {
    /// Answers at once.
    Now(u16, &'static str),
    /// The network fails.
    Lost,
    /// Answers only once [`Scripted::release`] was called.
    Held(u16, &'static str),
}

#[derive(Default)]
pub(crate) struct Scripted {
    answers: RefCell<VecDeque<Answer>>,
    pub(crate) sent: RefCell<Vec<Outgoing>>,
    /// Requests whose future was dropped before it was answered.
    pub(crate) aborted: Rc<Cell<u32>>,
    released: Rc<Cell<bool>>,
    pub(crate) clock: Cell<u64>,
    pub(crate) slept: RefCell<Vec<u32>>,
}

struct Pending {
    aborted: Rc<Cell<u32>>,
    answered: bool,
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.answered {
            self.aborted.set(self.aborted.get() + 1);
        }
    }
}

impl Scripted {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Rc<Self> {
        Rc::new(Self { answers: RefCell::new(answers.into_iter().collect()), ..Self::default() })
    }

    pub(crate) fn release(&self) {
        self.released.set(true);
    }
}

impl Transport for Scripted {
    fn send(&self, request: Outgoing) -> LocalBoxFuture<'static, Result<Response, Lost>> {
        self.sent.borrow_mut().push(request);
        let answer = self.answers.borrow_mut().pop_front().expect("the script has no answer left");
        let released = self.released.clone();
        let pending = Pending { aborted: self.aborted.clone(), answered: false };
        Box::pin(async move {
            let mut pending = pending;
            if matches!(answer, Answer::Held(..)) {
                poll_fn(|_| if released.get() { Poll::Ready(()) } else { Poll::Pending }).await;
            }
            pending.answered = true;
            match answer {
                Answer::Lost => Err(Lost),
                Answer::Now(status, body) | Answer::Held(status, body) => {
                    Ok(Response { status, retry_after: None, request: None, body: body.to_owned() })
                }
            }
        })
    }

    fn send_parting(&self, request: Outgoing) {
        self.sent.borrow_mut().push(request);
    }

    /// The client's time limit never runs out; shorter waits are over at once.
    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()> {
        if millis >= 10_000 {
            return Box::pin(std::future::pending());
        }
        self.slept.borrow_mut().push(millis);
        Box::pin(std::future::ready(()))
    }

    fn now(&self) -> Millis {
        Millis(self.clock.get())
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// Polls once: `None` while it waits.
pub(crate) fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Runs a future that never has to wait for anything outside of the script.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    poll_once(&mut Box::pin(future)).expect("the script left the future waiting")
}
