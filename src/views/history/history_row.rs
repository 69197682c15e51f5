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
    let changes = match entry.changed() {
        0 => history::no_changes().to_owned(),
        count => history::count_of_changes(count),
    };
    let Entry { started, other, reason, access, steps, .. } = entry;
    let what = if steps.is_empty() {
        view! { <span>{changes}</span> }
    } else {
        view! { <details><summary>{changes}</summary><StepList steps zone/></details> }
    };
    view! {
        <tr>
            <th scope="row" data-label=history::when()><Moment at=started zone/></th>
            <td data-label=history::acted_as()><bdi>{other.name}</bdi></td>
            <td data-label=history::reason()><bdi>{reason}</bdi></td>
            <td data-label=history::access()>{access.label()}</td>
            <td data-label=history::ended()><span>{ended} {end}</span></td>
            <td data-label=history::changes()>{what}</td>
        </tr>
    }
}
