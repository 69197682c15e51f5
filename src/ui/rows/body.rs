//! Which rows are in the page, and where.

use super::MakeRow;
use super::heights::Heights;
use super::layout::add;
use super::memory;
use super::moved::moved;
use super::shown::{Shown, focus_quietly};
use crate::list_map::ListMap;
use crate::signal::Owners;
use crate::ui::focus::{focused, give_back};
use leptos::prelude::Owner;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Pixels a row is taken to be tall before one was laid out.
const ASSUMED: f64 = 64.0;
/// How often rows are put into the page, at most, until what is seen is full of them.
pub(super) const PASSES: usize = 8;

/// The body of the table.
pub(super) struct Body {
    pub(super) element: Element,
    pub(super) scroller: Option<Element>,
    pub(super) make: MakeRow,
    name: String,
    pub(super) owners: Owners,
    pub(super) keys: RefCell<Arc<Vec<i64>>>,
    pub(super) heights: RefCell<Heights>,
    pub(super) shown: RefCell<ListMap<i64, Shown>>,
    /// They take the room of the rows that are not in the page.
    pub(super) spaces: RefCell<Vec<HtmlElement>>,
    /// Whether rows were shown before: the place that is remembered is gone to once.
    pub(super) began: Cell<bool>,
    /// Whether the page is being printed.
    pub(super) printed: Cell<bool>,
    /// Whether rows beyond what is seen are still to be made.
    pub(super) incomplete: Cell<bool>,
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
        let below = self.below();
        // Who sees the end of a short list without having scrolled is not there to stay.
        let at_end = below <= 1.0 && self.is_scrolled();
        self.lay_out();
        for _ in 0..PASSES {
            let more = self.below() - below;
            if !at_end || more < 1.0 {
                break;
            }
            self.scroll_by(more);
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
}
