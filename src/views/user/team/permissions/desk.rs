//! What the parts of the page share.

use super::many::Selection;
use super::roster::{Circumstances, Roster, RowModel, arrange, counts, counts_with, row_model};
use super::saving::{Aim, Saving, use_many_are_changed, use_saving};
use crate::api::Epoch;
use crate::list_map::ListMap;
use crate::markup::NodeRef;
use crate::memo::Memo;
use crate::queries::{Field, Record, Value, use_queries};
use crate::routes::MembersView;
use crate::session::{Snapshot, Target, use_snapshot};
use crate::signal::{RwSignal, Signal, effect};
use crate::views::isolated;
use contract::teams::Team;
use contract::{CoworkerId, TeamId};
use leptos::html::Input;
use leptos::prelude::*;
use std::sync::Arc;

/// The team on the page: what was read, who is shown of it, what is wanted of it, and which dialog is open.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Its id.
    pub team: TeamId,
    /// The team as last read. Never `None` while the table is there.
    pub roster: Memo<Option<Roster>>,
    /// What is wanted and not saved yet.
    pub saving: Saving,
    /// Which members are shown, and in which order they are.
    pub view: RwSignal<MembersView>,
    /// Where members are sought.
    pub search: NodeRef<Input>,
    /// Those members. They stay where they are while they are changed: only another view, or who comes and goes, makes
    /// it anew.
    pub shown: Memo<Arc<Vec<CoworkerId>>>,
    /// How many of those members have each permission.
    pub counts: Memo<[usize; 6]>,
    /// Those who are selected for a change to many.
    pub selection: RwSignal<Selection>,
    /// Which dialog is open.
    pub asked: RwSignal<Option<Asked>>,
    /// Whom to act as.
    pub target: RwSignal<Option<Target>>,
    many_are_changed: Signal<bool>,
    /// The other teams one administers that members are in, by name.
    elsewhere: Memo<Arc<ListMap<CoworkerId, String>>>,
    snapshot: Signal<Arc<Snapshot>>,
}

/// What a dialog asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All that can be changed of a member.
    Manage(CoworkerId),
    /// Whether a member shall no longer administer the team.
    Dismiss(CoworkerId),
    /// Whether a member shall leave the team.
    Remove(CoworkerId),
    /// Who shall come into the team.
    Add,
    /// Whether many members shall be changed.
    Many(Wanted),
    /// From whom permissions are taken over.
    CopyFrom,
}

/// What is wanted of many members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// As the person sees it.
    pub aim: Aim,
    /// As it is saved.
    pub fields: Vec<(Field, Value)>,
}

/// The desk of a team, which was read for the person of this epoch. `elsewhere` is where else members are.
pub fn use_desk(
    team: TeamId,
    epoch: Epoch,
    read: Signal<Option<Arc<Team>>>,
    view: RwSignal<MembersView>,
    elsewhere: Memo<Arc<ListMap<CoworkerId, String>>>,
) -> Desk {
    let queries = use_queries();
    let roster = Memo::new(move |_| {
        // That of an earlier visit, too: putting thousands in order takes longer than all else here.
        let before: Option<Roster> = queries.kept_of_team(epoch, team);
        let roster = Roster::new(read.get()?, before.as_ref());
        queries.keep_of_team(epoch, team, roster.clone());
        Some(roster)
    });
    let saving = use_saving(team);
    let people = Memo::comparing(
        move |_| roster.get(),
        |before, now| {
            before.as_ref().zip(now.as_ref()).is_some_and(|(before, now)| now.has_people_of(before))
        },
    );
    let shown = Memo::new(move |_| {
        let (people, view) = (people.read(), view.read());
        let Some(people) = people.as_ref() else { return Arc::default() };
        // As they are now: `people` may be older than the last save.
        let now = roster.read_untracked();
        let pending = saving.pending_untracked();
        let wanted = |id: CoworkerId, field| pending.get(&id)?.wanted(field).cloned();
        Arc::new(arrange(now.as_ref().unwrap_or(people), &wanted, &view))
    });
    let stored = Memo::new(move |_| {
        roster.read().as_ref().map(|roster| counts(roster, &shown.read())).unwrap_or_default()
    });
    // With every press on a switch; so it looks at few members only.
    let counts = Memo::new(move |_| {
        let (roster, shown, pending) = (roster.read(), shown.read(), saving.pending());
        let wanted = |id: CoworkerId, field| pending.get(&id)?.wanted(field).cloned();
        // What is saved already stays in there, of everybody who was ever changed.
        let unsaved = pending.iter().filter(|(_, pending)| pending.is_running()).map(|(id, _)| id);
        let few: Vec<_> = unsaved.filter(|id| shown.contains(id)).copied().collect();
        roster.as_ref().map(|roster| counts_with(stored.get(), roster, &wanted, &few)).unwrap_or_default()
    });
    let selection: RwSignal<Selection> = saving.begun().selection.into();
    effect(move || {
        if let Some(people) = people.read().as_ref()
            && selection.with_untracked(|selection| selection.members().any(|id| people.member(id).is_none()))
        {
            selection.update(|selection| selection.retain(|id| people.member(id).is_some()));
        }
    });
    Desk {
        team,
        roster,
        saving,
        view,
        search: NodeRef::new(),
        shown,
        counts,
        selection,
        asked: RwSignal::new(None),
        target: RwSignal::new(None),
        many_are_changed: use_many_are_changed(),
        elsewhere,
        snapshot: use_snapshot(),
    }
}

impl Desk {
    /// What the row of a member says now. Follows everything it depends on.
    pub fn row(self, id: CoworkerId) -> Option<RowModel> {
        let (roster, snapshot) = (self.roster.read(), self.snapshot.read());
        let elsewhere = self.elsewhere.read().get(&id).cloned().unwrap_or_default();
        self.saving.with(id, |pending| {
            row_model(roster.as_ref()?, id, Circumstances { snapshot: &snapshot, pending, elsewhere })
        })
    }

    /// What the row of a member says, at this moment.
    pub fn row_untracked(self, id: CoworkerId) -> Option<RowModel> {
        untrack(|| self.row(id))
    }

    /// Why a change of a member's field is not saved.
    pub fn failure(self, id: CoworkerId, field: Field) -> Option<String> {
        let roster = self.roster.read();
        let held = |roster: &Roster| Record::of(&roster.team, roster.member(id)?).get(field);
        let held = roster.as_ref().and_then(held);
        self.saving.with(id, |pending| pending?.failure(field, held.as_ref()))
    }

    /// What was not saved last, for those who do not see it beside its switch. It is taken back when it turns out to have
    /// been saved.
    pub fn said(self) -> String {
        let said = self.saving.said();
        let is_so =
            |field: &Field| said.as_ref().is_some_and(|said| self.failure(said.member, *field).is_some());
        let said = said.as_ref().filter(|said| said.fields.iter().any(is_so));
        said.map(|said| said.sentence.clone()).unwrap_or_default()
    }

    /// What a member is called in sentences, also one who has left meanwhile.
    pub fn name(self, id: CoworkerId) -> String {
        let roster = self.roster.read();
        let called = |roster: &Roster| roster.called(id).or_else(|| roster.name_of_gone(id));
        roster.as_ref().and_then(called).map(isolated).unwrap_or_default()
    }

    /// As whom one acts.
    pub fn acting(self) -> Option<String> {
        self.snapshot.read().acting.as_ref().map(|acting| acting.name.clone())
    }

    /// Whether a member is one of one's own profiles.
    pub fn is_oneself(self, id: CoworkerId) -> bool {
        self.snapshot.read().own.as_ref().is_some_and(|own| own.holds(id))
    }

    /// Why nobody can be acted as at the moment: what is still to be saved is saved as oneself.
    pub fn act_refusal(self) -> Option<String> {
        self.many_are_changed.get().then(|| words::permissions::no_acting_while_many_change().to_owned())
    }

    /// Asks something.
    pub fn ask(self, asked: Asked) {
        self.asked.set(Some(asked));
    }

    /// Closes the dialog.
    pub fn close(self) {
        self.asked.set(None);
    }
}
