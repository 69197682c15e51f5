//! What is under way on a connection, for as long as it is held.

use super::activity::Activity;
use super::taking::Taking;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A reply, or its next piece, that is not there.
pub(super) struct Awaited(pub(super) Arc<Activity>);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.has_come();
    }
}

/// A body of a request that has not come completely.
pub(super) struct Coming(pub(super) Arc<Activity>);

impl Drop for Coming {
    fn drop(&mut self) {
        self.0.has_moved();
        self.0.is_less_busy();
    }
}

/// A request whose reply is not handed over completely.
pub(super) struct Busy {
    pub(super) activity: Arc<Activity>,
    pub(super) awaited: Option<Awaited>,
    pub(super) taking: Option<Arc<Taking>>,
}

impl Busy {
    /// Whether the client is to take the next piece, or waits for it.
    pub(super) fn is_clients_turn(&mut self, is: bool) {
        self.turn(is);
        if is {
            self.awaited = None;
        } else if self.awaited.is_none() {
            self.awaited = Some(self.activity.wait());
        }
    }

    fn turn(&self, is_clients: bool) {
        if let Some(taking) = &self.taking {
            taking.is_clients_turn(is_clients, self.activity.now());
        }
    }

    /// What keeps the connection busy, and its client to its pace, for as long as HTTP keeps a piece of the reply, which
    /// with many requests at a time may be long after the reply's end. With one, the system tells by what it takes.
    pub(super) fn piece(&self) -> Option<Unsent> {
        let taking = Arc::clone(self.taking.as_ref()?);
        taking.has_piece();
        Some(Unsent { taking, coming: self.activity.expect() })
    }

    /// Ready once all that was handed over before is sent: with many requests at a time all pieces, with one whatever there
    /// was on the connection when it had been flushed so often.
    pub(super) fn poll_sent(&self, flushes: u64, cx: &Context<'_>) -> Poll<()> {
        match &self.taking {
            Some(taking) => taking.poll_sent(cx),
            None => self.activity.poll_flushed(flushes, cx),
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.turn(false);
        self.awaited = None;
        self.activity.is_less_busy();
    }
}

/// A piece of a reply that is not sent.
pub(super) struct Unsent {
    taking: Arc<Taking>,
    coming: Coming,
}

impl Drop for Unsent {
    fn drop(&mut self) {
        self.taking.took_piece(self.coming.0.now());
    }
}
