//! The members whom one can act as, ready to be searched.

use crate::views::finding::folded;
use crate::views::isolated;
use contract::CoworkerId;
use contract::teams::{Member, Team};
use std::sync::Arc;
use words::profiles;

/// A member, once, with the teams they are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The `coworkerId`.
    pub id: CoworkerId,
    /// The name; never empty.
    pub name: String,
    /// The names of the teams.
    pub teams: Vec<String>,
    /// False for members who have left; `None` when unknown.
    pub active: Option<bool>,
    /// Whether somebody else has the same name, so that only the id tells them apart.
    pub has_twin: bool,
    /// All that can be sought, without case and accents.
    pub sought: String,
    /// The name without case and accents.
    order: String,
}

impl Candidate {
    fn of(member: &Member, team: &str) -> Self {
        let Member { id, full_name, company_name, email, active, .. } = member;
        let name = match full_name.trim() {
            "" => profiles::member(&id.to_string()),
            name => name.to_owned(),
        };
        Self {
            id: *id,
            sought: folded(&format!("{name} {company_name} {email} #{id}")),
            order: folded(&name),
            name,
            teams: vec![team.to_owned()],
            active: *active,
            has_twin: false,
        }
    }

    /// The name by which nobody else is called.
    pub fn called(&self) -> String {
        self.name.clone() + &self.twin()
    }

    /// What the name is followed by where it does not do; else empty.
    pub fn twin(&self) -> String {
        if self.has_twin { format!(" #{}", self.id) } else { String::new() }
    }

    /// What tells the member from others: the teams and, where the name does not do, the id.
    pub fn meta(&self) -> String {
        let teams = self.teams.iter().cloned().map(isolated).collect::<Vec<_>>().join(", ");
        if self.has_twin { teams + " ·" + &self.twin() } else { teams }
    }
}

/// All members of some teams: team after team, by name within each. So nobody changes places when another team is added
/// at the end, and whoever is in several teams stands with the first.
pub fn candidates<'a>(teams: impl Iterator<Item = &'a Arc<Team>>) -> Vec<Candidate> {
    let members = |(place, team): (usize, &'a Arc<Team>)| {
        team.all_team_members.iter().map(move |member| (member, place, &team.name))
    };
    let mut all: Vec<_> = teams.enumerate().flat_map(members).collect();
    // Everybody's teams beside each other, in their order.
    all.sort_by_key(|(member, ..)| member.id);
    let mut found = Vec::new();
    for one in all.chunk_by(|(a, ..), (b, ..)| a.id == b.id) {
        let [(member, first, team), more @ ..] = one else { continue };
        let mut candidate = Candidate::of(member, team);
        for (_, _, team) in more {
            if candidate.teams.last() != Some(*team) {
                candidate.teams.push((*team).clone());
            }
        }
        found.push((*first, candidate));
    }
    found.sort_by(|(first, a), (other, b)| (first, &a.order, a.id).cmp(&(other, &b.order, b.id)));
    let mut found = found.into_iter().map(|(_, candidate)| candidate).collect::<Vec<_>>();
    mark_twins(&mut found);
    found
}

fn mark_twins(found: &mut [Candidate]) {
    let mut names: Vec<(String, usize)> =
        (0..).zip(&*found).map(|(place, one)| (one.order.clone(), place)).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        let [(name, a), (other, b)] = pair else { continue };
        if name == other {
            for place in [a, b] {
                found.get_mut(*place).into_iter().for_each(|one| one.has_twin = true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::finding::Words;
    use contract::Endpoint;
    use contract::teams::MyTeams;
    use proptest::prelude::*;

    fn teams(records: &str) -> Vec<Arc<Team>> {
        let list = MyTeams::read(&format!(r#"{{"Records":[{records}]}}"#)).unwrap();
        list.records.into_iter().map(Arc::new).collect()
    }

    const BLUE: &str = r#"{"Id":1,"Name":"Blue","AllTeamMembers":[{"Id":7,"FullName":"Zoë Ng","CompanyName":"Acme"},{"Id":8,"FullName":"Ana"}]}"#;
    const RED: &str = r#"{"Id":2,"Name":"Red","AllTeamMembers":[{"Id":9,"FullName":"ana"},{"Id":7,"FullName":"Zoë Ng"},{"Id":7},{"Id":5}]}"#;

    #[test]
    fn a_member_of_two_teams_is_one_candidate_and_names_both() {
        let found = candidates(teams(&format!("{BLUE},{RED}")).iter());
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Ana", "Zoë Ng", "ana", "Member 5"]);
        assert_eq!(found[1].teams, ["Blue", "Red"]);
    }

    #[test]
    fn members_of_one_name_are_told_apart() {
        let found = candidates(teams(&format!("{BLUE},{RED}")).iter());
        assert_eq!(found.iter().map(|one| one.has_twin).collect::<Vec<_>>(), [true, false, true, false]);
        assert_eq!([0, 1, 2].map(|place| found[place].called()), ["Ana #8", "Zoë Ng", "ana #9"]);
    }

    #[test]
    fn part_of_a_name_or_company_finds_a_member_whatever_the_case() {
        let found = candidates(teams(BLUE).iter());
        for typed in ["zoë", "NG", "ng zo", "acme", "  ", "#7"] {
            assert!(Words::new(typed).are_in(&found[1].sought), "{typed}");
        }
        assert!(!Words::new("ana").are_in(&found[1].sought));
    }

    proptest! {
        #[test]
        fn whoever_is_shown_keeps_the_place_when_another_team_comes(
            teams in prop::collection::vec(prop::collection::vec((0i64..20, "[aA]{0,2}"), 0..8), 1..6)
        ) {
            let teams: Vec<Arc<Team>> = (1..).zip(teams).map(|(id, members)| {
                let members: Vec<String> = members
                    .iter()
                    .map(|(id, name)| format!(r#"{{"Id":{id},"FullName":"{name}"}}"#))
                    .collect();
                let text = format!(r#"{{"Id":{id},"Name":"T{id}","AllTeamMembers":[{}]}}"#, members.join(","));
                Arc::new(contract::json::read(&text).unwrap())
            }).collect();
            let all: Vec<CoworkerId> = candidates(teams.iter()).iter().map(|one| one.id).collect();
            for some in 0..teams.len() {
                let before: Vec<CoworkerId> = candidates(teams.iter().take(some)).iter().map(|one| one.id).collect();
                prop_assert_eq!(&all[..before.len()], &before[..]);
            }
            let mut once = all.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), all.len());
        }
    }
}
