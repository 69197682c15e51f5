//! A team as its table needs it: who is in it, who is shown, in which order, and what each row says.

mod arrange;
mod directory;
mod row_model;

use crate::list_map::ListMap;
use contract::CoworkerId;
use contract::teams::{Member, Team};
use directory::Directory;
use row_model::name_of;
use std::sync::Arc;

pub(super) use arrange::{arrange, counts, counts_with};
pub(super) use row_model::{Cell, Circumstances, RowModel, row_model};

/// A team with its names ready to be searched. As long as nobody joins, leaves or gets another name, a newer reading of
/// the team keeps them.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The team as last read.
    pub team: Arc<Team>,
    directory: Arc<Directory>,
    /// Who was in the team when it was read earlier.
    gone: Arc<ListMap<CoworkerId, String>>,
}

impl Roster {
    /// The roster of a team, on top of the one before.
    pub fn new(team: Arc<Team>, before: Option<&Self>) -> Self {
        if let Some(before) = before
            && before.directory.is_in_this_language()
            && Directory::is_the_same(&before.team, &team)
        {
            return Self { team, ..before.clone() };
        }
        let directory = Directory::of(&team);
        let mut gone = ListMap::new();
        if let Some(before) = before {
            gone.clone_from(&before.gone);
            let left = before.team.all_team_members.iter().filter(|one| directory.place(one.id).is_none());
            gone.extend(left.map(|one| (one.id, name_of(one))));
        }
        Self { team, directory: Arc::new(directory), gone: Arc::new(gone) }
    }

    /// The name by which nobody else of the team is called; `None` when nobody of this id is in it.
    pub fn called(&self, id: CoworkerId) -> Option<String> {
        let name = name_of(self.member(id)?);
        Some(if self.has_twin(id) { format!("{name} #{id}") } else { name })
    }

    /// What somebody was called who is not in the team any more.
    pub fn name_of_gone(&self, id: CoworkerId) -> Option<String> {
        self.gone.get(&id).cloned()
    }

    /// Whether both have the same people under the same names, in the same places.
    pub fn has_people_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.directory, &other.directory)
    }

    /// How many people are in the team.
    pub fn len(&self) -> usize {
        self.team.all_team_members.len()
    }

    /// A member by id.
    pub fn member(&self, id: CoworkerId) -> Option<&Member> {
        self.team.all_team_members.get(self.directory.place(id)?)
    }

    /// Whether another member has the same name.
    fn has_twin(&self, id: CoworkerId) -> bool {
        self.directory.place(id).is_some_and(|place| self.directory.has_twin(place))
    }
}

impl PartialEq for Roster {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.team, &other.team)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Endpoint;
    use contract::teams::TeamProfile;

    fn team(members: &str) -> Arc<Team> {
        let text = format!(r#"{{"Id":1,"AllTeamMembers":[{members}]}}"#);
        Arc::new(TeamProfile::read(&text).unwrap())
    }

    #[test]
    fn whoever_has_a_namesake_is_called_by_the_number_too_and_nobody_is_called_nothing() {
        let team = team(r#"{"Id":7,"FullName":"Ana"},{"Id":8,"FullName":" ana "},{"Id":9,"FullName":" "}"#);
        let roster = Roster::new(team, None);
        let called = [7, 8, 9, 10].map(|id| roster.called(CoworkerId(id)));
        assert_eq!(
            called,
            [Some("Ana #7"), Some("ana #8"), Some("Member 9"), None].map(|one| one.map(String::from))
        );
    }

    #[test]
    fn who_has_left_still_has_a_name_however_often_the_team_is_read_since() {
        const ANA: &str = r#"{"Id":7,"FullName":"Ana"}"#;
        let both = Roster::new(team(&format!(r#"{ANA},{{"Id":8,"FullName":"Bo"}}"#)), None);
        assert_eq!(both.name_of_gone(CoworkerId(8)), None);
        let one = Roster::new(team(ANA), Some(&both));
        let again = Roster::new(team(ANA), Some(&one));
        let nobody = Roster::new(team(""), Some(&again));
        for roster in [&one, &again, &nobody] {
            assert_eq!(roster.name_of_gone(CoworkerId(8)).as_deref(), Some("Bo"));
        }
    }
}
