//! What is computed from something that changes.

use crate::signal::on_cleanup;
use leptos::prelude::{ArcMemo, DefinedAt, GetUntracked, ReadUntracked, Track};
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};
use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;

/// A value that is computed again when what it looked at has changed, and that tells of it only when it came out
/// otherwise than before.
///
/// It is what Leptos calls a memo. Leptos makes the machinery of one anew for each type; here all share one, whose value
/// can be any: half a kilobyte less for each of some sixty types.
pub struct Memo<T>(leptos::prelude::Memo<Held>, PhantomData<fn() -> T>);

/// A [`Kept`] of any type, and how to compare it with another of the same.
#[derive(Clone)]
struct Held {
    kept: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

// The table of a `dyn Fn` would have the closure's code a second time, for who would call it once and for all.
trait Compute: Send + Sync {
    fn compute(&self, before: Option<&Held>) -> Held;
}

struct Computes<T, F> {
    compute: F,
    is_same: fn(&T, &T) -> bool,
}

impl<T, F> Compute for Computes<T, F>
where
    T: Send + Sync + 'static,
    F: Fn(Option<&T>) -> T + Send + Sync,
{
    fn compute(&self, before: Option<&Held>) -> Held {
        let before = before.and_then(|before| kept(&*before.kept));
        let value = (self.compute)(before.map(|before| &before.value));
        Held { kept: Arc::new(Kept { value, is_same: self.is_same }), is_same: are_same::<T> }
    }
}

fn memo(compute: Box<dyn Compute>) -> leptos::prelude::Memo<Held> {
    let memo = ArcMemo::new(move |before: Option<&Held>| compute.compute(before));
    let subscriber = memo.to_any_subscriber();
    // Leptos does not, and what was looked at may stay for good: it would keep the place in memory of each memo.
    on_cleanup(move || subscriber.clear_sources(&subscriber));
    memo.into()
}

struct Kept<T> {
    value: T,
    is_same: fn(&T, &T) -> bool,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.kept, &*other.kept)
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// Computes a value from the one before.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::comparing(compute, T::eq)
    }

    /// The same for what has another idea of when nothing has changed.
    pub fn comparing(
        compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        is_same: fn(&T, &T) -> bool,
    ) -> Self {
        Self(memo(Box::new(Computes { compute, is_same })), PhantomData)
    }
}

fn kept<T: 'static>(any: &dyn Any) -> Option<&Kept<T>> {
    any.downcast_ref()
}

fn are_same<T: 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    kept::<T>(one).zip(kept(other)).is_some_and(|(one, other)| (one.is_same)(&one.value, &other.value))
}

/// What a memo had when it was read.
pub struct Reading<T>(Arc<Kept<T>>);

impl<T> Deref for Reading<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> DefinedAt for Memo<T> {
    fn defined_at(&self) -> Option<&'static Location<'static>> {
        self.0.defined_at()
    }
}

impl<T> Track for Memo<T> {
    fn track(&self) {
        self.0.track();
    }
}

impl<T: Send + Sync + 'static> ReadUntracked for Memo<T> {
    type Value = Reading<T>;

    fn try_read_untracked(&self) -> Option<Reading<T>> {
        self.0.try_get_untracked()?.kept.downcast().ok().map(Reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{RwSignal, Signal};
    use leptos::prelude::{Get, Owner, With};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A memo, and how often it is computed.
    fn counted<T: PartialEq + Send + Sync + 'static>(
        compute: impl Fn() -> T + Send + Sync + 'static,
    ) -> (Memo<T>, Arc<AtomicUsize>) {
        let times = Arc::new(AtomicUsize::new(0));
        let counted = times.clone();
        let memo = Memo::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            compute()
        });
        (memo, times)
    }

    #[test]
    fn what_comes_out_as_before_is_told_to_nobody() {
        Owner::new().with(|| {
            let number = RwSignal::new(1);
            let is_odd = Memo::new(move |_| number.get() % 2 == 1);
            let (said, times) = counted(move || if is_odd.get() { "odd" } else { "even" });
            assert_eq!(said.get(), "odd");
            number.set(3);
            assert_eq!(said.get(), "odd");
            assert_eq!(times.load(Ordering::Relaxed), 1);
            number.set(4);
            assert_eq!(said.get(), "even");
            assert_eq!(times.load(Ordering::Relaxed), 2);
        });
    }

    #[test]
    fn each_value_is_computed_from_the_one_before() {
        Owner::new().with(|| {
            let letter = RwSignal::new("a");
            let seen =
                Memo::new(move |before: Option<&String>| before.cloned().unwrap_or_default() + letter.get());
            assert_eq!(seen.get_untracked(), "a");
            letter.set("b");
            seen.with(|seen| assert_eq!(seen, "ab"));
            assert_eq!(*seen.read_untracked(), "ab");
        });
    }

    #[test]
    fn what_counts_as_the_same_can_be_said() {
        Owner::new().with(|| {
            let number = RwSignal::new(10);
            let tens = Memo::comparing(move |_| number.get(), |one, other| one / 10 == other / 10);
            let (twice, times) = counted(move || tens.get() * 2);
            assert_eq!(twice.get(), 20);
            number.set(19);
            assert_eq!((twice.get(), times.load(Ordering::Relaxed)), (20, 1));
            number.set(21);
            assert_eq!((twice.get(), times.load(Ordering::Relaxed)), (42, 2));
        });
    }

    #[test]
    fn a_signal_of_a_memo_follows_it() {
        Owner::new().with(|| {
            let number = RwSignal::new(1);
            let signal: Signal<String> = Memo::new(move |_| number.get().to_string()).into();
            assert_eq!(signal.get(), "1");
            number.set(2);
            assert_eq!(signal.get(), "2");
        });
    }
}
