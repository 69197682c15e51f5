use super::{ArcRwSignal, RwSignal, gone};
use crate::memo::Memo;
use leptos::prelude::{Get, GetValue, StoredValue, untrack};
use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// A value that is looked at anew each time, and whose look is remembered by whoever computes with it: a signal, a memo,
/// what is derived from some, or what never changes.
///
/// It is Leptos' of this name, as [`Memo`] is, with one machinery for all types. Whatever it is made from is asked each
/// time: what takes long belongs into a memo.
pub struct Signal<T>(StoredValue<Arc<dyn Look>>, PhantomData<fn() -> T>);

// Not the trait of closures, whose table would have the code a second time.
trait Look: Send + Sync {
    /// Puts what it is now into an `Option` of it.
    fn look(&self, seen: &mut dyn Any);
}

struct Derived<T, F>(F, PhantomData<fn() -> T>);

impl<T: 'static, F: Fn() -> T + Send + Sync> Look for Derived<T, F> {
    fn look(&self, seen: &mut dyn Any) {
        if let Some(seen) = seen.downcast_mut() {
            *seen = Some((self.0)());
        }
    }
}

/// What was seen when it was looked at.
pub struct Seen<T>(T);

impl<T> Deref for Seen<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

fn look(at: StoredValue<Arc<dyn Look>>, seen: &mut dyn Any) {
    if let Some(at) = at.try_get_value() {
        at.look(seen);
    }
}

fn stored(look: Arc<dyn Look>) -> StoredValue<Arc<dyn Look>> {
    StoredValue::new(look)
}

impl<T: 'static> Signal<T> {
    /// What `derive` gives.
    #[inline(always)]
    pub fn derive(derive: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self(stored(Arc::new(Derived(derive, PhantomData))), PhantomData)
    }

    /// What never changes.
    pub fn stored(value: T) -> Self
    where
        T: Clone + Send + Sync,
    {
        Self::derive(move || value.clone())
    }

    /// What it is, if what it belongs to is still there. What it looks at has to be.
    pub fn try_get(self) -> Option<T> {
        let mut seen = None;
        look(self.0, &mut seen);
        seen
    }

    /// What it is.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get(self) -> T {
        let Some(value) = self.try_get() else { gone() };
        value
    }

    /// What it is, without being told when that changes.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// The same, if what it belongs to is still there.
    pub fn try_get_untracked(self) -> Option<T> {
        untrack(|| self.try_get())
    }

    /// What it is, to be looked into.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn read(self) -> Seen<T> {
        Seen(self.get())
    }

    /// The same without being told when that changes.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn read_untracked(self) -> Seen<T> {
        Seen(self.get_untracked())
    }

    /// What `see` makes of it.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.get())
    }

    /// The same without being told when that changes.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with_untracked<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.get_untracked())
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> PartialEq for Signal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

macro_rules! from {
    ($($signal:ident),*) => {
        $(impl<T: Clone + Send + Sync + 'static> From<$signal<T>> for Signal<T> {
            fn from(signal: $signal<T>) -> Self {
                Self::derive(move || signal.get())
            }
        })*
    };
}

from!(RwSignal, ArcRwSignal, Memo);

impl<T: Clone + Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        Self::stored(value.to_owned())
    }
}

// A text where there may be none.
macro_rules! perhaps {
    ($($text:ty),*) => {
        $(impl From<$text> for Signal<Option<String>> {
            fn from(text: $text) -> Self {
                Self::stored(Some(text.into()))
            }
        })*
    };
}

perhaps!(&str, String);

impl From<Signal<String>> for Signal<Option<String>> {
    fn from(text: Signal<String>) -> Self {
        Self::derive(move || text.try_get())
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::derive(T::default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::Owner;

    #[test]
    fn each_look_sees_what_it_is_by_then_and_a_memo_is_told_of_it() {
        let owner = Owner::new();
        owner.set();
        let number = RwSignal::new(1);
        let doubled = Signal::derive(move || number.get() * 2);
        let same: Signal<i32> = number.into();
        let memo = Memo::new(move |_| doubled.get() + same.with(|same| *same));
        let unmoved = Memo::new(move |_| doubled.get_untracked());
        assert_eq!((memo.get(), unmoved.get()), (3, 2));
        number.set(5);
        assert_eq!((memo.get(), unmoved.get(), *doubled.read()), (15, 2, 10));
        let fixed: Signal<String> = "fixed".into();
        assert_eq!(fixed.get(), "fixed");
    }

    #[test]
    fn what_is_gone_is_nothing_and_not_the_end() {
        let owner = Owner::new();
        owner.set();
        let inner = owner.child();
        let signal = inner.with(|| Signal::stored(1));
        assert_eq!(signal.try_get(), Some(1));
        inner.cleanup();
        assert_eq!(signal.try_get(), None);
    }
}
