use leptos::prelude::{IsDisposed, Notify, Read, ReadUntracked, Track, UntrackableGuard, Write};
use std::any::Any;
use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;

type Kept = Box<dyn Any + Send + Sync>;
type Inner = leptos::prelude::RwSignal<Kept>;
type Guard = <Inner as ReadUntracked>::Value;

/// A value that is kept, read and changed. Whoever looks at it and is run again is told of each change.
///
/// It is Leptos' of this name. What would be the end of the portal there is so here: to look at it when what it belongs to
/// is gone, for which there are the methods with `try`. A change of what is gone changes nothing.
pub struct RwSignal<T>(Inner, PhantomData<fn() -> T>);

/// What was looked at. It must be let go before the value is changed.
pub struct Looking<T>(Guard, PhantomData<fn() -> T>);

impl<T: 'static> Deref for Looking<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (**self.0).downcast_ref().unwrap_or_else(|| unreachable!())
    }
}

fn kept(inner: Inner, value: Kept) -> bool {
    let Some(mut there) = inner.try_write() else { return false };
    let before = mem::replace(&mut *there, value);
    drop(there);
    // Not while it is locked: it may be what looks at it.
    drop(before);
    true
}

fn look(inner: Inner) -> Option<Guard> {
    inner.try_read()
}

fn look_untracked(inner: Inner) -> Option<Guard> {
    inner.try_read_untracked()
}

/// Changes a value, and tells of it if `change` says so.
fn change(inner: Inner, change: &mut dyn FnMut(&mut dyn Any) -> bool) {
    if let Some(mut there) = inner.try_write()
        && !change(&mut **there)
    {
        there.untrack();
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// Keeps this, for as long as what is being made now.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Inner::new(Box::new(value)), PhantomData)
    }

    /// Makes this the value. Gives it back when there is nobody any more to keep it.
    pub fn try_set(self, value: T) -> Option<T> {
        if self.0.is_disposed() {
            return Some(value);
        }
        self.set(value);
        None
    }

    /// Makes this the value.
    pub fn set(self, value: T) {
        kept(self.0, Box::new(value));
    }
}

impl<T: 'static> RwSignal<T> {
    /// The value, if what it belongs to is still there.
    pub fn try_read(self) -> Option<Looking<T>> {
        look(self.0).map(|guard| Looking(guard, PhantomData))
    }

    /// The same without being told when it changes.
    pub fn try_read_untracked(self) -> Option<Looking<T>> {
        look_untracked(self.0).map(|guard| Looking(guard, PhantomData))
    }

    /// The value.
    pub fn read(self) -> Looking<T> {
        self.try_read().unwrap_or_else(|| unreachable!())
    }

    /// The value, without being told when it changes.
    pub fn read_untracked(self) -> Looking<T> {
        self.try_read_untracked().unwrap_or_else(|| unreachable!())
    }

    /// What `see` makes of the value.
    pub fn with<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.read())
    }

    /// The same without being told when it changes.
    pub fn with_untracked<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.read_untracked())
    }

    /// Changes the value, and tells of it if `change` says so besides what it gives back.
    pub fn try_maybe_update<U>(self, update: impl FnOnce(&mut T) -> (bool, U)) -> Option<U> {
        let (mut update, mut out) = (Some(update), None);
        change(self.0, &mut |value| {
            let Some((value, update)) = value.downcast_mut().zip(update.take()) else { return false };
            let (is_told, given) = update(value);
            out = Some(given);
            is_told
        });
        out
    }

    /// Changes the value, if what it belongs to is still there.
    pub fn try_update<U>(self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.try_maybe_update(|value| (true, update(value)))
    }

    /// Changes the value.
    pub fn update(self, update: impl FnOnce(&mut T)) {
        self.try_update(update);
    }

    /// Changes the value without telling anybody.
    pub fn update_untracked<U>(self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.try_maybe_update(|value| (false, update(value)))
    }

    /// Looks, only to be told when it changes.
    pub fn track(self) {
        self.0.track();
    }

    /// Tells of a change that there was not.
    pub fn notify(self) {
        self.0.notify();
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// A copy of the value, if what it belongs to is still there.
    pub fn try_get(self) -> Option<T> {
        Some(self.try_read()?.clone())
    }

    /// The same without being told when it changes.
    pub fn try_get_untracked(self) -> Option<T> {
        Some(self.try_read_untracked()?.clone())
    }

    /// A copy of the value.
    pub fn get(self) -> T {
        self.read().clone()
    }

    /// The same without being told when it changes.
    pub fn get_untracked(self) -> T {
        self.read_untracked().clone()
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T> PartialEq for RwSignal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memo::Memo;
    use leptos::prelude::{Get, Owner};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn who_looks_is_told_of_what_is_changed_and_of_nothing_else() {
        let owner = Owner::new();
        owner.set();
        let names = RwSignal::new(vec!["Ana"]);
        let times = Arc::new(AtomicUsize::new(0));
        let counted = times.clone();
        let count = Memo::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            names.read().len()
        });
        let told = || (count.get(), times.load(Ordering::Relaxed));
        assert_eq!(told(), (1, 1));
        names.update(|names| names.push("Bo"));
        assert_eq!(told(), (2, 2));
        assert_eq!(names.update_untracked(Vec::pop), Some(Some("Bo")));
        assert_eq!(names.try_maybe_update(|names| (false, names.len())), Some(1));
        assert_eq!(told(), (2, 2));
        names.set(Vec::new());
        assert_eq!(told(), (0, 3));
        names.notify();
        assert_eq!(told(), (0, 4));
        assert_eq!(names.with_untracked(Vec::len), 0);
    }

    #[test]
    fn what_is_gone_takes_nothing_and_says_so() {
        let owner = Owner::new();
        owner.set();
        let inner = owner.child();
        let name = inner.with(|| RwSignal::new("Ana".to_owned()));
        assert_eq!(name.try_set("Bo".to_owned()), None);
        assert_eq!(name.try_get().as_deref(), Some("Bo"));
        inner.cleanup();
        assert_eq!(name.try_set("Chloé".to_owned()).as_deref(), Some("Chloé"));
        assert_eq!((name.try_get(), name.try_update(String::clear)), (None, None));
        name.set(String::new());
    }

    #[test]
    fn what_is_replaced_is_let_go_when_the_value_can_be_looked_at_again() {
        struct Last(Option<RwSignal<Option<Last>>>);
        impl Drop for Last {
            fn drop(&mut self) {
                if let Some(signal) = self.0 {
                    assert!(signal.try_read_untracked().is_some());
                }
            }
        }
        let owner = Owner::new();
        owner.set();
        let signal = RwSignal::new(None);
        signal.set(Some(Last(Some(signal))));
        signal.set(Some(Last(None)));
    }
}
