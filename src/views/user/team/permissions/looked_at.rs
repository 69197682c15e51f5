//! Coming back to the page.

use crate::markup::Listener;
use leptos::prelude::*;

/// Looks each time somebody comes back to a page that was left open, who is to decide by what is there now; as long as what
/// calls this is there.
pub(super) fn look_again_when_looked_at(look: impl Fn() + Copy + 'static) {
    let seen = move |_| {
        if !document().hidden() {
            look();
        }
    };
    Listener::new(window().into(), "focus", seen).until_cleanup();
    Listener::new(document().into(), "visibilitychange", seen).until_cleanup();
}
