//! `/user/impersonation-history`

use super::export;
use super::history_table::HistoryTable;
use super::moment::{day, iso};
use crate::session::{Entry, use_session};
use crate::ui::{Button, EmptyState, use_toaster};
use crate::views::download::download;
use crate::views::frame::Page;
use leptos::prelude::*;

/// What one did as others in this tab. While one acts as somebody it shows nothing: it is oneself's, not theirs.
/// Mounted anew for each person, and nothing is added to the list while one is oneself.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let session = use_session();
    let acting = session.snapshot().read_untracked().acting.is_some();
    let entries = session.ledger().read_untracked().entries().to_vec();
    let shown = if acting {
        view! {
            <EmptyState title="Not while you act as somebody else" text="Return to your account to see your history."/>
        }
        .into_any()
    } else if entries.is_empty() {
        view! { <EmptyState title="Nothing yet" text="When you act as somebody else, it is listed here."/> }
            .into_any()
    } else {
        view! { <Kept entries/> }.into_any()
    };
    view! { <Page title="Impersonation history"><div class="stack">{shown}</div></Page> }
}

#[component]
fn Kept(entries: Vec<Entry>) -> impl IntoView {
    let session = use_session();
    let toaster = use_toaster();
    let kept = StoredValue::new(entries.clone());
    let save =
        move |kind: &'static str, mime: &'static str, text: fn(&[Entry], &dyn Fn(_) -> String) -> String| {
            Callback::new(move |()| {
                let name = format!("impersonation-history-{}.{kind}", day(session.client().now()));
                if kept.with_value(|entries| download(&name, mime, &text(entries, &iso))).is_err() {
                    toaster.warn("This browser could not make the file.");
                }
            })
        };
    view! {
        <p class="muted">
            "This list is kept in this tab until you sign out. It is not an audit log: the location keeps its own record."
        </p>
        <div class="cluster">
            <Button on_press=save("csv", "text/csv;charset=utf-8", export::csv)>"Export as CSV"</Button>
            <Button on_press=save("json", "application/json", export::json)>"Export as JSON"</Button>
        </div>
        <HistoryTable entries/>
    }
}
