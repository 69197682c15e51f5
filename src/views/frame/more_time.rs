//! Asking for more time as another person, from wherever one is.

use crate::signal::RwSignal;
use leptos::prelude::*;

/// Whether more time is being asked for. The banner asks; a message does, too, where a dialog lies over the banner.
#[derive(Clone, Copy)]
pub struct MoreTime(pub RwSignal<bool>);

/// Lets messages ask. Call it once, in the shell.
pub fn provide_more_time() {
    provide_context(MoreTime(RwSignal::new(false)));
}

/// Whether more time is being asked for.
pub fn use_more_time() -> RwSignal<bool> {
    let MoreTime(asked) = expect_context();
    asked
}
