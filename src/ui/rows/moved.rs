//! Where the rows of a list are in the next one.

/// From so many rows that came or went on, it is another list.
const FEW: usize = 25;

/// For each row of a list its place in the next one, where only a few came or went and the others keep their order;
/// `None` for one that went. Nothing at all where it is another list, or the same rows in another order.
pub fn moved(before: &[i64], now: &[i64]) -> Option<Vec<Option<usize>>> {
    let mut places = Vec::with_capacity(before.len());
    let (mut at, mut gone) = (0, 0);
    for key in before {
        let next = now.get(at..).unwrap_or_default().iter().take(FEW + 1).position(|one| one == key);
        let place = next.map(|came| at + came);
        places.push(place);
        match place {
            Some(place) => at = place + 1,
            None => gone += 1,
        }
        if gone > FEW || (place.is_none() && now.contains(key)) {
            return None;
        }
    }
    let came = now.len() + gone - before.len();
    (came + gone <= FEW).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whoever_stays_is_found_where_others_have_come_and_gone() {
        assert_eq!(moved(&[1, 2, 3], &[9, 1, 3, 4]), Some(vec![Some(1), None, Some(2)]));
        assert_eq!(moved(&[], &[1]), Some(vec![]));
        assert_eq!(moved(&[1], &[]), Some(vec![None]));
    }

    #[test]
    fn many_who_come_or_go_or_another_order_make_another_list() {
        let (all, few): (Vec<i64>, Vec<i64>) = ((0..100).collect(), (0..100).step_by(2).collect());
        assert_eq!((moved(&all, &few), moved(&few, &all)), (None, None));
        let turned: Vec<i64> = (0..100).rev().collect();
        assert_eq!((moved(&all, &turned), moved(&[1, 2, 3], &[3, 2, 1])), (None, None));
    }

    proptest! {
        #[test]
        fn a_place_that_is_told_is_where_the_row_is_and_they_keep_their_order(
            before in prop::collection::btree_set(0i64..40, 0..40), now in prop::collection::vec(0i64..40, 0..40)
        ) {
            let before: Vec<i64> = before.into_iter().collect();
            if let Some(places) = moved(&before, &now) {
                prop_assert_eq!(places.len(), before.len());
                let told: Vec<usize> = places.iter().flatten().copied().collect();
                prop_assert!(told.is_sorted_by(|a, b| a < b));
                for (key, place) in before.iter().zip(&places) {
                    prop_assert!(place.is_none_or(|place| now[place] == *key));
                }
            }
        }
    }
}
