use super::gone;
use leptos::prelude::{IsDisposed, Read, ReadUntracked, Track, UntrackableGuard, Write};
use std::any::Any;
use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;

/// Any value.
pub type Kept = Box<dyn Any + Send + Sync>;
type Guard = <leptos::prelude::RwSignal<Kept> as ReadUntracked>::Value;

/// What a value can be read from.
pub trait CanRead: Read<Value = Guard> + ReadUntracked<Value = Guard> + Track {}

impl<K: Read<Value = Guard> + ReadUntracked<Value = Guard> + Track> CanRead for K {}

/// What keeps a value, and tells of its changes.
pub trait CanWrite: CanRead + Write<Value = Kept> + IsDisposed {}

impl<K: CanRead + Write<Value = Kept> + IsDisposed> CanWrite for K {}

/// A value that is kept, read and changed. Whoever looks at it and is run again is told of each change.
///
/// It reads as Leptos' of this name. What would be the end of the portal there is so here: to look at it when what it
/// belongs to is gone, for which there are the methods with `try`. A change of what is gone changes nothing.
pub struct Changing<K, T>(K, PhantomData<fn() -> T>);

/// A value that goes with what was being made when it was. Cheap to copy.
pub type RwSignal<T> = Changing<leptos::prelude::RwSignal<Kept>, T>;

/// A value that stays as long as there is a clone of this.
pub type ArcRwSignal<T> = Changing<leptos::prelude::ArcRwSignal<Kept>, T>;

/// What was looked at. It must be let go before the value is changed.
pub struct Looking<T>(Guard, PhantomData<fn() -> T>);

impl<T: 'static> Deref for Looking<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (**self.0).downcast_ref().unwrap_or_else(|| unreachable!())
    }
}

fn put(at: &impl CanWrite, value: Kept) {
    let Some(mut there) = at.try_write() else { return };
    let before = mem::replace(&mut *there, value);
    drop(there);
    // Not while it is locked: it may be what looks at it.
    drop(before);
}

fn look(at: &impl CanRead) -> Option<Guard> {
    at.try_read()
}

fn look_untracked(at: &impl CanRead) -> Option<Guard> {
    at.try_read_untracked()
}

/// Changes a value, and tells of it if `change` says so.
fn change(at: &impl CanWrite, change: &mut dyn FnMut(&mut dyn Any) -> bool) {
    if let Some(mut there) = at.try_write()
        && !change(&mut **there)
    {
        there.untrack();
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// Keeps this.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(leptos::prelude::RwSignal::new(Box::new(value)), PhantomData)
    }
}

impl<T: Send + Sync + 'static> ArcRwSignal<T> {
    /// Keeps this.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(leptos::prelude::ArcRwSignal::new(Box::new(value)), PhantomData)
    }
}

impl<K: CanWrite, T: Send + Sync + 'static> Changing<K, T> {
    /// Makes this the value. Gives it back when there is nobody any more to keep it.
    pub fn try_set(&self, value: T) -> Option<T> {
        if self.0.is_disposed() {
            return Some(value);
        }
        self.set(value);
        None
    }

    /// Makes this the value.
    pub fn set(&self, value: T) {
        put(&self.0, Box::new(value));
    }
}

impl<K: CanWrite, T: 'static> Changing<K, T> {
    /// Changes the value, and tells of it if `update` says so besides what it gives back.
    pub fn try_maybe_update<U>(&self, update: impl FnOnce(&mut T) -> (bool, U)) -> Option<U> {
        let (mut update, mut out) = (Some(update), None);
        change(&self.0, &mut |value| {
            let Some((value, update)) = value.downcast_mut().zip(update.take()) else { return false };
            let (is_told, given) = update(value);
            out = Some(given);
            is_told
        });
        out
    }

    /// Changes the value, if what it belongs to is still there.
    pub fn try_update<U>(&self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.try_maybe_update(|value| (true, update(value)))
    }

    /// Changes the value.
    pub fn update(&self, update: impl FnOnce(&mut T)) {
        self.try_update(update);
    }

    /// Changes the value without telling anybody.
    pub fn update_untracked<U>(&self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.try_maybe_update(|value| (false, update(value)))
    }
}

impl<K: CanRead, T: 'static> Changing<K, T> {
    /// The value, if what it belongs to is still there.
    pub fn try_read(&self) -> Option<Looking<T>> {
        look(&self.0).map(|guard| Looking(guard, PhantomData))
    }

    /// The same without being told when it changes.
    pub fn try_read_untracked(&self) -> Option<Looking<T>> {
        look_untracked(&self.0).map(|guard| Looking(guard, PhantomData))
    }

    /// The value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn read(&self) -> Looking<T> {
        let Some(looking) = self.try_read() else { gone() };
        looking
    }

    /// The value, without being told when it changes.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn read_untracked(&self) -> Looking<T> {
        let Some(looking) = self.try_read_untracked() else { gone() };
        looking
    }

    /// What `see` makes of the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with<U>(&self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.read())
    }

    /// The same without being told when it changes.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with_untracked<U>(&self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.read_untracked())
    }

    /// Looks, only to be told when it changes.
    pub fn track(&self) {
        self.0.track();
    }
}

impl<K: CanRead, T: Clone + 'static> Changing<K, T> {
    /// A copy of the value, if what it belongs to is still there.
    pub fn try_get(&self) -> Option<T> {
        Some(self.try_read()?.clone())
    }

    /// The same without being told when it changes.
    pub fn try_get_untracked(&self) -> Option<T> {
        Some(self.try_read_untracked()?.clone())
    }

    /// A copy of the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get(&self) -> T {
        self.read().clone()
    }

    /// The same without being told when it changes.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get_untracked(&self) -> T {
        self.read_untracked().clone()
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Default + Send + Sync + 'static> Default for ArcRwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<ArcRwSignal<T>> for RwSignal<T> {
    fn from(signal: ArcRwSignal<T>) -> Self {
        Self(signal.0.into(), PhantomData)
    }
}

impl<K: Clone, T> Clone for Changing<K, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K: Copy, T> Copy for Changing<K, T> {}

impl<K: PartialEq, T> PartialEq for Changing<K, T> {
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
