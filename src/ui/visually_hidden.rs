use leptos::prelude::*;

/// Text that is read aloud and found by search, but not seen.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }
}
