//! Putting rows into the page, and taking them out.

use super::body::{Body, PASSES};
use super::shown::{SPACE, Shown};
use crate::list_map::ListMap;
use leptos::prelude::untrack;
use leptos::web_sys::Node;

/// Rows kept beyond what is seen on either side: what one scrolls to is there before it is seen.
const BEYOND: usize = 6;
/// The same as long as somebody leaps through the list, or another list has come: what is seen is there sooner.
const CLOSE: usize = 1;
/// Rows that are printed, at most: more of them would take minutes.
pub const MOST_PRINTED: usize = 1_000;
/// The row of the headings is the first.
const HEADINGS: usize = 1;

impl Body {
    /// Puts the rows near what is seen into the page, and takes the others out.
    pub(super) fn lay_out(&self) {
        let (top, bottom) = self.seen();
        let beyond = if self.has_leapt(top, bottom) { CLOSE } else { BEYOND };
        self.incomplete.set(beyond < BEYOND);
        // Again where rows are not as tall as assumed, so that more or fewer of them are needed.
        for _ in 0..PASSES {
            let (top, bottom) = self.seen();
            let edge = top + self.headings();
            let first = self.heights.borrow().at(edge.max(0.0));
            let was = self.heights.borrow().top(first);
            let wanted = self.wanted(top, bottom, beyond);
            self.put(&wanted);
            // Before anything is measured: a browser that finds the list shorter scrolls it back.
            self.make_room(&wanted);
            if !self.measure() {
                return;
            }
            self.make_room(&wanted);
            // Rows above what is seen that turn out taller or shorter do not move what is seen. A browser has moved it
            // already where the list became too short for where it was scrolled to.
            let shift = self.heights.borrow().top(first) - was - (self.seen().0 - top);
            if edge > 0.0 && shift.abs() >= 1.0 {
                self.scroll_by(shift);
            }
        }
    }

    /// Whether most rows that are seen are not in the page.
    fn has_leapt(&self, top: f64, bottom: f64) -> bool {
        let (heights, shown) = (self.heights.borrow(), self.shown.borrow());
        let seen = heights.window(top, bottom, 0);
        let there = seen.clone().filter_map(|place| shown.get(&self.key(place)?)).count();
        there * 2 < seen.len()
    }

    /// The places of the rows that belong into the page: so many beyond what is seen, and the others that are near as far
    /// as they are there.
    fn wanted(&self, top: f64, bottom: f64, beyond: usize) -> Vec<usize> {
        let rows = self.heights.borrow().rows();
        if self.printed.get() && rows <= MOST_PRINTED {
            return (0..rows).collect();
        }
        let close = self.heights.borrow().window(top, bottom, beyond);
        let is_there = |place| self.key(place).is_some_and(|key| self.shown.borrow().get(&key).is_some());
        let near = self.heights.borrow().window(top, bottom, BEYOND);
        let mut wanted: Vec<usize> = near.filter(|place| close.contains(place) || is_there(*place)).collect();
        add(&mut wanted, self.focused_row());
        add(&mut wanted, self.next_focused.get());
        wanted
    }

    /// Makes these the rows in the page, in order. One that is there already is not touched unless the order changed.
    pub(super) fn put(&self, wanted: &[usize]) {
        let mut before = self.shown.take();
        let mut now = ListMap::new();
        for place in wanted {
            let Some(key) = self.key(*place) else { continue };
            let known = before.remove(&key);
            let moved = known.as_ref().is_none_or(|known| known.place != *place);
            let shown =
                known.map(|shown| Shown { place: *place, ..shown }).or_else(|| self.make(key, *place));
            let Some(shown) = shown else { continue };
            if moved {
                let _ = shown.row.element.set_attribute("aria-rowindex", &(place + HEADINGS + 1).to_string());
            }
            if let Some(twice) = now.insert(key, shown) {
                twice.take_away(&self.owners);
            }
        }
        for (_, gone) in before {
            gone.take_away(&self.owners);
        }
        let mut next = self.element.first_element_child();
        for place in wanted {
            let shown = self.key(*place).and_then(|key| now.get(&key));
            let Some(element) = shown.map(|shown| &shown.row.element) else { continue };
            while next.as_ref().is_some_and(|next| next.class_name() == SPACE) {
                next = next.and_then(|space| space.next_element_sibling());
            }
            if next.as_ref() == Some(element) {
                next = element.next_element_sibling();
            } else {
                let _ = self.element.insert_before(element, next.as_deref().map(|next| next as &Node));
            }
        }
        self.shown.replace(now);
    }

    fn make(&self, key: i64, place: usize) -> Option<Shown> {
        let owner = self.owners.take();
        let Some(row) = untrack(|| owner.with(|| (self.make)(key))) else {
            self.owners.give_back(owner);
            return None;
        };
        Some(Shown { place, row, owner })
    }
}

/// Adds a place, if there is one, to those that are in order.
pub(super) fn add(places: &mut Vec<usize>, place: Option<usize>) {
    if let Some(place) = place
        && let Err(at) = places.binary_search(&place)
    {
        places.insert(at, place);
    }
}
