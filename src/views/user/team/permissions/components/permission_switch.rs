//! One permission of one member.

use super::super::labels::label;
use crate::queries::use_queries;
use crate::session::use_session;
use crate::ui::Switch;
use contract::teams::{PermissionsBody, Team};
use contract::{CoworkerId, Permission};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

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
    /// The permission of this member that is being saved: their flags are written together, one save at a time.
    saving: RwSignal<Option<Permission>>,
) -> impl IntoView {
    let queries = use_queries();
    let snapshot = use_session().snapshot();
    let error = RwSignal::new(None::<String>);
    let intent = RwSignal::new(None::<bool>);
    let stored = Memo::new(move |_| {
        let team = team.read();
        let team = team.as_ref()?;
        let member = team.all_team_members.iter().find(|member| member.id == id)?;
        team.permissions_of(member).get(permission)
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
        saving
            .get()
            .filter(|other| *other != permission)
            .map(|_| "Another change of this member is being saved.".to_owned())
    });
    let busy = Signal::derive(move || intent.get().is_some());

    let toggle = Callback::new(move |on: bool| {
        let Some(team) = team.get_untracked() else { return };
        let Some(member) = team.all_team_members.iter().find(|member| member.id == id) else { return };
        let wanted = team.permissions_of(member).with(permission, on);
        let Some(body) = PermissionsBody::new(id, wanted, member.access_card_id.clone()) else { return };
        let team = team.id;
        error.set(None);
        intent.set(Some(on));
        saving.set(Some(permission));
        spawn_local(async move {
            let result = queries.save_permissions(team, id, body).await;
            // The row may be gone by now.
            saving.try_set(None);
            intent.try_set(None);
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
