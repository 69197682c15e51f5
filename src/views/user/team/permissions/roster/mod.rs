//! A team as its table needs it: who is in it, who is shown, in which order, and what each row says.

mod arrange;
mod directory;
mod row_model;

use contract::CoworkerId;
use contract::teams::{Member, Team};
use directory::Directory;
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
}

impl Roster {
    /// The roster of a team, on top of the one before.
    pub fn new(team: Arc<Team>, before: Option<&Self>) -> Self {
        let kept = before.filter(|before| Directory::is_the_same(&before.team, &team));
        let directory = match kept {
            Some(before) => before.directory.clone(),
            None => Arc::new(Directory::of(&team)),
        };
        Self { team, directory }
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
