//! One session as another person.

use super::moment::Moment;
use super::step_list::StepList;
use super::words::of_end;
use crate::session::Entry;
use leptos::prelude::*;

/// A row: when, as whom, why, how much, how it ended, and on demand everything that happened in it.
#[component]
pub fn HistoryRow(
    /// The session.
    entry: Entry,
) -> impl IntoView {
    let end = of_end(&entry);
    let ended = entry.ended.map(|(at, _)| view! { <Moment at/> <br/> });
    let changes = match entry.changed() {
        0 => "None".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    let Entry { started, other, reason, access, steps, .. } = entry;
    let what = if steps.is_empty() {
        view! { <span>{changes}</span> }.into_any()
    } else {
        view! { <details><summary>{changes}</summary><StepList steps/></details> }.into_any()
    };
    view! {
        <tr>
            <th scope="row" data-label="When"><Moment at=started/></th>
            <td data-label="As"><bdi>{other.name}</bdi></td>
            <td data-label="Reason"><bdi>{reason}</bdi></td>
            <td data-label="Access">{access.label()}</td>
            <td data-label="Ended"><span>{ended} {end}</span></td>
            <td data-label="Changes">{what}</td>
        </tr>
    }
}
