//! Which rows are selected.

use contract::CoworkerId;

/// The selected members, also of those who are not shown at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// In the order of their ids.
    picked: Vec<CoworkerId>,
    /// Where a range begins: the row that was pressed last.
    anchor: Option<CoworkerId>,
}

impl Selection {
    /// Whether a member is selected.
    pub fn has(&self, member: CoworkerId) -> bool {
        self.picked.binary_search(&member).is_ok()
    }

    /// How many are selected.
    pub fn len(&self) -> usize {
        self.picked.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.picked.is_empty()
    }

    /// The selected members.
    pub fn members(&self) -> impl Iterator<Item = CoworkerId> {
        self.picked.iter().copied()
    }

    /// The member whose row was pressed last.
    pub fn last(&self) -> Option<CoworkerId> {
        self.anchor
    }

    /// Selects a member, or no longer.
    pub fn toggle(&mut self, member: CoworkerId) {
        match self.picked.binary_search(&member) {
            Ok(place) => drop(self.picked.remove(place)),
            Err(place) => self.picked.insert(place, member),
        }
        self.anchor = Some(member);
    }

    /// Makes all rows from the one that was pressed last to this one what this one becomes. `shown` is the order on the
    /// screen; without a row to begin from, or when that one is not shown, it is this row alone.
    pub fn extend_to(&mut self, member: CoworkerId, shown: &[CoworkerId]) {
        let place = |id: CoworkerId| shown.iter().position(|one| *one == id);
        let on = !self.has(member);
        let to = place(member);
        let (Some(from), Some(to)) = (self.anchor.and_then(place), to) else {
            return self.toggle(member);
        };
        let range = shown.get(from.min(to)..=from.max(to)).unwrap_or_default();
        if on {
            self.add(range);
        } else {
            self.remove(range);
        }
        self.anchor = Some(member);
    }

    /// Selects these too.
    pub fn add(&mut self, members: &[CoworkerId]) {
        self.picked.extend(members);
        self.picked.sort_unstable();
        self.picked.dedup();
    }

    /// These no longer.
    pub fn remove(&mut self, members: &[CoworkerId]) {
        let mut members = members.to_vec();
        members.sort_unstable();
        self.picked.retain(|member| members.binary_search(member).is_err());
    }

    /// Nobody.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets who is not in the team any more.
    pub fn retain(&mut self, is_there: impl Fn(CoworkerId) -> bool) {
        self.picked.retain(|member| is_there(*member));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: [CoworkerId; 5] =
        [CoworkerId(30), CoworkerId(10), CoworkerId(50), CoworkerId(20), CoworkerId(40)];

    fn picked(selection: &Selection) -> Vec<i64> {
        selection.members().map(|id| id.0).collect()
    }

    #[test]
    fn a_range_goes_from_the_row_pressed_last_in_the_order_on_the_screen_whichever_way() {
        let mut selection = Selection::default();
        selection.toggle(CoworkerId(20));
        selection.extend_to(CoworkerId(10), &SHOWN);
        assert_eq!(picked(&selection), [10, 20, 50]);
        selection.extend_to(CoworkerId(40), &SHOWN);
        assert_eq!(picked(&selection), [10, 20, 40, 50]);
    }

    #[test]
    fn a_range_that_ends_on_a_selected_row_is_unselected() {
        let mut selection = Selection::default();
        selection.add(&SHOWN);
        selection.toggle(CoworkerId(10));
        selection.extend_to(CoworkerId(20), &SHOWN);
        assert_eq!(picked(&selection), [30, 40]);
    }

    #[test]
    fn without_a_row_to_begin_from_a_range_is_one_row() {
        let mut selection = Selection::default();
        selection.extend_to(CoworkerId(50), &SHOWN);
        assert_eq!(picked(&selection), [50]);
        selection.extend_to(CoworkerId(40), &SHOWN[3..]);
        assert_eq!(picked(&selection), [40, 50], "the first row is not shown any more");
    }

    #[test]
    fn who_has_left_is_selected_no_longer() {
        let mut selection = Selection::default();
        selection.add(&SHOWN);
        selection.retain(|id| id != CoworkerId(50));
        assert!(!selection.has(CoworkerId(50)) && selection.len() == 4);
    }
}
