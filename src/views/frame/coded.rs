//! A sentence about something that went wrong.

use crate::markup::{View, view};
use leptos::prelude::*;

/// The sentence for the person, and the code that support can look up.
#[component]
pub fn Coded(
    /// What went wrong.
    sentence: String,
    /// Its code.
    code: String,
) -> View {
    view! { {sentence} " " <span class="muted">"(" {code} ")"</span> }
}
