//! The names of a team's members, ready to be searched and sorted.

use super::row_model::{is_nameless, name_of};
use crate::places::Places;
use crate::views::finding::{Words, folded};
use contract::CoworkerId;
use contract::teams::Team;
use words::permissions as say;

/// Between name, company and id of a member, and after each member. No word that is sought holds white space.
const FIELD_END: char = '\t';
const ENTRY_END: char = '\n';

/// Everybody's name, company and id in one text, in the order of the team: one pass finds a word in all of them.
#[derive(Debug, Default)]
pub(super) struct Directory {
    text: String,
    /// Where the entry of each member ends.
    ends: Vec<usize>,
    places: Places,
    /// The places by name, then company, then id. Who has no name comes last.
    in_order: Vec<usize>,
    /// The places of those whose name another member has, too.
    twins: Vec<bool>,
    /// What members without a name are called in the language that was spoken.
    nameless: String,
}

impl Directory {
    pub(super) fn of(team: &Team) -> Self {
        let members = &team.all_team_members;
        let mut text = String::new();
        for member in members {
            for part in [&name_of(member), &member.company_name] {
                push_on_one_line(&mut text, part.trim());
                text.push(FIELD_END);
            }
            text.push('#');
            text.push_str(&member.id.0.to_string());
            text.push(ENTRY_END);
        }
        // All at once: what is beyond ASCII goes to the browser and back.
        let text = folded(&text);
        let ends = text.match_indices(ENTRY_END).map(|(at, _)| at + 1).collect();
        let mut directory = Self { text, ends, nameless: say::nameless_member(""), ..Self::default() };
        directory.places = Places::of(members.iter().map(|member| member.id));
        let entries = members.iter().enumerate();
        let mut by_name: Vec<_> =
            entries.map(|(place, member)| (is_nameless(member), directory.entry(place), place)).collect();
        by_name.sort();
        let in_order: Vec<usize> = by_name.into_iter().map(|(.., place)| place).collect();
        directory.twins = vec![false; members.len()];
        for pair in in_order.windows(2) {
            let [a, b] = *pair else { continue };
            if directory.name(a) == directory.name(b) {
                for place in [a, b] {
                    directory.twins.get_mut(place).into_iter().for_each(|twin| *twin = true);
                }
            }
        }
        directory.in_order = in_order;
        directory
    }

    /// Whether two readings of a team have the same people under the same names, in the same places.
    pub(super) fn is_the_same(before: &Team, after: &Team) -> bool {
        let (before, after) = (&before.all_team_members, &after.all_team_members);
        let same = |(a, b): (&contract::teams::Member, &contract::teams::Member)| {
            a.id == b.id && a.full_name == b.full_name && a.company_name == b.company_name
        };
        before.len() == after.len() && before.iter().zip(after).all(same)
    }

    /// Whether members without a name are called as they are called now.
    pub(super) fn is_in_this_language(&self) -> bool {
        self.nameless == say::nameless_member("")
    }

    /// Where in the team a member is.
    pub(super) fn place(&self, id: CoworkerId) -> Option<usize> {
        self.places.get(id)
    }

    pub(super) fn has_twin(&self, place: usize) -> bool {
        self.twins.get(place).is_some_and(|twin| *twin)
    }

    fn entry(&self, place: usize) -> &str {
        let start =
            place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    fn name(&self, place: usize) -> &str {
        self.entry(place).split(FIELD_END).next().unwrap_or_default()
    }

    /// The company; empty for none.
    pub(super) fn company(&self, place: usize) -> &str {
        self.entry(place).split(FIELD_END).nth(1).unwrap_or_default()
    }

    /// The places of all by name, then company, then id. Who has no name comes last.
    pub(super) fn in_order(&self) -> &[usize] {
        &self.in_order
    }

    /// For each place in the team whether all words are in the entry.
    pub(super) fn find(&self, words: &Words) -> Vec<bool> {
        let mut found = vec![true; self.ends.len()];
        for word in words.iter() {
            let mut matches = self.text.match_indices(word).map(|(at, _)| at).peekable();
            for (found, end) in found.iter_mut().zip(&self.ends) {
                let here = matches.next_if(|at| at < end).is_some();
                *found &= here;
                while matches.next_if(|at| at < end).is_some() {}
            }
        }
        found
    }
}

/// Adds a text with a space for each white space in it.
fn push_on_one_line(to: &mut String, text: &str) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        to.push_str(text);
    } else {
        to.extend(text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Roster;
    use super::*;
    use contract::Endpoint;
    use contract::teams::TeamProfile;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn team(members: &[(i64, &str, &str)]) -> Team {
        let members = members.iter().map(
            |(id, name, company)| serde_json::json!({ "Id": id, "FullName": name, "CompanyName": company }),
        );
        let team = serde_json::json!({ "Id": 1, "AllTeamMembers": members.collect::<Vec<_>>() });
        TeamProfile::read(&team.to_string()).unwrap()
    }

    fn found(team: &Team, typed: &str) -> Vec<usize> {
        let hits = Directory::of(team).find(&Words::new(typed));
        hits.iter().enumerate().filter(|(_, hit)| **hit).map(|(place, _)| place).collect()
    }

    #[test]
    fn members_are_found_by_name_company_and_id_in_any_order_of_words() {
        let team = team(&[(104, "Zoë Ng", "Acme"), (205, "Ana\tTab", "Blue\nSea"), (999, "", "")]);
        assert_eq!(found(&team, "ng zoe"), [0]);
        assert_eq!(found(&team, "ACME"), [0]);
        assert_eq!(found(&team, "205"), [1]);
        assert_eq!(found(&team, "#205"), [1], "as it stands beside a name that two have");
        assert_eq!(found(&team, "sea tab"), [1]);
        assert_eq!(found(&team, "acme ana"), [] as [usize; 0], "not over two members");
        assert_eq!(found(&team, ""), [0, 1, 2]);
        assert_eq!(found(&team, "member 999"), [2], "who has no name is found by what is shown in its place");
    }

    #[test]
    fn members_are_known_by_id_and_namesakes_are_told() {
        let team = team(&[(7, "Ana", ""), (3, "Bo", ""), (5, "aná", "Acme")]);
        let directory = Directory::of(&team);
        assert_eq!([7, 3, 5, 9].map(|id| directory.place(CoworkerId(id))), [Some(0), Some(1), Some(2), None]);
        assert_eq!([0, 1, 2].map(|place| directory.has_twin(place)), [true, false, true]);
        assert_eq!((directory.company(2), directory.company(0)), ("acme", ""));
    }

    #[test]
    fn what_was_made_ready_in_another_language_is_made_ready_anew() {
        let both = Roster::new(Arc::new(team(&[(9, "", ""), (7, "Bo", "")])), None);
        let team = Arc::new(team(&[(9, "", "")]));
        let english = Roster::new(team.clone(), Some(&both));
        assert!(Roster::new(team.clone(), Some(&english)).has_people_of(&english));
        let german = Directory { nameless: "Mitglied ".into(), ..Directory::of(&team) };
        let german = Roster { directory: Arc::new(german), ..english };
        let anew = Roster::new(team, Some(&german));
        assert!(!anew.has_people_of(&german));
        assert_eq!(anew.name_of_gone(CoworkerId(7)).as_deref(), Some("Bo"));
    }

    proptest! {
        #[test]
        fn one_pass_over_all_finds_what_looking_at_each_finds(
            names in prop::collection::vec("[abéΣİ\\u{301}\u{a0} ]{0,6}", 0..12), typed in "[abeσi ]{0,5}"
        ) {
            let members: Vec<_> = names.iter().enumerate().map(|(id, name)| (id as i64 + 1, name.as_str(), "")).collect();
            let (words, team) = (Words::new(&typed), team(&members));
            let each: Vec<usize> = members.iter().enumerate()
                .filter(|(place, (id, ..))| words.are_in(&folded(&format!("{} #{id}", name_of(&team.all_team_members[*place])))))
                .map(|(place, _)| place).collect();
            prop_assert_eq!(found(&team, &typed), each);
        }
    }
}
