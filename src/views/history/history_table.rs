//! All sessions as other people.

use super::history_row::HistoryRow;
use crate::session::Entry;
use leptos::prelude::*;

/// The sessions, the newest first.
#[component]
pub fn HistoryTable(
    /// The sessions, the oldest first.
    entries: Vec<Entry>,
) -> impl IntoView {
    let columns = ["When", "As", "Reason", "Access", "Ended", "Changes"];
    view! {
        <table class="history-table">
            <caption class="visually-hidden">"Sessions as other people"</caption>
            <thead>
                <tr>{columns.map(|name| view! { <th scope="col">{name}</th> })}</tr>
            </thead>
            <tbody>
                {entries.into_iter().rev().map(|entry| view! { <HistoryRow entry/> }).collect_view()}
            </tbody>
        </table>
    }
}
