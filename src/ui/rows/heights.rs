//! Where the rows of a long list are, although only a few of them were ever laid out.

use std::ops::Range;

/// The heights of all rows of a list: measured where a row was laid out, assumed where it was not. Finding the row at a
/// place, the place of a row, and noting a height each take steps by the logarithm of the number of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heights {
    assumed: f64,
    rows: usize,
    /// How much taller than assumed the rows are: a tree of partial sums (Fenwick), from 1.
    sums: Vec<f64>,
    measured: Vec<f64>,
}

impl Heights {
    /// So many rows, none of which was measured.
    pub fn new(rows: usize, assumed: f64) -> Self {
        Self { assumed: assumed.max(1.0), rows, sums: vec![0.0; rows + 1], measured: vec![0.0; rows] }
    }

    /// What a row is taken to be as long as it was not measured.
    pub fn assumed(&self) -> f64 {
        self.assumed
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows that are known to be taller or shorter than assumed, with their heights.
    pub fn measured(&self) -> impl Iterator<Item = (usize, f64)> {
        let others = self.measured.iter().enumerate().filter(|(_, more)| **more != 0.0);
        others.map(|(row, more)| (row, self.assumed + more))
    }

    /// Notes the height of a row. True when that moves the rows after it.
    pub fn measure(&mut self, row: usize, height: f64) -> bool {
        let Some(slot) = self.measured.get_mut(row) else { return false };
        let more = height - self.assumed - *slot;
        if more.abs() < 0.5 {
            return false;
        }
        *slot += more;
        let mut at = row + 1;
        while let Some(sum) = self.sums.get_mut(at) {
            *sum += more;
            at += at & at.wrapping_neg();
        }
        true
    }

    /// How far from the top a row begins; past the last one it is where the list ends.
    pub fn top(&self, row: usize) -> f64 {
        let row = row.min(self.rows);
        let (mut more, mut at) = (0.0, row);
        while at > 0 {
            more += self.sums.get(at).copied().unwrap_or_default();
            at &= at - 1;
        }
        row as f64 * self.assumed + more
    }

    /// How tall all rows are together.
    pub fn total(&self) -> f64 {
        self.top(self.rows)
    }

    /// The row at a place: the last one that begins there or above it.
    pub fn at(&self, place: f64) -> usize {
        let (mut row, mut top) = (0, 0.0);
        let mut step = self.rows.checked_ilog2().map_or(0, |log| 1_usize << log);
        while step > 0 {
            let next = row + step;
            if let Some(more) = self.sums.get(next) {
                let end = top + step as f64 * self.assumed + more;
                if end <= place {
                    (row, top) = (next, end);
                }
            }
            step >>= 1;
        }
        row.min(self.rows.saturating_sub(1))
    }

    /// The rows that touch what is seen from `top` to `bottom`, and some beyond on either side.
    pub fn window(&self, top: f64, bottom: f64, beyond: usize) -> Range<usize> {
        if self.rows == 0 {
            return 0..0;
        }
        let first = self.at(top.max(0.0)).saturating_sub(beyond);
        let last = self.at(bottom.max(0.0)) + 1 + beyond;
        first..last.min(self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unmeasured_rows_are_as_tall_as_assumed() {
        let heights = Heights::new(10_000, 60.0);
        assert_eq!(heights.total(), 600_000.0);
        assert_eq!((heights.at(0.0), heights.at(59.9), heights.at(60.0), heights.at(1e9)), (0, 0, 1, 9_999));
        assert_eq!(heights.window(600.0, 1_200.0, 2), 8..23);
        assert_eq!(heights.window(-50.0, 10.0, 2), 0..3);
    }

    #[test]
    fn nothing_is_nowhere() {
        let heights = Heights::new(0, 60.0);
        assert_eq!((heights.total(), heights.at(10.0), heights.window(0.0, 500.0, 3)), (0.0, 0, 0..0));
    }

    proptest! {
        #[test]
        fn rows_are_where_adding_up_all_heights_puts_them(
            rows in 1usize..70, assumed in 1u32..50, measured in prop::collection::vec((0usize..80, 1u32..200), 0..40), place in 0u32..4000
        ) {
            let mut heights = Heights::new(rows, f64::from(assumed));
            let mut plain = vec![f64::from(assumed); rows];
            for (row, height) in measured {
                heights.measure(row, f64::from(height));
                if let Some(slot) = plain.get_mut(row) {
                    *slot = f64::from(height);
                }
            }
            let tops: Vec<f64> = plain.iter().scan(0.0, |top, height| { let at = *top; *top += height; Some(at) }).collect();
            for (row, top) in tops.iter().enumerate() {
                prop_assert_eq!(heights.top(row), *top);
            }
            prop_assert_eq!(heights.total(), plain.iter().sum::<f64>());
            let expected = tops.iter().rposition(|top| *top <= f64::from(place)).unwrap();
            prop_assert_eq!(heights.at(f64::from(place)), expected);
            let window = heights.window(f64::from(place), f64::from(place) + 100.0, 0);
            prop_assert!(window.contains(&expected));
        }
    }
}
