//! What runs again when something that it looked at has changed.

use super::on_cleanup;
use futures_util::future::poll_fn;
use futures_util::task::AtomicWaker;
use leptos::prelude::Owner;
use leptos::reactive::graph::{AnySource, AnySubscriber, ReactiveNode, Source, Subscriber, WithObserver};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;
use std::{mem, ptr};

/// Runs `run` soon and again whenever something has changed that it has looked at, until its owner goes.
pub fn effect(run: impl FnMut() + 'static) {
    let node = start(Box::new(Runs(run)), false);
    on_cleanup(move || drop(node));
}

/// Runs a function at once, with nothing, and again with what it gave back whenever something has changed that it has
/// looked at, until this is dropped.
pub struct RenderEffect<T> {
    value: Rc<RefCell<Option<T>>>,
    #[allow(dead_code, reason = "the function runs for as long as it is there")]
    node: Arc<Node>,
}

impl<T: 'static> RenderEffect<T> {
    /// Runs `run` for the first time.
    pub fn new(mut run: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let value = Rc::new(RefCell::new(None));
        let kept = value.clone();
        let run = move || {
            let before = kept.take();
            let after = run(before);
            kept.replace(Some(after));
        };
        Self { value, node: start(Box::new(Runs(run)), true) }
    }

    /// Looks at what it gave back last, and may change it.
    pub fn with_value_mut<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.value.borrow_mut().as_mut().map(change)
    }

    /// What it gave back last, which is then gone from here.
    pub fn take_value(&self) -> Option<T> {
        self.value.take()
    }
}

// The table of a `dyn FnMut` would have the closure's code a second time, for who would call it once and for all.
trait Run {
    fn run(&mut self);
}

struct Runs<F>(F);

impl<F: FnMut()> Run for Runs<F> {
    fn run(&mut self) {
        (self.0)();
    }
}

/// Who is told of changes. Leptos' own effects are not used, because one of them misses a change: when it looks first at a
/// memo that stays the same, and then at another one that the first is made from.
#[derive(Default)]
struct Node {
    state: Mutex<State>,
    told: AtomicBool,
    waker: AtomicWaker,
}

#[derive(Default)]
struct State {
    /// Whether something that was looked at has changed, for certain.
    dirty: bool,
    sources: Vec<AnySource>,
}

fn start(mut run: Box<dyn Run>, at_once: bool) -> Arc<Node> {
    let owner = Owner::new();
    let node = Arc::new(Node::default());
    let weak = Arc::downgrade(&node);
    let subscriber = AnySubscriber(Arc::as_ptr(&node) as usize, weak.clone());
    if at_once {
        owner.with(|| subscriber.with_observer(|| run.run()));
    } else {
        node.mark_dirty();
    }
    spawn_local(async move {
        while told(&weak).await {
            if !owner.paused() && subscriber.update_if_necessary() {
                subscriber.clear_sources(&subscriber);
                owner.with_cleanup(|| subscriber.with_observer(|| run.run()));
            }
        }
    });
    node
}

/// Waits until something may have changed; false when nobody wants to know any more.
async fn told(node: &Weak<Node>) -> bool {
    poll_fn(|context| {
        let Some(node) = node.upgrade() else { return Poll::Ready(false) };
        node.waker.register(context.waker());
        if node.told.swap(false, Ordering::Relaxed) { Poll::Ready(true) } else { Poll::Pending }
    })
    .await
}

impl Node {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.told.store(true, Ordering::Relaxed);
        self.waker.wake();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Its task waits for something to be told, and with it what it would run.
        self.waker.wake();
        // What was looked at may stay for good, and would keep this one's place in memory.
        self.clear_sources(&AnySubscriber(ptr::from_ref(self) as usize, Weak::<Self>::new()));
    }
}

impl ReactiveNode for Node {
    fn mark_dirty(&self) {
        self.state().dirty = true;
        self.tell();
    }

    fn mark_check(&self) {
        self.tell();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        let sources = {
            let mut state = self.state();
            if mem::take(&mut state.dirty) {
                // Nothing else is asked: it may belong to what this change has ended.
                return true;
            }
            state.sources.clone()
        };
        let changed = sources.into_iter().any(|source| source.update_if_necessary());
        // One that is asked later may have been computed for one that was asked before. It has told then.
        mem::take(&mut self.state().dirty) || changed
    }
}

impl Subscriber for Node {
    fn add_source(&self, source: AnySource) {
        let sources = &mut self.state().sources;
        if !sources.contains(&source) {
            sources.push(source);
        }
    }

    fn clear_sources(&self, subscriber: &AnySubscriber) {
        let sources = mem::take(&mut self.state().sources);
        for source in sources {
            source.remove_subscriber(subscriber);
        }
    }
}
