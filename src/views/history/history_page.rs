//! `/user/impersonation-history`

use super::export;
use super::history_table::HistoryTable;
use super::moment::{day, iso};
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::session::{Entry, use_session};
use crate::signal::{Callback, StoredValue};
use crate::ui::{Button, EmptyState, use_toaster};
use crate::views::download::download;
use crate::views::frame::Page;
use leptos::prelude::*;
use words::history;

/// What one did as others in this tab. While one acts as somebody it shows nothing: it is oneself's, not theirs.
/// Mounted anew for each person, and nothing is added to the list while one is oneself. What a page before this one has left
/// is found a moment after it is there.
#[component]
pub fn HistoryPage() -> View {
    let session = use_session();
    let acting = session.snapshot().read_untracked().acting.is_some();
    let ledger = session.ledger();
    let entries = Memo::new(move |_| ledger.read().entries().to_vec());
    let shown = move || {
        let entries = entries.get();
        if acting {
            view! {
                <EmptyState title=history::while_acting() text=history::while_acting_text()/>
            }
        } else if entries.is_empty() {
            view! { <EmptyState title=history::nothing() text=history::nothing_text()/> }
        } else {
            view! { <Kept entries/> }
        }
    };
    view! { <Page title=history::title()><div class="stack">{shown}</div></Page> }
}

#[component]
fn Kept(entries: Vec<Entry>) -> View {
    let session = use_session();
    let toaster = use_toaster();
    let kept = StoredValue::new(entries.clone());
    let save =
        move |kind: &'static str, mime: &'static str, text: fn(&[Entry], &dyn Fn(_) -> String) -> String| {
            Callback::new(move |()| {
                let name = history::file_name(&day(session.client().now())) + kind;
                if kept.with_value(|entries| download(&name, mime, &text(entries, &iso))).is_err() {
                    toaster.warn(history::no_file());
                }
            })
        };
    view! {
        <p class="muted">{history::kept_here()}</p>
        <div class="cluster">
            <Button on_press=save(".csv", "text/csv;charset=utf-8", export::csv)>{history::export_csv()}</Button>
            <Button on_press=save(".json", "application/json", export::json)>{history::export_json()}</Button>
        </div>
        <HistoryTable entries/>
    }
}
