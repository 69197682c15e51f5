//! Which of one's other profiles may open a team that the present one cannot.

use crate::session::Identity;
use contract::CoworkerId;
use contract::coworkers::Profile;

/// The other profiles that can be taken, by what is known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Candidates {
    /// They administer the team, as far as one can tell.
    pub(super) administer: Vec<Profile>,
    /// Nothing is known of them.
    pub(super) perhaps: Vec<Profile>,
    /// How many others cannot open it either.
    pub(super) cannot: usize,
}

impl Candidates {
    /// Sorts one's other profiles: those in `known` administer the team, those in `cannot` did not when they were asked.
    pub(super) fn of(own: &Identity, known: &[CoworkerId], cannot: &[CoworkerId]) -> Self {
        let mut found = Self::default();
        for profile in own.choices().filter(|profile| profile.id != own.profile) {
            if known.contains(&profile.id) {
                found.administer.push(profile.clone());
            } else if cannot.contains(&profile.id) {
                found.cannot += 1;
            } else {
                found.perhaps.push(profile.clone());
            }
        }
        found
    }

    /// Whether there is nobody to offer.
    pub(super) fn is_empty(&self) -> bool {
        self.administer.is_empty() && self.perhaps.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Endpoint;
    use contract::coworkers::ListProfiles;
    use proptest::prelude::*;

    fn own(profiles: i64, inactive: &[i64]) -> Identity {
        let profiles: Vec<String> = (1..=profiles)
            .map(|id| {
                format!(r#"{{"Id":{id},"IsDefaultProfile":{},"Active":{}}}"#, id == 1, !inactive.contains(&id))
            })
            .collect();
        let body = format!(r#"{{"User":{{"Id":9}},"Profiles":[{}]}}"#, profiles.join(","));
        Identity::read(ListProfiles::read(&body).unwrap()).unwrap()
    }

    fn ids(profiles: &[Profile]) -> Vec<i64> {
        profiles.iter().map(|profile| profile.id.0).collect()
    }

    #[test]
    fn who_is_known_to_administer_it_is_offered_apart_from_those_of_whom_nothing_is_known() {
        let found = Candidates::of(&own(4, &[]), &[CoworkerId(3)], &[CoworkerId(4)]);
        assert_eq!((ids(&found.administer), ids(&found.perhaps), found.cannot), (vec![3], vec![2], 1));
    }

    #[test]
    fn what_was_read_now_counts_more_than_what_was_read_before() {
        let found = Candidates::of(&own(2, &[]), &[CoworkerId(2)], &[CoworkerId(2)]);
        assert_eq!((ids(&found.administer), found.cannot), (vec![2], 0));
    }

    #[test]
    fn inactive_profiles_and_other_peoples_are_never_offered() {
        let found = Candidates::of(&own(3, &[2, 3]), &[CoworkerId(2), CoworkerId(77)], &[]);
        assert!(found.is_empty());
    }

    proptest! {
        #[test]
        fn every_other_profile_is_offered_once_or_known_not_to_open_it_and_the_present_one_never(
            count in 1i64..40,
            known in prop::collection::vec(1i64..50, 0..9),
            cannot in prop::collection::vec(1i64..50, 0..9),
        ) {
            let [known, cannot] = [known, cannot].map(|ids| ids.into_iter().map(CoworkerId).collect::<Vec<_>>());
            let found = Candidates::of(&own(count, &[]), &known, &cannot);
            let mut offered = ids(&found.administer);
            offered.extend(ids(&found.perhaps));
            prop_assert_eq!(offered.len() + found.cannot, usize::try_from(count - 1).unwrap());
            prop_assert!(!offered.contains(&1));
            offered.sort_unstable();
            offered.dedup();
            prop_assert_eq!(offered.len() + found.cannot, usize::try_from(count - 1).unwrap());
        }
    }
}
