//! What keys do in the rows.

use super::body::{Body, PASSES};
use crate::ui::focus::focused;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

const CONTROLS: &str = "button, input, a[href]";

impl Body {
    /// Moves the focus to the same control of another row.
    pub(super) fn press(&self, event: &KeyboardEvent) {
        if event.alt_key() || event.meta_key() || event.shift_key() || event.default_prevented() {
            return;
        }
        let Some(place) = self.focused_row() else { return };
        let last = self.keys.borrow().len().saturating_sub(1);
        let (top, bottom) = self.seen();
        let page = self.heights.borrow().window(top, bottom, 0).len().saturating_sub(2).max(1);
        let to = match (event.key().as_str(), event.ctrl_key()) {
            ("ArrowDown", false) => place + 1,
            ("ArrowUp", false) => place.saturating_sub(1),
            ("PageDown", false) => place + page,
            ("PageUp", false) => place.saturating_sub(page),
            ("Home", true) => 0,
            ("End", true) => last,
            _ => return,
        };
        event.prevent_default();
        let column = self.controls(place).iter().position(|control| focused().as_ref() == Some(control));
        let to = to.min(last);
        // In the page also where it cannot be brought into sight, in a list that hangs below the window.
        self.next_focused.set(Some(to));
        self.bring(to);
        let controls = self.controls(to);
        if let Some(control) = column.and_then(|column| controls.get(column)).or(controls.first()) {
            let _ = control.focus();
        }
        self.next_focused.set(None);
    }

    fn controls(&self, place: usize) -> Vec<HtmlElement> {
        let shown = self.shown.borrow();
        let row = self.key(place).and_then(|key| shown.get(&key));
        let Some(found) = row.and_then(|shown| shown.row.element.query_selector_all(CONTROLS).ok()) else {
            return Vec::new();
        };
        (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
    }

    /// Scrolls until a row is seen whole, or its beginning where it is taller than what is seen. Rows on the way may turn
    /// out taller than they were taken to be.
    fn bring(&self, place: usize) {
        for pass in 0..PASSES {
            let (before, bottom) = self.seen();
            let top = before + self.headings();
            let (start, end) = {
                let heights = self.heights.borrow();
                (heights.top(place), heights.top(place + 1))
            };
            let is_above = start < top || end - start > bottom - top;
            let more = if is_above { start - top } else { (end - bottom).max(0.0) };
            if more.abs() >= 1.0 {
                self.scroll_by(more);
            }
            // It is there, or the list goes no further.
            let stays = (self.seen().0 - before).abs() < 1.0;
            if !stays || pass == 0 || self.is_incomplete() {
                self.lay_out();
            }
            if stays {
                return;
            }
        }
    }
}
