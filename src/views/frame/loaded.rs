//! A query on a page.

use super::problem::Problem;
use crate::api::ApiError;
use crate::markup::{View, live, view};
use crate::memo::Memo;
use crate::queries::{Query, use_queries};
use crate::signal::{RwSignal, Signal};
use crate::ui::Skeleton;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, PartialEq)]
enum State {
    Loading,
    Failed(ApiError),
    There,
}

/// Shows a skeleton, then what was read, or what went wrong with a way to try again. What is shown stays mounted while
/// a newer reply comes in, so that focus, typed text and scroll position stay too; it is told by its signal.
pub fn loaded<T>(
    query: Query<T>,
    lines: usize,
    shown: impl Fn(Signal<Option<Arc<T>>>) -> View + Send + Sync + 'static,
) -> View
where
    T: Send + Sync + 'static,
{
    let state = Memo::comparing(
        move |_| match &*query.read() {
            None => State::Loading,
            Some(Err(error)) => State::Failed(error.clone()),
            Some(Ok(_)) => State::There,
        },
        // What has failed once more is told once more.
        |before, now| before == now && !matches!(now, State::Failed(_)),
    );
    let value = Signal::derive(move || query.get().and_then(Result::ok));
    in_state(state, lines, Box::new(move || shown(value)))
}

fn in_state(state: Memo<State>, lines: usize, shown: Box<dyn Fn() -> View>) -> View {
    let queries = use_queries();
    live(move || match state.get() {
        State::Loading => view! { <Skeleton lines/> },
        State::Failed(error) => {
            let busy = RwSignal::new(false);
            let retry = move || {
                busy.set(true);
                queries.refetch();
            };
            view! { <Problem error retry busy/> }
        }
        State::There => shown(),
    })
}
