//! Which of one's other profiles may open a team that the present one cannot.

use crate::views::auth::sign_in::ListedProfile;
use contract::CoworkerId;

/// The other profiles that can be taken, by what is known of them, each in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Candidates {
    /// They administer the team, as far as one can tell.
    pub(super) administer: Vec<ListedProfile>,
    /// Nothing is known of them.
    pub(super) perhaps: Vec<ListedProfile>,
    /// How many others cannot open it either.
    pub(super) cannot: usize,
}

impl Candidates {
    /// Sorts one's profiles: those in `known` administer the team, those in `cannot` did not when they were asked. The
    /// present one and those that are not active are no candidates.
    pub(super) fn of(profiles: Vec<ListedProfile>, known: &[CoworkerId], cannot: &[CoworkerId]) -> Self {
        let mut found = Self::default();
        for profile in profiles.into_iter().filter(|profile| profile.active && !profile.current) {
            if known.contains(&profile.id) {
                found.administer.push(profile);
            } else if cannot.contains(&profile.id) {
                found.cannot += 1;
            } else {
                found.perhaps.push(profile);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Profiles 1 to `count`, of which the first is the current one.
    fn profiles(count: i64, inactive: &[i64]) -> Vec<ListedProfile> {
        let profile = |id| ListedProfile {
            id: CoworkerId(id),
            name: format!("P{id}"),
            kind: None,
            company: String::new(),
            has_twin: false,
            active: !inactive.contains(&id),
            current: id == 1,
            last_used: false,
            sought: String::new(),
        };
        (1..=count).map(profile).collect()
    }

    fn ids(profiles: &[ListedProfile]) -> Vec<i64> {
        profiles.iter().map(|profile| profile.id.0).collect()
    }

    #[test]
    fn who_is_known_to_administer_it_is_offered_apart_from_those_of_whom_nothing_is_known() {
        let found = Candidates::of(profiles(4, &[]), &[CoworkerId(3)], &[CoworkerId(4)]);
        assert_eq!((ids(&found.administer), ids(&found.perhaps), found.cannot), (vec![3], vec![2], 1));
    }

    #[test]
    fn what_was_read_now_counts_more_than_what_was_read_before() {
        let found = Candidates::of(profiles(2, &[]), &[CoworkerId(2)], &[CoworkerId(2)]);
        assert_eq!((ids(&found.administer), found.cannot), (vec![2], 0));
    }

    #[test]
    fn profiles_that_are_not_active_and_those_of_other_people_are_never_offered() {
        let found = Candidates::of(profiles(3, &[2, 3]), &[CoworkerId(2), CoworkerId(77)], &[]);
        assert_eq!(found, Candidates::default());
    }

    proptest! {
        #[test]
        fn every_other_profile_is_offered_once_or_known_not_to_open_it_and_the_present_one_never(
            count in 1i64..40,
            known in prop::collection::vec(1i64..50, 0..9),
            cannot in prop::collection::vec(1i64..50, 0..9),
        ) {
            let [known, cannot] = [known, cannot].map(|ids| ids.into_iter().map(CoworkerId).collect::<Vec<_>>());
            let found = Candidates::of(profiles(count, &[]), &known, &cannot);
            let mut offered = ids(&found.administer);
            offered.extend(ids(&found.perhaps));
            offered.sort_unstable();
            offered.dedup();
            prop_assert_eq!(offered.len() + found.cannot, usize::try_from(count - 1).unwrap());
            prop_assert!(!offered.contains(&1));
        }
    }
}
