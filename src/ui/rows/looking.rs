//! What is seen of the rows, and scrolling them.

use super::body::Body;
use super::memory::Place;
use leptos::prelude::window;
use leptos::web_sys::Element;

impl Body {
    /// The part of the body that is seen, in pixels from its top.
    pub(super) fn seen(&self) -> (f64, f64) {
        let body = self.element.get_bounding_client_rect().top();
        let height = window_height();
        let clip = self.scroller.as_ref().map(Element::get_bounding_client_rect);
        let (top, bottom) =
            clip.map_or((0.0, height), |clip| (clip.top().max(0.0), clip.bottom().min(height)));
        (top - body, bottom.max(top) - body)
    }

    /// The row that somebody looks at, of those that stay: its place from now on, and how far below the top of what is seen
    /// it is. Whoever has not scrolled looks at none but the one with the focus.
    pub(super) fn looked_at(&self, place_now: impl Fn(usize) -> Option<usize>) -> Option<(usize, f64)> {
        let (top, bottom) = self.seen();
        let below_headings = top + self.headings();
        let heights = self.heights.borrow();
        let is_seen = |place: &usize| heights.top(*place) < bottom && heights.top(place + 1) > below_headings;
        let focused = self.focused_row().filter(is_seen);
        let first = (below_headings >= 1.0).then(|| heights.at(below_headings)).into_iter();
        let seen = first.flat_map(|first| first..heights.rows()).take_while(is_seen);
        focused.into_iter().chain(seen).find_map(|place| Some((place_now(place)?, heights.top(place) - top)))
    }

    /// How much of the top of what is seen the headings cover.
    pub(super) fn headings(&self) -> f64 {
        // The cells stick to the upper edge, not the head around them.
        let head =
            self.element.parent_element().and_then(|table| table.query_selector("thead th").ok().flatten());
        let clip = self.scroller.as_ref().map(|scroller| scroller.get_bounding_client_rect().top().max(0.0));
        let covered = head.map(|head| head.get_bounding_client_rect().bottom() - clip.unwrap_or_default());
        covered.filter(|covered| *covered > 0.0 && *covered < 400.0).unwrap_or_default()
    }

    pub(super) fn scroll_by(&self, more: f64) {
        match self.scrolls() {
            Some(scroller) => scroller.set_scroll_top(scroller.scroll_top() + more.round() as i32),
            None => window().scroll_by_with_x_and_y(0.0, more),
        }
    }

    /// The list itself, where it scrolls and not the page.
    fn scrolls(&self) -> Option<&Element> {
        self.scroller.as_ref().filter(|scroller| scroller.scroll_height() > scroller.client_height())
    }

    /// Whether some of it was scrolled out of sight.
    pub(super) fn is_scrolled(&self) -> bool {
        self.scrolls().map_or_else(|| self.seen().0, |list| list.scroll_top().into()) > 0.0
    }

    /// How much of it is below what is seen: of the list where it scrolls, else of the page. Less than nothing where one
    /// is past its end.
    pub(super) fn below(&self) -> f64 {
        match self.scrolls() {
            Some(list) => (list.scroll_height() - list.client_height() - list.scroll_top()).into(),
            None => self.element.get_bounding_client_rect().bottom() - window_height(),
        }
    }

    /// Where it is scrolled to.
    pub(super) fn place(&self) -> Place {
        let (top, _) = self.seen();
        let heights = self.heights.borrow();
        let row = heights.at((top + self.headings()).max(0.0));
        Place { row, hidden: top - heights.top(row), page: window().scroll_y().unwrap_or_default() }
    }

    pub(super) fn go_to(&self, place: Place) {
        window().scroll_to_with_x_and_y(window().scroll_x().unwrap_or_default(), place.page);
        let wanted = self.heights.borrow().top(place.row) + place.hidden;
        self.scroll_by(wanted - self.seen().0);
        self.lay_out();
    }
}

fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0)
}
