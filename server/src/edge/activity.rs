//! What a connection does, and when it has done nothing, or too little, for too long.

use super::pace::Pace;
use super::patience::Patience;
use super::taking::Taking;
use super::under_way::{Awaited, Busy, Coming};
use super::waiting::Waiting;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;

/// Whoever waits for the server has no deadline here: a request's body and the upstream have their own.
const LATER: Duration = Duration::from_secs(3600);

/// No head is being read, or nobody is waited for.
const NONE: u64 = u64::MAX;

/// Written by the connection's reads, writes and requests, read by its watch.
#[derive(Debug)]
pub(super) struct Activity {
    patience: Patience,
    opened: Instant,
    /// Milliseconds from `opened` to the last byte either way.
    moved: AtomicU64,
    /// Milliseconds from `opened` to the first byte of a head that is not complete, or [`NONE`].
    head: AtomicU64,
    /// Requests that have no reply yet, and replies whose next piece is not there.
    awaited: AtomicUsize,
    /// Requests whose reply is not sent, and bodies of requests that have not come, completely.
    busy: AtomicUsize,
    /// Milliseconds from `opened` to when the last of those was over.
    over: AtomicU64,
    /// Whether the system takes no more of what is to be sent.
    blocked: AtomicBool,
    /// Milliseconds from `opened` to when it last took all again.
    unblocked: AtomicU64,
    /// How often it had all that was to be sent.
    flushes: AtomicU64,
    /// Who waits for the next time.
    waiting: Waiting,
    /// Whether a reply is under way whose end is that of the connection.
    open_ended: AtomicBool,
    /// Whether the client keeps up with what is sent.
    pace: Pace,
    /// With many requests at a time, bytes do not tell which of them they belong to.
    multiplexed: AtomicBool,
    /// So each reply of such a connection tells itself since when its client takes nothing of it, for as long as something
    /// of it is to be taken.
    taking: Mutex<Vec<Weak<Taking>>>,
}

impl Activity {
    pub(super) fn new(patience: Patience) -> Self {
        Self {
            patience,
            opened: Instant::now(),
            moved: AtomicU64::new(0),
            // The first head is waited for like one that has begun: whoever connects has something to ask.
            head: AtomicU64::new(0),
            awaited: AtomicUsize::new(0),
            busy: AtomicUsize::new(0),
            over: AtomicU64::new(0),
            blocked: AtomicBool::new(false),
            unblocked: AtomicU64::new(0),
            flushes: AtomicU64::new(0),
            waiting: Waiting::default(),
            open_ended: AtomicBool::new(false),
            pace: Pace::new(patience.rate, patience.quiet),
            multiplexed: AtomicBool::new(false),
            taking: Mutex::default(),
        }
    }

    /// From now on HTTP is spoken: the first head has its whole time, whatever came before it.
    pub(super) fn speaks(&self, multiplexed: bool) {
        let now = self.now();
        self.multiplexed.store(multiplexed, Relaxed);
        self.head.store(now, Relaxed);
        self.moved.store(now, Relaxed);
    }

    /// Milliseconds since it was opened.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(NONE - 1)
    }

    pub(super) fn has_read(&self) {
        self.has_moved();
        if self.multiplexed.load(Relaxed) {
            self.head.store(NONE, Relaxed);
        } else if self.busy.load(Relaxed) == 0 && self.head.load(Relaxed) == NONE {
            self.head.store(self.now(), Relaxed);
        }
    }

    /// The connection is not quiet. With many requests at a time bytes may be of none, and are when there is none: a client
    /// may say for ever that it is there.
    pub(super) fn has_moved(&self) {
        if !(self.multiplexed.load(Relaxed) && self.is_free()) {
            self.moved.store(self.now(), Relaxed);
        }
    }

    pub(super) fn has_written(&self, bytes: usize) {
        self.has_moved();
        self.pace.took(bytes);
    }

    /// The system takes no more of what is to be sent.
    pub(super) fn is_blocked(&self) {
        self.blocked.store(true, Relaxed);
        self.pace.wait();
    }

    /// The system has all that was to be sent.
    pub(super) fn is_flushed(&self) {
        if self.blocked.swap(false, Relaxed) {
            self.unblocked.store(self.now(), Relaxed);
        }
        self.pace.has_all();
        self.flushes.fetch_add(1, Relaxed);
        self.waiting.wake();
    }

    /// How often the system had all that was to be sent.
    pub(super) fn flushes(&self) -> u64 {
        self.flushes.load(Relaxed)
    }

    /// Ready once it had all more often than this: what was to be sent then is.
    pub(super) fn poll_flushed(&self, flushes: u64, cx: &Context<'_>) -> Poll<()> {
        self.waiting.register(cx);
        if self.flushes() > flushes { Poll::Ready(()) } else { Poll::Pending }
    }

    /// The reply that is under way has no other end than that of the connection, or is over.
    pub(super) fn open_ended(&self, is: bool) {
        self.open_ended.store(is, Relaxed);
    }

    /// Whether who sees the connection end would take a part of a reply for the whole.
    pub(super) fn is_open_ended(&self) -> bool {
        self.open_ended.load(Relaxed)
    }

    /// A head is complete: its request is under way until `Busy` is dropped, and its reply is waited for until it is its
    /// client's turn.
    pub(super) fn begin(self: &Arc<Self>) -> Busy {
        self.head.store(NONE, Relaxed);
        self.busy.fetch_add(1, Relaxed);
        let taking = self.multiplexed.load(Relaxed).then(|| {
            let taking = Arc::default();
            let mut all = self.taking.lock().unwrap_or_else(PoisonError::into_inner);
            all.retain(|one| one.strong_count() > 0);
            all.push(Arc::downgrade(&taking));
            taking
        });
        Busy { activity: Arc::clone(self), awaited: Some(self.wait()), taking }
    }

    /// When nothing has been asked, answered or to be sent for so long, if nothing is from now on; at once where nothing
    /// ever was. Half a head is not asked yet.
    pub(super) fn settled(&self, settle: Duration) -> Option<Instant> {
        self.is_free().then(|| match self.over.load(Relaxed) {
            0 => self.opened,
            over => self.opened + Duration::from_millis(over) + settle,
        })
    }

    /// Whether nothing is under way: who ends it takes nothing from anybody, and who does not is not held up by anybody.
    pub(super) fn is_idle(&self) -> bool {
        self.is_free() && self.head.load(Relaxed) == NONE
    }

    fn is_free(&self) -> bool {
        self.busy.load(Relaxed) == 0 && !self.blocked.load(Relaxed)
    }

    /// Until `Awaited` is dropped it is the server's turn.
    pub(super) fn wait(self: &Arc<Self>) -> Awaited {
        self.awaited.fetch_add(1, Relaxed);
        Awaited(Arc::clone(self))
    }

    /// What a client waited for is there.
    pub(super) fn has_come(&self) {
        self.has_moved();
        self.awaited.fetch_sub(1, Relaxed);
    }

    /// One thing less is under way.
    pub(super) fn is_less_busy(&self) {
        self.over.store(self.now().max(1), Relaxed);
        self.busy.fetch_sub(1, Relaxed);
    }

    /// What comes until `Coming` is dropped is a request's body, even after its reply.
    pub(super) fn expect(self: &Arc<Self>) -> Coming {
        self.busy.fetch_add(1, Relaxed);
        Coming(Arc::clone(self))
    }

    /// When the connection is to be cut off unless something happens before.
    pub(super) fn deadline(&self) -> Instant {
        let after = |ms: u64, limit: Duration| self.opened + Duration::from_millis(ms) + limit;
        let stalled = self.stalled().map(|ms| after(ms, self.patience.quiet));
        let alive = self.alive(after);
        [stalled, self.pace.due()].into_iter().flatten().fold(alive, Instant::min)
    }

    /// Since when a client takes nothing of a reply that it could take. Where the line holds it up, all replies share that,
    /// each waits for the others, and the pace tells whether the client takes enough of them together.
    fn stalled(&self) -> Option<u64> {
        if self.blocked.load(Relaxed) {
            return None;
        }
        let taking = self.taking.lock().unwrap_or_else(PoisonError::into_inner);
        let since = taking.iter().filter_map(|one| one.upgrade()?.stalled()).min()?;
        Some(since.max(self.unblocked.load(Relaxed)))
    }

    /// The same for what the connection does as a whole. While the system does not take what is there, nobody waits for
    /// the server.
    fn alive(&self, after: impl Fn(u64, Duration) -> Instant) -> Instant {
        if self.awaited.load(Relaxed) > 0 && !self.blocked.load(Relaxed) {
            return Instant::now() + LATER;
        }
        let quiet = after(self.moved.load(Relaxed), self.patience.quiet);
        match self.head.load(Relaxed) {
            NONE => quiet,
            head => quiet.min(after(head, self.patience.head)),
        }
    }
}

#[cfg(test)]
mod tests;
