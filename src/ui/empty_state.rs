use crate::markup::{Children, View, view};
use leptos::prelude::*;

/// Says that there is nothing, and what to do about it; never shown in place of an error or of loading.
#[component]
pub fn EmptyState(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// Why, or what to do.
    #[prop(into)]
    text: String,
    /// A way on, such as a button.
    #[prop(optional)]
    children: Option<Children>,
) -> View {
    view! {
        <div class="empty-state">
            <p class="empty-state__title">{title}</p>
            <p class="muted">{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
