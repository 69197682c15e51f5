//! What is computed from something that changes.

use leptos::prelude::{DefinedAt, Get, GetUntracked, ReadUntracked, Signal, Track};
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

type Compute = Box<dyn Fn(Option<&Held>) -> Held + Send + Sync>;

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
        let compute: Compute = Box::new(move |before| {
            let before = before.and_then(|before| kept(&*before.kept));
            let value = compute(before.map(|before| &before.value));
            Held { kept: Arc::new(Kept { value, is_same }), is_same: are_same::<T> }
        });
        Self(leptos::prelude::Memo::new(compute), PhantomData)
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

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}
