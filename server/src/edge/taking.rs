//! Since when a client takes nothing of a reply.

use super::waiting::Waiting;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};

/// One reply on a connection with many at a time. Times are milliseconds from when the connection was opened.
#[derive(Debug, Default)]
pub(super) struct Taking {
    /// When it last took something.
    since: AtomicU64,
    /// Whether there is a next piece as soon as it takes one.
    turn: AtomicBool,
    /// Pieces that are handed over and not sent.
    unsent: AtomicUsize,
    /// Who waits for all of them to be sent.
    waiting: Waiting,
}

impl Taking {
    /// Since when it takes nothing of what is there to be taken, if anything is.
    pub(super) fn stalled(&self) -> Option<u64> {
        (self.turn.load(Relaxed) || self.unsent.load(Relaxed) > 0).then(|| self.since.load(Relaxed))
    }

    /// The next piece is there or, if not, waited for.
    pub(super) fn is_clients_turn(&self, is: bool, now: u64) {
        if is {
            self.since.store(now, Relaxed);
        }
        self.turn.store(is, Relaxed);
    }

    /// A piece is handed over.
    pub(super) fn has_piece(&self) {
        self.unsent.fetch_add(1, Relaxed);
    }

    /// A piece is sent.
    pub(super) fn took_piece(&self, now: u64) {
        self.since.store(now, Relaxed);
        if self.unsent.fetch_sub(1, Relaxed) == 1 {
            self.waiting.wake();
        }
    }

    /// Ready once all pieces are sent.
    pub(super) fn poll_sent(&self, cx: &Context<'_>) -> Poll<()> {
        self.waiting.register(cx);
        if self.unsent.load(Relaxed) == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}
