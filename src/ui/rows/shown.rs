//! What is in the body of the table: rows, and room for those that are not.

use super::Row;
use crate::signal::Owners;
use leptos::prelude::{Owner, document};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{FocusOptions, HtmlElement};

/// A row that is in the page.
pub(super) struct Shown {
    pub(super) place: usize,
    pub(super) row: Row,
    pub(super) owner: Owner,
}

impl Shown {
    /// Its place, and how far below its beginning the next row begins: a space between them belongs to it.
    pub(super) fn height(&self) -> Option<(usize, f64)> {
        let own = self.row.element.get_bounding_client_rect();
        let next = self.row.element.next_element_sibling();
        let next = next.map(|next| next.get_bounding_client_rect().top() - own.top());
        let height = next.filter(|height| *height > 0.0).unwrap_or_else(|| own.height());
        (height > 0.0).then_some((self.place, height))
    }

    pub(super) fn take_away(self, owners: &Owners) {
        self.row.element.remove();
        owners.give_back(self.owner);
    }
}

pub(super) const SPACE: &str = "rows-space";

/// A row without content that nobody is told of.
pub(super) fn space() -> Option<HtmlElement> {
    let row: HtmlElement = document().create_element("tr").ok()?.dyn_into().ok()?;
    row.set_class_name(SPACE);
    row.set_attribute("aria-hidden", "true").ok()?;
    row.append_child(document().create_element("td").ok()?.as_ref()).ok()?;
    Some(row)
}

pub(super) fn focus_quietly(element: &HtmlElement) {
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    let _ = element.focus_with_options(&still);
}
