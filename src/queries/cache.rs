//! What was read, for as long as the person who read it is there.

use super::key::{Answer, Asked, Key};
use crate::api::{ApiError, Client, Millis};
use crate::memo::Memo;
use crate::signal::{ArcRwSignal, on_cleanup};
use futures_util::future::LocalBoxFuture;
use leptos::task::spawn_local;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// How long a reply is used without asking again, in seconds.
const FRESH: u64 = 30;

pub(super) type Reply<T> = Result<Arc<T>, ApiError>;

/// A query as a page reads it: `None` until there is an answer. An older answer stays while a newer one is on its way.
pub type Query<T> = Memo<Option<Reply<T>>>;

type Entries = Vec<(Key, Rc<Entry>)>;
type Fetch = Rc<dyn Fn(&Client, Key) -> LocalBoxFuture<'static, Answer>>;

/// The replies to queries by key. Clones are the same one.
///
/// They are kept as any, so that all types share what keeps, asks and forgets; a key has its type with it where it is
/// [`Asked`].
#[derive(Clone)]
pub(super) struct Cache {
    client: Client,
    fetch: Fetch,
    entries: Rc<RefCell<Entries>>,
}

struct Entry {
    reply: ArcRwSignal<Option<Answer>>,
    /// When it was asked for; `None` when it has to be asked for again.
    asked: Cell<Option<Millis>>,
    /// Whether an answer is on its way.
    asking: ArcRwSignal<bool>,
    /// Whether it was asked for while an answer was on its way, which may be older than what made it wanted.
    again: Cell<bool>,
    /// Grows when the reply is written without asking: an answer that was on its way is older than that.
    written: Cell<u32>,
    /// How many pages show it.
    watchers: ArcRwSignal<u32>,
    /// What a page has worked out of replies, to begin with when it is shown again.
    worked_out: RefCell<Option<Rc<dyn Any>>>,
}

impl Entry {
    fn is_shown(&self) -> bool {
        self.watchers.get_untracked() > 0
    }
}

/// Whether a failure says nothing of what was asked for, only that there is no newer answer now.
fn is_passing(error: &ApiError) -> bool {
    !matches!(error, ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound)
}

impl Cache {
    pub(super) fn new(client: Client, fetch: Fetch) -> Self {
        Self { client, fetch, entries: Rc::default() }
    }

    /// Drops everything. An answer that is still on its way is not kept either.
    pub(super) fn clear(&self) {
        self.entries.take();
    }

    fn known(&self, key: Key) -> Option<Rc<Entry>> {
        let entries = self.entries.borrow();
        entries.iter().find(|(known, _)| *known == key).map(|(_, entry)| entry.clone())
    }

    fn entry(&self, key: Key) -> Rc<Entry> {
        self.known(key).unwrap_or_else(|| {
            let entry = Rc::new(Entry {
                reply: ArcRwSignal::new(None),
                asked: Cell::new(None),
                asking: ArcRwSignal::new(false),
                again: Cell::new(false),
                written: Cell::new(0),
                watchers: ArcRwSignal::new(0),
                worked_out: RefCell::default(),
            });
            self.entries.borrow_mut().push((key, entry.clone()));
            entry
        })
    }

    /// The reply for the page that asks, read anew when it is old or was a failure.
    pub(super) fn watch<T: Send + Sync + 'static>(&self, asked: Asked<T>) -> Query<T> {
        let reply = self.follow(asked.0);
        let typed =
            move |reply: Answer| reply.map(|value| value.downcast().unwrap_or_else(|_| unreachable!()));
        // Goes with the page.
        Memo::comparing(move |_| reply.get().map(typed), |_, _| false)
    }

    fn follow(&self, key: Key) -> ArcRwSignal<Option<Answer>> {
        let entry = self.entry(key);
        if entry.reply.read_untracked().as_ref().is_some_and(Result::is_err) {
            entry.reply.set(None);
            entry.asked.set(None);
        }
        if self.is_old(&entry) {
            self.ask(key, &entry);
        }
        let watchers = entry.watchers.clone();
        watchers.update(|watchers| *watchers += 1);
        on_cleanup(move || watchers.update(|watchers| *watchers -= 1));
        entry.reply.clone()
    }

    fn is_old(&self, entry: &Entry) -> bool {
        entry.asked.get().is_none_or(|asked| asked.is_past_by(FRESH, self.client.now()))
    }

    /// The reply that is there.
    pub(super) fn peek<T: Send + Sync + 'static>(&self, asked: &Asked<T>) -> Option<Arc<T>> {
        self.known(asked.0)?.reply.get_untracked()?.ok()?.downcast().ok()
    }

    /// What was kept by [`Cache::keep`]. It goes with the reply, also where that makes room for a failure.
    pub(super) fn kept<T, W: Clone + 'static>(&self, asked: &Asked<T>) -> Option<W> {
        let entry = self.known(asked.0)?;
        let kept = entry.worked_out.borrow();
        kept.as_ref()?.downcast_ref().cloned()
    }

    /// Keeps what was worked out of the reply, as long as there is one.
    pub(super) fn keep<T, W: 'static>(&self, asked: &Asked<T>, worked_out: W) {
        let has_reply = |entry: &Rc<Entry>| matches!(&*entry.reply.read_untracked(), Some(Ok(_)));
        if let Some(entry) = self.known(asked.0).filter(has_reply) {
            entry.worked_out.replace(Some(Rc::new(worked_out)));
        }
    }

    /// A number that is another one after every [`Cache::put`]: what was asked for before is older than that.
    pub(super) fn written<T>(&self, asked: &Asked<T>) -> u32 {
        self.entry(asked.0).written.get()
    }

    /// Makes this the reply.
    pub(super) fn put<T: Send + Sync + 'static>(&self, asked: &Asked<T>, value: T) {
        let entry = self.entry(asked.0);
        entry.written.set(entry.written.get().wrapping_add(1));
        entry.reply.set(Some(Ok(Arc::new(value))));
    }

    /// Asks again for what has such a key: now where it is shown, else when it is shown next.
    pub(super) fn invalidate(&self, has: impl Fn(&Key) -> bool) {
        let entries = self.entries.borrow().clone();
        for (key, entry) in entries.into_iter().filter(|(key, _)| has(key)) {
            entry.asked.set(None);
            if entry.is_shown() {
                self.ask(key, &entry);
            }
        }
    }

    /// Asks again where the reply is shown and old.
    pub(super) fn look_again<T>(&self, asked: &Asked<T>) {
        let entry = self.entry(asked.0);
        if self.is_old(&entry) && entry.is_shown() {
            self.ask(asked.0, &entry);
        }
    }

    /// Whether an answer is on its way. Follows it.
    pub(super) fn is_asking<T>(&self, asked: &Asked<T>) -> bool {
        self.entry(asked.0).asking.get()
    }

    fn ask(&self, key: Key, entry: &Rc<Entry>) {
        entry.asked.set(Some(self.client.now()));
        if entry.asking.get_untracked() {
            entry.again.set(true);
            return;
        }
        entry.asking.set(true);
        let answer = (self.fetch)(&self.client, key);
        let written = entry.written.get();
        let (cache, entry) = (self.clone(), entry.clone());
        spawn_local(async move {
            let answer = answer.await;
            entry.asking.set(false);
            if answer.as_ref().err() == Some(&ApiError::WrongIdentity) {
                // Of somebody who is gone, and so are their pages.
                return;
            }
            let known = matches!(&*entry.reply.read_untracked(), Some(Ok(_)));
            let is_older = entry.written.get() != written;
            let again = entry.again.take() || is_older;
            if again {
                entry.asked.set(None);
            }
            if known && answer.as_ref().is_err_and(is_passing) {
                // What was read stays, with all that was typed on the page that shows it; the next look asks again.
                entry.asked.set(None);
            } else if !is_older {
                if answer.is_err() {
                    entry.worked_out.take();
                }
                entry.reply.set(Some(answer));
            }
            if again && entry.is_shown() {
                cache.ask(key, &entry);
            }
        });
    }
}
