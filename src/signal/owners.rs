use leptos::prelude::Owner;
use std::cell::RefCell;

/// Owners of what comes and goes beneath what stays, as many as are needed at a time.
///
/// An owner remembers each one that was ever made beneath it. So those of what is gone own what comes next, and what
/// stays does not grow with each thing that has been there. A context that was given in one is still there in the next:
/// all of them are for things that give the same.
pub struct Owners {
    above: Owner,
    spare: RefCell<Vec<Owner>>,
}

impl Owners {
    /// Owners beneath this one, with which all goes that they own.
    #[must_use]
    pub fn beneath(above: Owner) -> Self {
        Self { above, spare: RefCell::default() }
    }

    /// One that owns nothing.
    pub fn take(&self) -> Owner {
        let spare = self.spare.borrow_mut().pop();
        spare.unwrap_or_else(|| self.above.with(Owner::new))
    }

    /// What it owns is gone, and it can be taken again.
    pub fn give_back(&self, owner: Owner) {
        owner.cleanup();
        self.spare.borrow_mut().push(owner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::RwSignal;

    #[test]
    fn an_owner_that_is_given_back_owns_nothing_and_is_taken_again() {
        let owners = Owners::beneath(Owner::new());
        let (one, other) = (owners.take(), owners.take());
        assert!(one != other);
        let number = one.with(|| RwSignal::new(1));
        let id = one.debug_id();
        owners.give_back(one);
        assert_eq!(number.try_get(), None);
        assert_eq!(owners.take().debug_id(), id);
        assert!(owners.take() != other);
    }

    #[test]
    fn what_they_own_is_gone_with_what_is_above_them() {
        let above = Owner::new();
        let owners = Owners::beneath(above.clone());
        let owner = owners.take();
        let number = owner.with(|| RwSignal::new(1));
        above.cleanup();
        assert_eq!(number.try_get(), None);
    }
}
