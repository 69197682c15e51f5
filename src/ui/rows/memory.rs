//! Where lists were scrolled to.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// How far a list, and the page around it, were scrolled.
pub(super) type Place = (f64, f64);

thread_local! {
    static PLACES: RefCell<BTreeMap<String, Place>> = const { RefCell::new(BTreeMap::new()) };
}

pub(super) fn remember(name: &str, place: Place) {
    PLACES.with_borrow_mut(|places| {
        if let Some(known) = places.get_mut(name) {
            *known = place;
        } else {
            places.insert(name.to_owned(), place);
        }
    });
}

pub(super) fn recall(name: &str) -> Option<Place> {
    PLACES.with_borrow(|places| places.get(name).copied())
}
