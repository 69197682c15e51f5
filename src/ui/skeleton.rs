use super::visually_hidden::VisuallyHidden;
use crate::markup::{View, view};
use leptos::prelude::*;

/// Holds the place of text on its way: grey lines for the eye, a status "Loading" for the ear.
#[component]
pub fn Skeleton(
    /// How many lines.
    lines: usize,
) -> View {
    let bars = (0..lines).map(|_| view! { <span class="skeleton__line"></span> }).collect::<View>();
    view! {
        <div class="skeleton">
            <div role="status">
                <VisuallyHidden>{words::ui::loading()}</VisuallyHidden>
            </div>
            <div class="skeleton__lines" aria-hidden="true">
                {bars}
            </div>
        </div>
    }
}
