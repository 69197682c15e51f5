//! What happened in a session as another person, one thing after the other.

use super::moment::Moment;
use super::words::{Words, of_step};
use crate::session::Step;
use leptos::prelude::*;

/// The steps in order, each with its time.
#[component]
pub fn StepList(
    /// The steps.
    steps: Vec<Step>,
) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|Step { at, what }| {
            let Words { what, reason, outcome } = of_step(&what);
            let reason = reason.map(|reason| view! { ": " <bdi>{reason}</bdi> });
            let outcome = outcome.map(|outcome| view! { ": " <strong>{outcome}</strong> });
            view! { <li>{what} {reason} {outcome} " " <span class="muted"><Moment at/></span></li> }
        })
        .collect_view();
    view! { <ol class="step-list list-plain">{items}</ol> }
}
