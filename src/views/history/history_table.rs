//! All sessions as other people.

use super::history_row::HistoryRow;
use crate::markup::{View, view};
use crate::queries::use_time_zone;
use crate::session::Entry;
use leptos::prelude::*;
use words::history;

/// The sessions, the newest first.
#[component]
pub fn HistoryTable(
    /// The sessions, the oldest first.
    entries: Vec<Entry>,
) -> View {
    let zone = use_time_zone();
    let columns = [
        history::when(),
        history::acted_as(),
        history::reason(),
        history::access(),
        history::ended(),
        history::changes(),
    ];
    view! {
        <table class="history-table">
            <caption class="visually-hidden">{history::caption()}</caption>
            <thead>
                <tr>{columns.map(|name| view! { <th scope="col">{name}</th> })}</tr>
            </thead>
            <tbody>
                {entries.into_iter().rev().map(|entry| view! { <HistoryRow entry zone/> }).collect::<View>()}
            </tbody>
        </table>
    }
}
