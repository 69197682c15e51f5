//! Element ids, so that labels and descriptions can point at what they describe.

use std::cell::Cell;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// An id no other element of the page has. The prefix is for whoever reads the DOM.
pub(super) fn next_id(prefix: &str) -> String {
    let number = LAST.get().wrapping_add(1);
    LAST.set(number);
    let mut id = String::from(prefix);
    id.push('-');
    id.push_str(&number.to_string());
    id
}
