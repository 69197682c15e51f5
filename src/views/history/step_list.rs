//! What happened in a session as another person, one thing after the other.

use super::moment::Moment;
use super::telling::{Words, of_step};
use crate::markup::{View, view};
use crate::session::Step;
use crate::signal::Signal;
use leptos::prelude::*;

/// The steps in order, each with its time.
#[component]
pub fn StepList(
    /// The steps.
    steps: Vec<Step>,
    /// The time zone that they are told in.
    zone: Signal<String>,
) -> View {
    let around = words::history::followed_by();
    let items = steps
        .into_iter()
        .map(|Step { at, what }| {
            let Words { what, reason, outcome } = of_step(&what);
            let reason = reason.map(|reason| view! { {around.before} <bdi>{reason}</bdi> {around.after} });
            let outcome =
                outcome.map(|outcome| view! { {around.before} <strong>{outcome}</strong> {around.after} });
            view! { <li>{what} {reason} {outcome} " " <span class="muted"><Moment at zone/></span></li> }
        })
        .collect::<View>();
    view! { <ol class="step-list list-plain">{items}</ol> }
}
