//! One permission of one member.

use super::super::labels::label;
use crate::queries::use_queries;
use crate::session::use_snapshot;
use crate::ui::Switch;
use contract::teams::Team;
use contract::{CoworkerId, Permission};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// For each member, the permission that is being saved and its new state.
pub type Saving = RwSignal<BTreeMap<CoworkerId, (Permission, bool)>>;

/// A switch that saves at once. A save that failed leaves it as the server has it and says why, beside it.
#[component]
pub fn PermissionSwitch(
    /// The team as last read.
    team: Signal<Option<Arc<Team>>>,
    /// Whose permission.
    id: CoworkerId,
    /// Their name.
    name: Memo<String>,
    /// Which one.
    permission: Permission,
    /// What is being saved. A member's flags are written together, so one save of a member runs at a time.
    saving: Saving,
) -> impl IntoView {
    let queries = use_queries();
    let snapshot = use_snapshot();
    let error = RwSignal::new(None::<String>);
    let stored = Memo::new(move |_| {
        let team = team.read();
        let team = team.as_ref()?;
        let member = team.all_team_members.iter().find(|member| member.id == id)?;
        team.permissions_of(member).get(permission)
    });
    // Known to the whole table: the row may go and come back while a save is under way.
    let intent = Memo::new(move |_| {
        saving.read().get(&id).filter(|(which, _)| *which == permission).map(|(_, on)| *on)
    });
    let checked = Signal::derive(move || intent.get().or(stored.get()));
    let refused = Signal::derive(move || {
        if let Some(acting) = &snapshot.read().acting {
            return Some(format!("Permissions cannot be changed while you act as {}.", acting.name));
        }
        let own = snapshot.read().own.as_ref().is_some_and(|own| own.holds(id));
        if own && permission == Permission::TeamAdministrator {
            return Some("You cannot change your own administrator rights.".to_owned());
        }
        let complete = team.read().as_ref().is_some_and(|team| {
            team.all_team_members.iter().any(|m| m.id == id && team.permissions_of(m).is_complete())
        });
        if !complete {
            return Some(
                "The server does not say all of this member's permissions, and they can only be saved together.".to_owned(),
            );
        }
        let other = saving.read().get(&id).is_some_and(|(other, _)| *other != permission);
        other.then(|| "Another change of this member is being saved.".to_owned())
    });
    let busy = Signal::derive(move || intent.get().is_some());

    let toggle = Callback::new(move |on: bool| {
        let Some(team) = team.get_untracked().map(|team| team.id) else { return };
        error.set(None);
        saving.update(|saving| {
            saving.insert(id, (permission, on));
        });
        spawn_local(async move {
            let result = queries.set_permission(team, id, permission, on).await;
            // The table may be gone by now, or only this row.
            saving.try_update(|saving| saving.remove(&id));
            if let Err(failed) = result {
                error.try_set(Some(format!("Not saved. {}", failed.sentence())));
            }
        });
    });

    view! {
        <span class="cell-label" aria-hidden="true">{label(permission)}</span>
        <Switch label=Signal::derive(move || format!("{} for {}", label(permission), name.get()))
            checked disabled_reason=refused busy error on_toggle=toggle/>
    }
}
