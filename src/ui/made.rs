//! Elements made by hand: for what thousands of come and go, where one effect for a whole row costs less than one for
//! every attribute.

use crate::markup::create;
use leptos::web_sys::Element;

/// A new element: a tag with its constant attributes, such as `"button|type=button|class=switch"`, and what is in it.
pub fn element(what: &str, inside: &[&Element]) -> Element {
    let made = create(what);
    for child in inside {
        let _ = made.append_child(child);
    }
    made
}
