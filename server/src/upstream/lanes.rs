//! Several sets of connections to the upstream: over HTTP/2 each of them is one connection, with so many requests at a
//! time as the upstream takes. Whoever waits there for a free stream waits in vain while others read nothing of theirs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// How many there are.
const LANES: usize = 8;

/// So many requests under way and another is taken, while there is one: fewer than an upstream takes at a time, which is
/// usually a hundred and may be some thirty.
pub(super) const FULL: u32 = 24;

/// Something for each lane, and how many requests are under way with it.
pub(super) struct Lanes<T>([Lane<T>; LANES]);

struct Lane<T> {
    its: T,
    under_way: Arc<AtomicU32>,
}

impl<T> Lanes<T> {
    /// Makes what belongs to each.
    pub(super) fn new(make: impl Fn() -> T) -> Self {
        Self(std::array::from_fn(|_| Lane { its: make(), under_way: Arc::default() }))
    }

    /// The first lane that is not full, so that few connections do where few are needed, or else the emptiest.
    pub(super) fn choose(&self) -> (&T, Place) {
        let [first, rest @ ..] = &self.0;
        for lane in &self.0 {
            let one_more = |under_way| (under_way < FULL).then_some(under_way + 1);
            if lane.under_way.fetch_update(Relaxed, Relaxed, one_more).is_ok() {
                return (&lane.its, Place(Arc::clone(&lane.under_way)));
            }
        }
        let load = |lane: &Lane<T>| lane.under_way.load(Relaxed);
        let emptiest =
            rest.iter().fold(first, |best, lane| if load(lane) < load(best) { lane } else { best });
        emptiest.under_way.fetch_add(1, Relaxed);
        (&emptiest.its, Place(Arc::clone(&emptiest.under_way)))
    }
}

/// A request under way; it no longer is when this is dropped.
pub(super) struct Place(Arc<AtomicU32>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn numbered() -> Lanes<usize> {
        let next = Cell::new(0);
        Lanes::new(|| next.replace(next.get() + 1))
    }

    #[test]
    fn the_next_lane_is_taken_when_the_ones_before_are_full_and_then_the_emptiest() {
        let lanes = numbered();
        let mut held = Vec::new();
        for expected in (0..LANES).flat_map(|lane| (0..FULL).map(move |_| lane)).chain(0..LANES) {
            let (lane, place) = lanes.choose();
            assert_eq!(*lane, expected);
            held.push(place);
        }
        drop(held.pop());
        assert_eq!(*lanes.choose().0, LANES - 1, "the emptiest");
    }

    #[test]
    fn a_place_is_free_again_when_its_request_is_over() {
        let lanes = numbered();
        let mut held: Vec<_> = (0..FULL).map(|_| lanes.choose().1).collect();
        assert_eq!(*lanes.choose().0, 1);
        held.pop();
        assert_eq!(*lanes.choose().0, 0);
    }
}
