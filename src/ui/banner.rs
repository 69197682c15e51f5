use crate::markup::{Children, View, view};
use leptos::prelude::*;

/// A named region at the top of every page, told from the usual chrome by stripes and edge as well as by colour.
///
/// It sticks while the page scrolls and never covers the focused control. It is a landmark, not an alert: an alert
/// that is there at load is not announced, so announce the change itself with a toast or a move of the focus.
#[component]
pub fn Banner(
    /// The accessible name of the region.
    #[prop(into)]
    label: String,
    /// What it says, and the way out.
    children: Children,
) -> View {
    view! {
        <section class="banner" role="region" aria-label=label>
            <div class="banner__inner">{children()}</div>
        </section>
    }
}
