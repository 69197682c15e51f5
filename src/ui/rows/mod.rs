//! The rows of a long table, of which only those near what is seen are in the page.

mod body;
mod heights;
mod keys;
mod layout;
mod looking;
mod memory;
mod moved;
mod room;
mod shown;

use crate::markup::{Listener, NodeRef, Timer, View, view};
use crate::signal::{Signal, StoredValue, effect, on_cleanup};
use body::Body;
pub use layout::MOST_PRINTED;
use leptos::web_sys::{Element, KeyboardEvent};
use leptos::{html, prelude::*};
use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// How long nobody leaps through the list before the rows beyond what is seen are made.
const RESTS: Duration = Duration::from_millis(100);

/// Whether some rows of the page's lists are not in it, so that the browser's own search does not find them.
pub fn rows_are_left_out() -> bool {
    document().query_selector(".rows-space").is_ok_and(|found| found.is_some())
}

/// Forgets where a list was scrolled to: what it shows now is another one.
pub fn forget_place(name: &str) {
    memory::forget(name);
}

/// A row that is in the page: its `tr`, and what keeps it up to date for as long as it is.
pub struct Row {
    /// The row.
    pub element: Element,
    /// Effects and the like; dropped with the row.
    pub alive: Box<dyn Any>,
}

/// Makes the row of a key.
pub type MakeRow = Rc<dyn Fn(i64) -> Option<Row>>;

/// The body of a table with any number of rows.
///
/// A row that is in the page is never moved or made anew while it is near, and the row that has the focus stays however
/// far one scrolls, so the focus is not lost and never comes to lie on another row; when its row goes, it goes to what
/// scrolls. Every row says its place in the whole
/// by `aria-rowindex` (from 2: the first is the headings'). The arrows up and down, Page up and Page down, and Ctrl with
/// Home and End move the focus to the same control of another row, in the page or not.
///
/// On paper all of up to [`MOST_PRINTED`] rows are there.
///
/// Rows may have any heights; it learns them. Columns must have widths that do not depend on the rows, which come and go
/// while somebody is about to press what is in another one. What scrolls is the closest ancestor of class `rows-scroll`,
/// or the page where that does not scroll.
#[component]
pub fn Rows(
    /// The keys of all rows, in order. None comes twice.
    keys: Signal<Arc<Vec<i64>>>,
    /// Makes a row.
    make: StoredValue<MakeRow>,
    /// Under which name the place that was scrolled to is remembered, until the page is loaded again.
    remembered_as: StoredValue<String>,
) -> View {
    let node = NodeRef::<html::Tbody>::new();
    let body = StoredValue::new(None::<Rc<Body>>);
    let rest = StoredValue::new(None::<Timer>);
    let with_body = move |act: &dyn Fn(&Body)| {
        let Some(Some(held)) = body.try_get_value() else { return };
        act(&held);
        if held.is_incomplete() {
            let complete = move || {
                if let Some(Some(held)) = body.try_get_value() {
                    held.complete();
                }
            };
            rest.set_value(Some(Timer::new(RESTS, complete)));
        }
    };
    // Not the effect's, which is cleaned up each time the rows are others.
    let owner = Owner::current().unwrap_or_default();
    effect(move || {
        let Some(element) = node.get() else { return };
        let keys = keys.get();
        if body.read_value().is_none() {
            body.set_value(Some(Rc::new(Body::new(
                element.into(),
                make.get_value(),
                remembered_as.get_value(),
                owner.clone(),
            ))));
        }
        untrack(|| with_body(&|body| body.show(keys.clone())));
    });
    // Scrolling does not bubble; it is heard on the way down, also that of what is around the table.
    let listen = |name| Listener::early(window().into(), name, move |_| with_body(&Body::follow));
    let print =
        |name, printed| Listener::new(window().into(), name, move |_| with_body(&|body| body.print(printed)));
    let listeners = StoredValue::new(vec![
        listen("scroll"),
        listen("resize"),
        print("beforeprint", true),
        print("afterprint", false),
    ]);
    on_cleanup(move || {
        let _ = listeners.try_update_value(Vec::clear);
        if let Some(Some(body)) = body.try_get_value() {
            body.clear();
        }
    });
    let keydown = move |event: KeyboardEvent| with_body(&|body| body.press(&event));
    view! { <tbody node_ref=node on:keydown=keydown></tbody> }
}
