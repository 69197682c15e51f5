//! One session as another person.

use super::moment::Moment;
use super::step_list::StepList;
use super::telling::of_end;
use crate::markup::{View, view};
use crate::session::Entry;
use crate::signal::Signal;
use leptos::prelude::*;
use words::history;

/// A row: when, as whom, why, how much, how it ended, and on demand everything that happened in it.
#[component]
pub fn HistoryRow(
    /// The session.
    entry: Entry,
    /// The time zone that it is told in.
    zone: Signal<String>,
) -> View {
    let end = of_end(&entry);
    let ended = entry.ended.map(|(at, _)| view! { <Moment at zone/> <br/> });
    // What opens says what is in it: without changes there may be other steps.
    let (none, what) = match entry.changed() {
        0 => (Some(history::no_changes()), history::what_happened().to_owned()),
        count => (None, history::count_of_changes(count)),
    };
    let access = entry.reached();
    let Entry { started, other, reason, steps, .. } = entry;
    let steps = (!steps.is_empty())
        .then(|| view! { <details><summary>{what}</summary><StepList steps zone/></details> });
    view! {
        <tr>
            <th scope="row" data-label=history::when()><Moment at=started zone/></th>
            <td data-label=history::acted_as()><bdi>{other.name}</bdi></td>
            <td data-label=history::reason()><bdi>{reason}</bdi></td>
            <td data-label=history::access()>{access.label()}</td>
            <td data-label=history::ended()><span>{ended} {end}</span></td>
            <td data-label=history::changes()><span>{none} {steps}</span></td>
        </tr>
    }
}
