//! `/user/team/permissions` and `/user/team/permissions/{teamId}`

use super::not_my_team::NotMyTeam;
use super::team_members::TeamMembers;
use crate::queries::use_queries;
use crate::routes::{MembersView, Route};
use crate::ui::{EmptyState, Select};
use crate::views::frame::{Page, loaded, use_go};
use contract::teams::{Team, TeamDetail};
use contract::{ListResult, TeamId};
use leptos::prelude::*;
use std::sync::Arc;
use words::permissions as say;

/// All members of a team with their permissions. Without a team in the address, the first one is shown.
#[component]
pub fn TeamPermissionsPage(
    /// The team in the address.
    team: Signal<Option<TeamId>>,
    /// What the address says is shown of it.
    view: Signal<MembersView>,
) -> impl IntoView {
    let teams = use_queries().administered_teams(TeamDetail::Names);
    view! {
        <Page title=say::title()>
            <div class="stack">
                {loaded(teams, 8, move |teams| view! { <Teams teams team view/> }.into_any())}
            </div>
        </Page>
    }
}

#[component]
fn Teams(
    teams: Signal<Option<Arc<ListResult<Team>>>>,
    team: Signal<Option<TeamId>>,
    view: Signal<MembersView>,
) -> impl IntoView {
    let go = use_go();
    // Names and order alone decide what is mounted here.
    let known = Memo::new(move |_| {
        let teams = teams.get();
        let teams = teams.iter().flat_map(|list| &list.records);
        Arc::new(teams.map(|team| (team.id, team.name.clone())).collect::<Vec<_>>())
    });
    let options = Signal::derive(move || {
        known.read().iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
    });
    let shown = Memo::new(move |_| team.get().or_else(|| known.read().first().map(|(id, _)| *id)));
    let mine = Memo::new(move |_| shown.get().filter(|id| known.read().iter().any(|(one, _)| one == id)));
    let selected = Signal::derive(move || shown.get().map(|id| id.to_string()).unwrap_or_default());
    let on_change = Callback::new(move |id: String| go.to(&Route::team_permissions(id.parse().ok())));
    let several = Memo::new(move |_| known.read().len() > 1);
    let none = Memo::new(move |_| known.read().is_empty());
    move || {
        if none.get() {
            return view! { <NoTeam/> }.into_any();
        }
        view! {
            <Show when=move || several.get()>
                <div class="toolbar"><Select label=say::team() options selected on_change/></div>
            </Show>
            {move || match mine.get() {
                Some(id) => view! { <TeamMembers id address=team view teams=known/> }.into_any(),
                None => view! { <NotMyTeam/> }.into_any(),
            }}
        }
        .into_any()
    }
}

#[component]
fn NoTeam() -> impl IntoView {
    view! {
        <EmptyState title=say::no_team() text=say::no_team_why()>
            <a href=Route::Home.href()>{say::to_first_page()}</a>
        </EmptyState>
    }
}
