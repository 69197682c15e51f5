//! One's own profiles, in the order in which they are offered.

use crate::session::{Identity, Target};
use crate::views::finding::folded;
use crate::views::kind_name;
use contract::CoworkerId;
use contract::coworkers::Profile;
use words::profiles;

/// One of one's own profiles, as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedProfile {
    /// The `coworkerId`.
    pub id: CoworkerId,
    /// The name; never empty.
    pub name: String,
    /// The kind of customer in one word, when it is known.
    pub kind: Option<&'static str>,
    /// The company; empty where there is none, or where it is the name.
    pub company: String,
    /// Whether another one looks the same, so that only the id tells them apart.
    pub has_twin: bool,
    /// Whether it can be taken. One that is not active can not.
    pub active: bool,
    /// Whether it is the one that the session is on.
    pub current: bool,
    /// Whether it is the one that was used last on this device.
    pub last_used: bool,
    /// All of it without case and accents, to be searched.
    pub sought: String,
}

impl ListedProfile {
    fn of(profile: &Profile, current: CoworkerId) -> Self {
        let (name, company) = (profile.full_name.trim(), profile.company_name.trim());
        let name = if name.is_empty() { profiles::profile(&profile.id.to_string()) } else { name.to_owned() };
        let company = if company == name { String::new() } else { company.to_owned() };
        let kind = profile.kind().map(kind_name);
        let sought = folded(&format!("{name} {company} {} #{}", kind.unwrap_or_default(), profile.id));
        Self {
            id: profile.id,
            name,
            kind,
            company,
            has_twin: false,
            active: profile.is_available(),
            current: profile.id == current,
            last_used: false,
            sought,
        }
    }

    /// The profile, to be taken: called by its id, too, where nothing else tells it apart.
    pub fn target(&self) -> Target {
        let Self { id, name, has_twin, .. } = self;
        Target { id: *id, name: if *has_twin { format!("{name} #{id}") } else { name.clone() } }
    }

    /// What is seen of it apart from the id: white space runs together, and few see a difference in case or accents.
    fn look(&self) -> (String, Option<&'static str>, String) {
        let seen = |text: &str| folded(text).split_whitespace().collect::<Vec<_>>().join(" ");
        (seen(&self.name), self.kind, seen(&self.company))
    }
}

/// All profiles of an account, each once: those that were used on this device, the last one first; then the current one;
/// then the others by name; then those that are not active, in the same order.
///
/// `used` names those that were used on this device, the last one first.
pub fn listed(person: &Identity, used: &[CoworkerId]) -> Vec<ListedProfile> {
    let mut all: Vec<_> = person
        .profiles
        .iter()
        .map(|profile| ListedProfile::of(profile, person.profile))
        .map(|profile| (profile.look(), profile))
        .collect();
    all.sort_by_key(|(_, profile)| profile.id);
    all.dedup_by_key(|(_, profile)| profile.id);
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    let looks: Vec<_> = all.iter().map(|(look, _)| look.clone()).collect();
    let twin = |place: usize| {
        let here = looks.get(place);
        let next = looks.get(place + 1);
        next.is_some() && here == next
    };
    let mut profiles: Vec<ListedProfile> = (0..)
        .zip(all)
        .map(|(place, (_, profile))| {
            let has_twin = twin(place) || place.checked_sub(1).is_some_and(twin);
            ListedProfile { has_twin, last_used: used.first() == Some(&profile.id), ..profile }
        })
        .collect();
    // Those that are equal in this stay in the order of names.
    profiles.sort_by_key(|profile| {
        let recent = used.iter().position(|id| *id == profile.id).unwrap_or(used.len());
        (!profile.active, recent, !profile.current)
    });
    profiles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::finding::Words;
    use contract::UserId;
    use proptest::prelude::*;

    fn profile(id: i64, name: &str, company: &str, active: bool, kind: i64) -> Profile {
        Profile {
            id: CoworkerId(id),
            full_name: name.into(),
            company_name: company.into(),
            active: Some(active),
            is_default_profile: None,
            coworker_type: Some(kind),
        }
    }

    fn person(profiles: Vec<Profile>, current: i64) -> Identity {
        Identity {
            user: UserId(1),
            email: String::new(),
            profile: CoworkerId(current),
            is_operator: false,
            name: String::new(),
            company: String::new(),
            kind: None,
            location: String::new(),
            profiles,
        }
    }

    fn ids(profiles: &[ListedProfile]) -> Vec<i64> {
        profiles.iter().map(|profile| profile.id.0).collect()
    }

    #[test]
    fn the_last_used_comes_first_then_the_current_one_then_the_names_and_the_inactive_last() {
        let profiles = vec![
            profile(1, "zoë", "", true, 1),
            profile(2, "Ana", "", false, 1),
            profile(3, "Bo", "", true, 1),
            profile(4, "Élan", "", true, 1),
            profile(5, "Eda", "", true, 1),
        ];
        let list = listed(&person(profiles.clone(), 1), &[]);
        assert_eq!(ids(&list), [1, 3, 5, 4, 2]);
        assert!(list.iter().all(|profile| !profile.last_used));
        let list = listed(&person(profiles.clone(), 1), &[4, 3].map(CoworkerId));
        assert_eq!(ids(&list), [4, 3, 1, 5, 2]);
        assert_eq!(list.iter().map(|profile| profile.last_used).filter(|last| *last).count(), 1);
        assert!(list[0].last_used && list[2].current);
        // One that was used and is not active any more is not offered before others.
        assert_eq!(ids(&listed(&person(profiles, 1), &[CoworkerId(2)])), [1, 3, 5, 4, 2]);
    }

    #[test]
    fn only_those_that_look_the_same_are_told_apart_by_their_ids() {
        let profiles = vec![
            profile(1, "Ana  Lee", "Acme", true, 1),
            profile(2, "ana lee ", "ACME", true, 1),
            profile(3, "Ana Lee", "Acme", true, 2),
            profile(4, "Ana Lee", "Apex", true, 1),
        ];
        let mut list = listed(&person(profiles, 1), &[]);
        list.sort_by_key(|profile| profile.id);
        assert_eq!(
            list.iter().map(|profile| profile.has_twin).collect::<Vec<_>>(),
            [true, true, false, false]
        );
        let names: Vec<_> = list.iter().map(|profile| profile.target().name).collect();
        assert_eq!(names, ["Ana  Lee #1", "ana lee #2", "Ana Lee", "Ana Lee"]);
    }

    #[test]
    fn a_profile_without_a_name_has_one_and_a_company_that_is_the_name_is_said_once() {
        let list = listed(&person(vec![profile(7, " \u{a0}", "", true, 1)], 7), &[]);
        assert_eq!(list[0].name, "Profile 7");
        let list = listed(&person(vec![profile(7, "Acme", " Acme", true, 2)], 7), &[]);
        assert_eq!((list[0].name.as_str(), list[0].company.as_str()), ("Acme", ""));
    }

    #[test]
    fn a_profile_is_found_by_name_company_kind_and_number() {
        let list = listed(&person(vec![profile(700, "Zoë Ng", "Møller & Søn", true, 2)], 700), &[]);
        for typed in ["zoe", "NG zo", "moller", "company", "#700", "700 son"] {
            assert!(Words::new(typed).are_in(&list[0].sought), "{typed}");
        }
        assert!(!Words::new("individual").are_in(&list[0].sought));
    }

    fn profiles() -> impl Strategy<Value = Vec<Profile>> {
        let one = (0i64..40, "[aAé ]{0,2}", "[bB]{0,1}", any::<bool>(), 1i64..3);
        let one =
            one.prop_map(|(id, name, company, active, kind)| profile(id, &name, &company, active, kind));
        prop::collection::vec(one, 0..40)
    }

    proptest! {
        #[test]
        fn every_profile_is_there_once_in_the_promised_order(
            profiles in profiles(), current in 0i64..40, used in prop::collection::vec((0i64..40).prop_map(CoworkerId), 0..4)
        ) {
            let list = listed(&person(profiles.clone(), current), &used);
            let mut shown = ids(&list);
            shown.sort_unstable();
            let mut all: Vec<i64> = profiles.iter().map(|profile| profile.id.0).collect();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(shown, all);
            for pair in list.windows(2) {
                let [a, b] = pair else { unreachable!() };
                let place = |profile: &ListedProfile| {
                    let recent = used.iter().position(|id| *id == profile.id).unwrap_or(used.len());
                    (!profile.active, recent, !profile.current, profile.look(), profile.id)
                };
                prop_assert!(place(a) <= place(b));
            }
        }

        #[test]
        fn no_two_can_be_mistaken_for_each_other(profiles in profiles()) {
            let list = listed(&person(profiles, 1), &[]);
            for one in &list {
                let alike = list.iter().filter(|other| other.look() == one.look()).count();
                prop_assert_eq!(one.has_twin, alike > 1);
            }
        }
    }
}
