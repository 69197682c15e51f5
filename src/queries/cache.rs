//! What was read, for as long as the person who read it is there.

use crate::api::{ApiError, Client, Millis};
use crate::list_map::ListMap;
use crate::memo::Memo;
use crate::signal::{ArcRwSignal, StoredValue, on_cleanup};
use futures_util::future::LocalBoxFuture;
use leptos::task::spawn_local;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// How long a reply is used without asking again.
const FRESH_SECONDS: u64 = 30;
/// The same for what is as good as never another: every page asks for it.
const LASTING_SECONDS: u64 = 24 * 60 * 60;

pub(super) type Reply<T> = Result<Arc<T>, ApiError>;

/// A query as a page reads it: `None` until there is an answer. An older answer stays while a newer one is on its way.
pub type Query<T> = Memo<Option<Reply<T>>>;

type Fetch<K, T> = Box<dyn Fn(&K) -> LocalBoxFuture<'static, Result<T, ApiError>>>;

/// The replies to one kind of query by key. Clones are the same one.
pub(super) struct Cache<K, T: 'static>(Rc<Inner<K, T>>);

struct Inner<K, T: 'static> {
    client: Client,
    fetch: Fetch<K, T>,
    /// How long a reply is used without asking again, in seconds.
    fresh: u64,
    entries: RefCell<ListMap<K, Rc<Entry<T>>>>,
}

struct Entry<T: 'static> {
    reply: ArcRwSignal<Option<Reply<T>>>,
    /// When it was asked for; `None` when it has to be asked for again.
    asked: Cell<Option<Millis>>,
    /// Whether an answer is on its way.
    asking: ArcRwSignal<bool>,
    /// Whether it was asked for while an answer was on its way, which may be older than what made it wanted.
    again: Cell<bool>,
    /// Grows when the reply is written without asking: an answer that was on its way is older than that.
    written: Cell<u32>,
    /// How many pages show it.
    watchers: Cell<u32>,
    /// What a page has worked out of replies, to begin with when it is shown again.
    worked_out: RefCell<Option<Rc<dyn Any>>>,
}

impl<K, T> Clone for Cache<K, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// What a change of person, or of what may be read, does to every kind of query.
pub(super) trait Forget {
    /// Drops everything. An answer that is still on its way is not kept either.
    fn clear(&self);
    /// Asks again for whatever is shown now, and for the rest when it is shown next.
    fn invalidate_all(&self);
}

/// Whether a failure says nothing of what was asked for, only that there is no newer answer now.
fn is_passing(error: &ApiError) -> bool {
    !matches!(error, ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound)
}

impl<K: Ord + Clone + 'static, T: Send + Sync + 'static> Forget for Cache<K, T> {
    fn clear(&self) {
        self.0.entries.take();
    }

    fn invalidate_all(&self) {
        let keys: Vec<K> = self.0.entries.borrow().keys().cloned().collect();
        for key in keys {
            self.invalidate(&key);
        }
    }
}

impl<K: Ord + Clone + 'static, T: Send + Sync + 'static> Cache<K, T> {
    pub(super) fn new(
        client: Client,
        fetch: impl Fn(&K) -> LocalBoxFuture<'static, Result<T, ApiError>> + 'static,
    ) -> Self {
        Self::fresh_for(FRESH_SECONDS, client, fetch)
    }

    /// The same for what is as good as never another.
    pub(super) fn lasting(
        client: Client,
        fetch: impl Fn(&K) -> LocalBoxFuture<'static, Result<T, ApiError>> + 'static,
    ) -> Self {
        Self::fresh_for(LASTING_SECONDS, client, fetch)
    }

    fn fresh_for(
        fresh: u64,
        client: Client,
        fetch: impl Fn(&K) -> LocalBoxFuture<'static, Result<T, ApiError>> + 'static,
    ) -> Self {
        Self(Rc::new(Inner { client, fetch: Box::new(fetch), fresh, entries: RefCell::default() }))
    }

    fn entry(&self, key: &K) -> Rc<Entry<T>> {
        let new = || {
            Rc::new(Entry {
                reply: ArcRwSignal::new(None),
                asked: Cell::new(None),
                asking: ArcRwSignal::new(false),
                again: Cell::new(false),
                written: Cell::new(0),
                watchers: Cell::new(0),
                worked_out: RefCell::default(),
            })
        };
        let mut entries = self.0.entries.borrow_mut();
        if let Some(entry) = entries.get(key) {
            return entry.clone();
        }
        let entry = new();
        entries.insert(key.clone(), entry.clone());
        entry
    }

    /// The reply for the page that asks, read anew when it is old or was a failure.
    pub(super) fn watch(&self, key: &K) -> Query<T> {
        let entry = self.entry(key);
        if entry.reply.read_untracked().as_ref().is_some_and(Result::is_err) {
            entry.reply.set(None);
            entry.asked.set(None);
        }
        if self.is_old(&entry) {
            self.ask(key, &entry);
        }
        entry.watchers.set(entry.watchers.get() + 1);
        let watched = StoredValue::new(entry.clone());
        on_cleanup(move || {
            if let Some(entry) = watched.try_get_value() {
                entry.watchers.set(entry.watchers.get().saturating_sub(1));
            }
        });
        let reply = entry.reply.clone();
        // Goes with the page.
        Memo::comparing(move |_| reply.get(), |_, _| false)
    }

    fn is_old(&self, entry: &Entry<T>) -> bool {
        let now = self.0.client.now();
        entry.asked.get().is_none_or(|asked| asked.is_past_by(self.0.fresh, now))
    }

    /// The reply that is there.
    pub(super) fn peek(&self, key: &K) -> Option<Arc<T>> {
        let entry = self.0.entries.borrow().get(key).cloned()?;
        entry.reply.get_untracked()?.ok()
    }

    /// What was kept by [`Cache::keep`]. It goes with the reply, also where that makes room for a failure.
    pub(super) fn kept<W: Clone + 'static>(&self, key: &K) -> Option<W> {
        let entry = self.0.entries.borrow().get(key).cloned()?;
        let kept = entry.worked_out.borrow();
        kept.as_ref()?.downcast_ref().cloned()
    }

    /// Keeps what was worked out of the reply, as long as there is one.
    pub(super) fn keep<W: 'static>(&self, key: &K, worked_out: W) {
        let entry = self.0.entries.borrow().get(key).cloned();
        let has_reply = |entry: &Rc<Entry<T>>| matches!(&*entry.reply.read_untracked(), Some(Ok(_)));
        if let Some(entry) = entry.filter(has_reply) {
            entry.worked_out.replace(Some(Rc::new(worked_out)));
        }
    }

    /// A number that is another one after every [`Cache::put`]: what was asked for before is older than that.
    pub(super) fn written(&self, key: &K) -> u32 {
        self.entry(key).written.get()
    }

    /// Makes this the reply.
    pub(super) fn put(&self, key: &K, value: T) {
        let entry = self.entry(key);
        entry.written.set(entry.written.get().wrapping_add(1));
        entry.reply.set(Some(Ok(Arc::new(value))));
    }

    /// Asks again: now when it is shown, else when it is shown next.
    pub(super) fn invalidate(&self, key: &K) {
        let entry = self.entry(key);
        entry.asked.set(None);
        if entry.watchers.get() > 0 {
            self.ask(key, &entry);
        }
    }

    /// Asks again where the reply is shown and old.
    pub(super) fn look_again(&self, key: &K) {
        let entry = self.entry(key);
        if self.is_old(&entry) && entry.watchers.get() > 0 {
            self.ask(key, &entry);
        }
    }

    /// Whether an answer is on its way. Follows it.
    pub(super) fn is_asking(&self, key: &K) -> bool {
        self.entry(key).asking.get()
    }

    /// Asks again for whatever else of this kind is shown, and for the rest when it is shown next.
    pub(super) fn invalidate_others(&self, than: &K) {
        let keys: Vec<K> = self.0.entries.borrow().keys().filter(|key| *key != than).cloned().collect();
        for key in keys {
            self.invalidate(&key);
        }
    }

    fn ask(&self, key: &K, entry: &Rc<Entry<T>>) {
        entry.asked.set(Some(self.0.client.now()));
        if entry.asking.get_untracked() {
            entry.again.set(true);
            return;
        }
        entry.asking.set(true);
        let answer = (self.0.fetch)(key);
        let written = entry.written.get();
        let (cache, key, entry) = (self.clone(), key.clone(), entry.clone());
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
                entry.reply.set(Some(answer.map(Arc::new)));
            }
            if again && entry.watchers.get() > 0 {
                cache.ask(&key, &entry);
            }
        });
    }
}
