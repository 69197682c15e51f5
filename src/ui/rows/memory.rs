//! Where lists were scrolled to.

use crate::list_map::ListMap;
use std::cell::RefCell;

/// Where a list, and the page around it, were scrolled to.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The first row that is seen below the headings. Pixels from the top of the list would not do: how tall the rows above are is not known
    /// when the list is made anew.
    pub(super) row: usize,
    /// How far it begins above the top of what is seen; less than nothing where it begins below it.
    pub(super) hidden: f64,
    /// How far the page was scrolled.
    pub(super) page: f64,
}

thread_local! {
    static PLACES: RefCell<ListMap<String, Place>> = const { RefCell::new(ListMap::new()) };
}

pub(super) fn remember(name: &str, place: Place) {
    PLACES.with_borrow_mut(|places| places.insert(name.to_owned(), place));
}

pub(super) fn forget(name: &str) {
    PLACES.with_borrow_mut(|places| places.remove(&name.to_owned()));
}

pub(super) fn recall(name: &str) -> Option<Place> {
    PLACES.with_borrow(|places| places.get(&name.to_owned()).copied())
}
