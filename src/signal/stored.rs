use super::gone;
use leptos::prelude::{LocalStorage, ReadValue, WriteValue};
use std::any::Any;
use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;

type Kept = Box<dyn Any>;
type Place = leptos::prelude::StoredValue<Kept, LocalStorage>;

/// A value that is kept, read and changed, and that nobody is told of. It goes with what was being made when it was.
/// Cheap to copy.
///
/// It reads as Leptos' of this name, with one machinery for all types, and takes what must stay on this thread, too. What
/// would be the end of the portal there is so here: to look at it when what it belongs to is gone, for which there are
/// the methods with `try`. A change of what is gone changes nothing.
pub struct StoredValue<T>(Place, PhantomData<fn() -> T>);

/// What was looked at. It must be let go before the value is changed.
pub struct Stored<T>(<Place as ReadValue>::Value, PhantomData<fn() -> T>);

impl<T: 'static> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (**self.0).downcast_ref().unwrap_or_else(|| unreachable!())
    }
}

fn keep(value: Kept) -> Place {
    Place::new_local(value)
}

fn look(at: Place) -> Option<<Place as ReadValue>::Value> {
    at.try_read_value()
}

fn change(at: Place, change: &mut dyn FnMut(&mut dyn Any)) {
    if let Some(mut there) = at.try_write_value() {
        change(&mut **there);
    }
}

impl<T: 'static> StoredValue<T> {
    /// Keeps this.
    pub fn new(value: T) -> Self {
        Self(keep(Box::new(value)), PhantomData)
    }

    /// The value, if what it belongs to is still there.
    pub fn try_read_value(self) -> Option<Stored<T>> {
        look(self.0).map(|there| Stored(there, PhantomData))
    }

    /// The value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn read_value(self) -> Stored<T> {
        let Some(there) = self.try_read_value() else { gone() };
        there
    }

    /// What `see` makes of the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with_value<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(&self.read_value())
    }

    /// Changes the value, if what it belongs to is still there.
    pub fn try_update_value<U>(self, update: impl FnOnce(&mut T) -> U) -> Option<U> {
        let (mut update, mut out) = (Some(update), None);
        change(self.0, &mut |value| {
            out = value.downcast_mut().zip(update.take()).map(|(value, update)| update(value));
        });
        out
    }

    /// Makes this the value.
    pub fn set_value(self, value: T) {
        // What was there goes when the place is free again: it may be what looks at it.
        drop(self.try_update_value(|there| mem::replace(there, value)));
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// A copy of the value, if what it belongs to is still there.
    pub fn try_get_value(self) -> Option<T> {
        Some(self.try_read_value()?.clone())
    }

    /// A copy of the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get_value(self) -> T {
        self.read_value().clone()
    }
}

impl<T: Default + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::Owner;
    use std::rc::Rc;

    #[test]
    fn what_is_kept_is_read_and_changed_until_what_it_belongs_to_is_gone() {
        let owner = Owner::new();
        owner.set();
        let inner = owner.child();
        let names = inner.with(|| StoredValue::new(vec![Rc::new("Ana")]));
        assert_eq!(names.try_update_value(|names| names.pop()), Some(Some(Rc::new("Ana"))));
        names.set_value(vec![Rc::new("Bo"), Rc::new("Chloé")]);
        assert_eq!(
            (names.with_value(Vec::len), names.read_value().len(), names.get_value().len()),
            (2, 2, 2)
        );
        inner.cleanup();
        names.set_value(Vec::new());
        assert!(names.try_get_value().is_none() && names.try_update_value(Vec::clear).is_none());
    }

    #[test]
    fn what_is_replaced_is_let_go_when_the_value_can_be_looked_at_again() {
        struct Last(Option<StoredValue<Option<Last>>>);
        impl Drop for Last {
            fn drop(&mut self) {
                if let Some(stored) = self.0 {
                    assert!(stored.try_read_value().is_some());
                }
            }
        }
        let owner = Owner::new();
        owner.set();
        let stored = StoredValue::new(None);
        stored.set_value(Some(Last(Some(stored))));
        stored.set_value(Some(Last(None)));
    }
}
