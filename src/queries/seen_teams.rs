//! Which teams each of a person's profiles administered when this browser last saw it.
//!
//! The API says of the profile one is on what it administers, and of no other. What was seen is a hint where to look for
//! a team, never a right: it is ids alone, and the server decides.

use contract::{CoworkerId, TeamId, UserId, json, record};
use leptos::prelude::window;
use web_sys::Storage;

const KEY: &str = "portal.seen-teams";
/// The most profiles that are kept, of all people who use this browser; those that were seen first go first.
const MOST_PROFILES: usize = 64;
/// The most teams that are kept of a profile.
const MOST_TEAMS: usize = 100;

/// What was seen of all profiles, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SeenTeams {
    profiles: Vec<Seen>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    user: UserId,
    profile: CoworkerId,
    teams: Vec<TeamId>,
}

record!(SeenTeams { "profiles" => profiles });
record!(Seen { needs "user" => user, "profile" => profile; "teams" => teams });

impl SeenTeams {
    /// What this browser has kept; nothing where it keeps nothing.
    pub(super) fn load() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        kept.and_then(|text| json::read(&text).ok()).unwrap_or_default()
    }

    /// Keeps it. A full or forbidden storage only means that nothing is known next time.
    pub(super) fn save(&self) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, &json::write(self));
        }
    }

    /// A profile administers these teams and no other. Whether that is news.
    pub(super) fn note(&mut self, user: UserId, profile: CoworkerId, teams: Vec<TeamId>) -> bool {
        let mut now = Seen { user, profile, teams };
        now.teams.truncate(MOST_TEAMS);
        let place = self.profiles.iter().position(|seen| (seen.user, seen.profile) == (user, profile));
        let before = place.map(|place| self.profiles.remove(place));
        if now.teams.is_empty() {
            return before.is_some();
        }
        let news = before.as_ref() != Some(&now);
        self.profiles.push(now);
        let spare = self.profiles.len().saturating_sub(MOST_PROFILES);
        self.profiles.drain(..spare);
        news
    }

    /// What a profile administered when it was last seen; `None` where it was not seen.
    pub(super) fn of(&self, user: UserId, profile: CoworkerId) -> Option<&[TeamId]> {
        let seen = self.profiles.iter().find(|seen| (seen.user, seen.profile) == (user, profile));
        seen.map(|seen| &*seen.teams)
    }

    /// The profiles of this person that administered a team when they were last seen.
    pub(super) fn administering(&self, user: UserId, team: TeamId) -> Vec<CoworkerId> {
        let here = self.profiles.iter().filter(|seen| seen.user == user && seen.teams.contains(&team));
        here.map(|seen| seen.profile).collect()
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ME: UserId = UserId(1);
    const HERE: TeamId = TeamId(5);

    fn seen(teams: &[(i64, i64, &[i64])]) -> SeenTeams {
        let mut all = SeenTeams::default();
        for (user, profile, teams) in teams {
            all.note(UserId(*user), CoworkerId(*profile), teams.iter().copied().map(TeamId).collect());
        }
        all
    }

    #[test]
    fn what_a_profile_administers_is_what_was_seen_last() {
        assert_eq!(
            seen(&[(1, 11, &[5]), (1, 12, &[6, 5])]).administering(ME, HERE),
            [11, 12].map(CoworkerId)
        );
        assert_eq!(seen(&[(1, 11, &[5]), (1, 11, &[6])]).administering(ME, HERE), []);
        assert_eq!(seen(&[(1, 11, &[5]), (1, 11, &[])]), SeenTeams::default(), "nothing is kept of it");
    }

    #[test]
    fn nobody_is_told_what_another_person_administers() {
        assert_eq!(seen(&[(2, 11, &[5])]).administering(ME, HERE), []);
    }

    #[test]
    fn what_is_known_already_is_no_news() {
        let mut all = seen(&[(1, 11, &[5])]);
        assert!(!all.note(ME, CoworkerId(11), vec![HERE]));
        assert!(!all.note(ME, CoworkerId(12), vec![]));
        assert!(all.note(ME, CoworkerId(11), vec![]));
    }

    #[test]
    fn what_is_kept_is_ids_and_anything_else_is_nothing() {
        let all = seen(&[(1, 11, &[5, 6])]);
        let text = json::write(&all);
        assert_eq!(text, r#"{"profiles":[{"user":1,"profile":11,"teams":[5,6]}]}"#);
        assert_eq!(json::read(&text), Ok(all));
        assert_eq!(json::read(r#"{"profiles":[{"user":1}]}"#), Ok(SeenTeams::default()));
    }

    proptest! {
        #[test]
        fn it_never_grows_beyond_its_bounds_and_always_knows_the_last_one(
            notes in prop::collection::vec((1i64..9, 1i64..99, 1usize..300), 1..300)
        ) {
            let mut all = SeenTeams::default();
            for (user, profile, teams) in notes {
                all.note(UserId(user), CoworkerId(profile), (1..=teams).map(|id| TeamId(id as i64)).collect());
                prop_assert!(all.profiles.len() <= MOST_PROFILES);
                prop_assert!(all.profiles.iter().all(|seen| seen.teams.len() <= MOST_TEAMS));
                prop_assert!(all.administering(UserId(user), TeamId(1)).contains(&CoworkerId(profile)));
            }
        }
    }
}
