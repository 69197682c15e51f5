//! How tall rows are, and the room of those that are not in the page.

use super::body::Body;
use super::heights::Heights;
use super::shown::{Shown, space};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, Node};

impl Body {
    /// Learns how tall the rows in the page are. True when that moves others.
    pub(super) fn measure(&self) -> bool {
        let tall: Vec<(usize, f64)> = self.shown.borrow().values().filter_map(Shown::height).collect();
        let first = self.heights.borrow().rows() > 0 && !self.began.get();
        if first && let Some((_, height)) = tall.first() {
            // The first row that was ever laid out is what the others are taken to be like.
            let rows = self.heights.borrow().rows();
            self.heights.replace(Heights::new(rows, *height));
        }
        let mut heights = self.heights.borrow_mut();
        tall.into_iter().fold(first, |moved, (place, height)| heights.measure(place, height) | moved)
    }

    /// Takes the room of the rows that are not in the page.
    pub(super) fn make_room(&self, wanted: &[usize]) {
        let heights = self.heights.borrow();
        let mut rooms: Vec<(Option<usize>, f64)> = Vec::new();
        let mut end = 0;
        for place in wanted {
            if *place > end {
                rooms.push((Some(*place), heights.top(*place) - heights.top(end)));
            }
            end = place + 1;
        }
        if end < heights.rows() {
            rooms.push((None, heights.total() - heights.top(end)));
        }
        let mut spaces = self.spaces.borrow_mut();
        while spaces.len() < rooms.len() {
            let Some(space) = space() else { return };
            spaces.push(space);
        }
        let shown = self.shown.borrow();
        for (n, space) in spaces.iter().enumerate() {
            let Some((place, height)) = rooms.get(n) else {
                space.remove();
                continue;
            };
            let next = place.and_then(|place| shown.get(&self.key(place)?)).map(|shown| &shown.row.element);
            let there = match next {
                Some(next) => space.next_element_sibling().as_ref() == Some(next),
                None => self.element.last_element_child().as_ref() == Some(space),
            };
            if !there {
                let _ = self.element.insert_before(space, next.map(|next| next as &Node));
            }
            if let Some(cell) =
                space.first_element_child().and_then(|cell| cell.dyn_into::<HtmlElement>().ok())
            {
                let _ = cell
                    .style()
                    .set_property("block-size", &format!("{}px", height.round_ties_even() as i64));
            }
        }
    }
}
