//! Which rows are in the page, and where.

use super::MakeRow;
use super::heights::Heights;
use super::memory;
use super::moved::moved;
use super::shown::{SPACE, Shown, focus_quietly};
use crate::list_map::ListMap;
use crate::signal::Owners;
use crate::ui::focus::{focused, give_back};
use leptos::prelude::{Owner, untrack};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, Node};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Rows kept beyond what is seen on either side: what one scrolls to is there before it is seen.
const BEYOND: usize = 6;
/// The same as long as somebody leaps through the list, or another list has come: what is seen is there sooner.
const CLOSE: usize = 1;
/// Pixels a row is taken to be tall before one was laid out.
const ASSUMED: f64 = 64.0;
/// How often rows are put into the page, at most, until what is seen is full of them.
pub(super) const PASSES: usize = 8;
/// Rows that are printed, at most: more of them would take minutes.
const PRINTED: usize = 1_000;
/// The row of the headings is the first.
const HEADINGS: usize = 1;

/// The body of the table.
pub(super) struct Body {
    pub(super) element: Element,
    pub(super) scroller: Option<Element>,
    make: MakeRow,
    name: String,
    owners: Owners,
    pub(super) keys: RefCell<Arc<Vec<i64>>>,
    pub(super) heights: RefCell<Heights>,
    pub(super) shown: RefCell<ListMap<i64, Shown>>,
    /// They take the room of the rows that are not in the page.
    pub(super) spaces: RefCell<Vec<HtmlElement>>,
    /// Whether rows were shown before: the place that is remembered is gone to once.
    pub(super) began: Cell<bool>,
    /// Whether the page is being printed.
    printed: Cell<bool>,
    /// Whether rows beyond what is seen are still to be made.
    incomplete: Cell<bool>,
    /// The row that is about to have the focus.
    pub(super) next_focused: Cell<Option<usize>>,
}

impl Body {
    pub(super) fn new(element: Element, make: MakeRow, name: String, owner: Owner) -> Self {
        let scroller = element.closest(".rows-scroll").ok().flatten();
        Self {
            element,
            scroller,
            make,
            name,
            owners: Owners::beneath(owner),
            keys: RefCell::default(),
            heights: RefCell::new(Heights::new(0, ASSUMED)),
            shown: RefCell::default(),
            spaces: RefCell::default(),
            began: Cell::new(false),
            printed: Cell::new(false),
            incomplete: Cell::new(false),
            next_focused: Cell::new(None),
        }
    }

    /// Whether rows beyond what is seen were left for later: somebody asks for them with [`Body::complete`] when the list
    /// rests.
    pub(super) fn is_incomplete(&self) -> bool {
        self.incomplete.get()
    }

    /// Makes the rows that were left for later. Twice where the list lies elsewhere by now: what is seen comes first then,
    /// too.
    pub(super) fn complete(&self) {
        for _ in 0..2 {
            if self.incomplete.get() && self.element.is_connected() {
                self.lay_out_to_the_end();
            }
        }
    }

    /// Shows these rows instead of the ones before. Where a few came or went, what is looked at stays where it is: a press
    /// that was meant for one row does not hit another.
    pub(super) fn show(&self, keys: Arc<Vec<i64>>) {
        let had_focus = self.focused_row().and_then(|_| focused());
        let places = moved(&self.keys.borrow(), &keys).filter(|_| self.began.get());
        let place_now = |place: usize| places.as_ref()?.get(place).copied().flatten();
        let looked_at = self.looked_at(place_now);
        let mut heights = Heights::new(keys.len(), self.heights.borrow().assumed());
        for (place, height) in self.heights.borrow().measured() {
            if let Some(place) = place_now(place) {
                heights.measure(place, height);
            }
        }
        self.heights.replace(heights);
        self.keys.replace(keys);
        if looked_at.is_some() {
            // First those that stay, where they are now, so that none of them goes while what is seen is elsewhere.
            let mut stay = Vec::new();
            for shown in self.shown.borrow().values() {
                add(&mut stay, place_now(shown.place));
            }
            self.put(&stay);
            self.make_room(&stay);
            self.keep_in_place(looked_at);
        }
        self.lay_out();
        if self.keep_in_place(looked_at) {
            self.lay_out();
        }
        if let Some(origin) = had_focus.filter(|_| focused().is_none()) {
            self.give_focus_back(&origin);
        }
        if !self.began.get() && !self.keys.borrow().is_empty() {
            self.began.set(true);
            if let Some(place) = memory::recall(&self.name) {
                self.go_to(place);
            }
        }
    }

    /// Scrolls so that a row lies as far below the top of what is seen as it did. True where it did not.
    fn keep_in_place(&self, looked_at: Option<(usize, f64)>) -> bool {
        let Some((place, below)) = looked_at else { return false };
        let shift = self.heights.borrow().top(place) - self.seen().0 - below;
        let moved = shift.abs() >= 1.0;
        if moved {
            self.scroll_by(shift);
        }
        moved
    }

    /// A browser takes the focus from what is moved, and from what is gone. It never goes to another row: a key that was
    /// meant for the one that is gone would change somebody else.
    fn give_focus_back(&self, origin: &HtmlElement) {
        if origin.is_connected() {
            return focus_quietly(origin);
        }
        if let Some(list) = self.scroller.as_ref().and_then(|scroller| scroller.dyn_ref()) {
            focus_quietly(list);
        }
        if focused().is_none() {
            give_back(None);
        }
    }

    /// Somebody has scrolled, or the window has another size.
    pub(super) fn follow(&self) {
        if self.element.is_connected() {
            self.lay_out_to_the_end();
            memory::remember(&self.name, self.place());
        }
    }

    /// Lays the rows out. Whoever is at the end stays there: where the last rows are taller than assumed, they have not
    /// reached it yet.
    fn lay_out_to_the_end(&self) {
        let at_end = self.is_at_end();
        self.lay_out();
        for _ in 0..PASSES {
            if !at_end || self.is_at_end() {
                break;
            }
            self.scroll_by(f64::from(i16::MAX));
            self.lay_out();
        }
    }

    /// The page is printed from now on, or no longer: paper does not scroll, so all rows are in it.
    pub(super) fn print(&self, printed: bool) {
        self.printed.set(printed);
        if self.element.is_connected() {
            self.lay_out();
        }
    }

    /// Takes every row away. The focus must not go with them, nor with what scrolls.
    pub(super) fn clear(&self) {
        let around = self.scroller.as_ref().unwrap_or(&self.element);
        if focused().is_some_and(|focused| around.contains(Some(&focused))) {
            give_back(None);
        }
        for (_, gone) in self.shown.take() {
            gone.take_away(&self.owners);
        }
    }

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
        if self.printed.get() && rows <= PRINTED {
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

    pub(super) fn key(&self, place: usize) -> Option<i64> {
        self.keys.borrow().get(place).copied()
    }

    /// The place of the row with the focus; `None` too when it is no row of the list any more.
    pub(super) fn focused_row(&self) -> Option<usize> {
        let focused = focused().filter(|focused| self.element.contains(Some(focused)))?;
        let shown = self.shown.borrow();
        let (key, row) = shown.iter().find(|(_, shown)| shown.row.element.contains(Some(&focused)))?;
        let keys = self.keys.borrow();
        if keys.get(row.place) == Some(key) {
            return Some(row.place);
        }
        keys.iter().position(|one| one == key)
    }

    /// Makes these the rows in the page, in order. One that is there already is not touched unless the order changed.
    fn put(&self, wanted: &[usize]) {
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
fn add(places: &mut Vec<usize>, place: Option<usize>) {
    if let Some(place) = place
        && let Err(at) = places.binary_search(&place)
    {
        places.insert(at, place);
    }
}
