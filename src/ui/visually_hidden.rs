use crate::markup::{Children, View, view};
use leptos::prelude::*;

/// Text that is read aloud and found by search, but not seen.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> View {
    view! { <span class="visually-hidden">{children()}</span> }
}
