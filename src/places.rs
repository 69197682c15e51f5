//! Finding members in a list.

use contract::CoworkerId;

/// Where members stand in a list, found by halving. The list may be of ten thousand.
#[derive(Debug, Default)]
pub struct Places(Vec<(CoworkerId, usize)>);

impl Places {
    /// Whoever stands there twice is found where they stand first.
    pub fn of(ids: impl Iterator<Item = CoworkerId>) -> Self {
        let mut places: Vec<_> = ids.zip(0..).collect();
        places.sort_unstable();
        places.dedup_by_key(|(id, _)| *id);
        Self(places)
    }

    /// The place of a member, from 0; `None` for who is not there.
    pub fn get(&self, id: CoworkerId) -> Option<usize> {
        let found = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.0.get(found).map(|(_, place)| *place)
    }

    /// How many different members there are.
    pub fn distinct(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn everybody_is_found_where_they_stand_first(ids in prop::collection::vec(0i64..30, 0..40)) {
            let places = Places::of(ids.iter().copied().map(CoworkerId));
            for id in 0..30 {
                prop_assert_eq!(places.get(CoworkerId(id)), ids.iter().position(|one| *one == id));
            }
            prop_assert_eq!(places.distinct(), (0..30).filter(|id| ids.contains(id)).count());
        }
    }
}
