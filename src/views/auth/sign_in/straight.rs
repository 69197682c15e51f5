//! Going straight on with the profile that this device always uses.

use super::profile_list::ListedProfile;
use crate::session::Target;
use crate::views::isolated;
use contract::CoworkerId;
use words::profiles;

/// What follows from the profile that this device always uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Straight {
    /// There is none: the person chooses.
    Choose,
    /// The person is on it already, and goes on.
    GoOn(Target),
    /// It is taken first.
    Take(Target),
    /// It is not active now, so the person chooses.
    Inactive(String),
    /// The account has it no more: it is forgotten, and the person chooses.
    Gone,
}

impl Straight {
    /// What to tell somebody who chooses all the same.
    pub fn note(&self) -> Option<String> {
        let name = |name: &str| isolated(name.to_owned());
        match self {
            Self::Choose => None,
            Self::GoOn(target) | Self::Take(target) => Some(profiles::always_but_failed(&name(&target.name))),
            Self::Inactive(profile) => Some(profiles::always_but_inactive(&name(profile))),
            Self::Gone => Some(profiles::always_but_gone().to_owned()),
        }
    }
}

/// What to do for somebody who has just signed in and has these profiles.
pub fn straight(profiles: &[ListedProfile], always: Option<CoworkerId>) -> Straight {
    let Some(always) = always else { return Straight::Choose };
    match profiles.iter().find(|profile| profile.id == always) {
        None => Straight::Gone,
        Some(profile) if !profile.active => Straight::Inactive(profile.name.clone()),
        Some(profile) if profile.current => Straight::GoOn(profile.target()),
        Some(profile) => Straight::Take(profile.target()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn profile(id: i64, active: bool, current: bool) -> ListedProfile {
        ListedProfile {
            id: CoworkerId(id),
            name: format!("Profile {id}"),
            kind: None,
            company: String::new(),
            has_twin: false,
            active,
            current,
            last_used: false,
            sought: String::new(),
        }
    }

    #[test]
    fn without_a_choice_made_before_everybody_chooses() {
        assert_eq!(straight(&[profile(1, true, true)], None), Straight::Choose);
    }

    #[test]
    fn one_goes_on_takes_it_or_is_told_why_not() {
        let profiles = [profile(1, true, true), profile(2, true, false), profile(3, false, false)];
        let to = |id| straight(&profiles, Some(CoworkerId(id)));
        assert_eq!(to(1), Straight::GoOn(profiles[0].target()));
        assert_eq!(to(2), Straight::Take(profiles[1].target()));
        assert_eq!(to(3), Straight::Inactive("Profile 3".into()));
        assert_eq!(to(4), Straight::Gone);
    }

    proptest! {
        #[test]
        fn only_what_can_be_taken_is_taken(
            profiles in prop::collection::vec((any::<bool>(), any::<bool>()), 0..8), always in 0i64..10
        ) {
            let profiles: Vec<_> =
                (0..).zip(profiles).map(|(id, (active, current))| profile(id, active, current)).collect();
            if let Straight::GoOn(target) | Straight::Take(target) = straight(&profiles, Some(CoworkerId(always))) {
                prop_assert!(profiles.iter().any(|profile| profile.id == target.id && profile.active));
                prop_assert_eq!(target.id.0, always);
            }
        }
    }
}
