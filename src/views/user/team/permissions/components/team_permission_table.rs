//! Members × permissions.

use super::super::labels::label;
use super::super::saving::use_saving;
use super::dismissal_dialog::DismissalDialog;
use super::team_permission_row::TeamPermissionRow;
use crate::session::Target;
use crate::ui::{Button, EmptyState, SearchField, VisuallyHidden};
use crate::views::auth::sign_in::ImpersonationDialog;
use crate::views::finding::{Words, folded};
use contract::teams::{Member, Team};
use contract::{CoworkerId, Permission, TeamId};
use leptos::prelude::*;
use std::sync::Arc;

/// Rows shown before "Show more members": a table of thousands is not read from top to bottom.
const PAGE: usize = 100;

/// Every member of a team with their six permissions, each a switch that saves at once.
#[component]
pub fn TeamPermissionTable(
    /// The team as last read. A newer one changes the cells it differs in, and no others.
    team: Signal<Option<Arc<Team>>>,
    /// Its id.
    id: TeamId,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let limit = RwSignal::new(PAGE);
    let saving = use_saving(id);
    let dismissed = RwSignal::new(None);
    let target = RwSignal::new(None::<Target>);
    let found = Memo::new(move |_| {
        let words = Words::new(&typed.read());
        let team = team.get();
        let members = team.iter().flat_map(|team| &team.all_team_members);
        let found = members.filter(|member| words.is_empty() || words.are_in(&sought(member)));
        found.map(|member| member.id).collect::<Vec<_>>()
    });
    let total = move || team.get().map(|team| team.all_team_members.len()).unwrap_or_default();
    let status = move || match (found.read().len(), total()) {
        (found, total) if found == total && total == 1 => "1 member".to_owned(),
        (found, total) if found == total => format!("{total} members"),
        (found, total) => format!("{found} of {total} members"),
    };
    let more = move || found.read().len() > limit.get();
    view! {
        <div class="toolbar">
            <SearchField label="Find a member" value=typed/>
            <p class="muted" role="status">{status}</p>
        </div>
        <Show when=move || !found.read().is_empty() fallback=move || nobody(typed, total() == 0)>
            <div class="permission-table__scroll" role="region" aria-label="Members and permissions, scrollable" tabindex="0">
                <table class="permission-table">
                    <caption class="visually-hidden">"Team members and their permissions"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Member"</th>
                            {Permission::ALL.map(|permission| view! { <th scope="col">{label(permission)}</th> })}
                            <th scope="col"><VisuallyHidden>"Actions"</VisuallyHidden></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || found.get().into_iter().take(limit.get()) key=|id: &CoworkerId| *id let(id)>
                            <TeamPermissionRow team id saving target dismissed/>
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
        <Show when=more>
            <div><Button on_press=Callback::new(move |()| limit.update(|limit| *limit += PAGE))>"Show more members"</Button></div>
        </Show>
        <ImpersonationDialog target/>
        <DismissalDialog dismissed saving/>
    }
}

fn sought(member: &Member) -> String {
    folded(&format!("{} {} {}", member.full_name, member.company_name, member.id))
}

fn nobody(typed: RwSignal<String>, no_members: bool) -> AnyView {
    if no_members {
        return view! { <EmptyState title="Nobody is in this team yet" text="Members appear here as soon as they are added."/> }
            .into_any();
    }
    view! {
        <EmptyState title="Nobody by that name" text="Try a shorter part of the name, or clear the search.">
            <Button on_press=Callback::new(move |()| typed.set(String::new()))>"Clear the search"</Button>
        </EmptyState>
    }
    .into_any()
}
