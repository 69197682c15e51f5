//! `/user/team/permissions` and `/user/team/permissions/{teamId}`

use super::components::TeamPermissionTable;
use crate::api::ApiError;
use crate::queries::use_queries;
use crate::routes::Route;
use crate::ui::{EmptyState, Select, Skeleton};
use crate::views::frame::{Page, Problem, use_go};
use contract::TeamId;
use contract::teams::{Team, TeamDetail};
use leptos::prelude::*;

/// All members of a team with their permissions. Without a team in the address, the first one is shown.
#[component]
pub fn TeamPermissionsPage(
    /// The team in the address.
    team: Signal<Option<TeamId>>,
) -> impl IntoView {
    let queries = use_queries();
    let teams = queries.administered_teams(TeamDetail::Names);
    view! {
        <Page title="Team permissions">
            <div class="stack">
                {move || match teams.get() {
                    None => view! { <Skeleton lines=8/> }.into_any(),
                    Some(Err(error)) => view! { <Problem error retry=move || queries.refetch()/> }.into_any(),
                    Some(Ok(list)) if list.records.is_empty() => view! {
                        <EmptyState title="No team to manage"
                            text="You do not administer a team with this profile. An administrator of your team or the location can change that.">
                            <a href=Route::Home.href()>"Go to the first page"</a>
                        </EmptyState>
                    }.into_any(),
                    Some(Ok(list)) => view! { <Teams teams=list.records.clone() team/> }.into_any(),
                }}
            </div>
        </Page>
    }
}

#[component]
fn Teams(teams: Vec<Team>, team: Signal<Option<TeamId>>) -> impl IntoView {
    let go = use_go();
    let first = teams.first().map(|team| team.id);
    let known: Vec<TeamId> = teams.iter().map(|team| team.id).collect();
    let shown = Memo::new(move |_| team.get().or(first));
    let several = teams.len() > 1;
    let options =
        Signal::stored(teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect::<Vec<_>>());
    let selected = Signal::derive(move || shown.get().map(|id| id.to_string()).unwrap_or_default());
    let on_change = Callback::new(move |id: String| go.to(&Route::TeamPermissions(id.parse().ok())));
    view! {
        {several.then(|| view! { <div class="toolbar"><Select label="Team" options selected on_change/></div> })}
        {move || shown.get().map(|id| {
            if known.contains(&id) {
                view! { <Members team=id/> }.into_any()
            } else {
                view! {
                    <EmptyState title="Not one of your teams"
                        text="This team does not exist any more, or you do not administer it with this profile.">
                        <a href=Route::TeamPermissions(None).href()>"Show a team of yours"</a>
                    </EmptyState>
                }.into_any()
            }
        })}
    }
}

#[component]
fn Members(team: TeamId) -> impl IntoView {
    let queries = use_queries();
    let reply = queries.team(team);
    // The table stays mounted while a newer reply comes in, so that focus and scroll position stay too.
    let shown = Memo::new(move |before: Option<&Option<_>>| match reply.get() {
        Some(Ok(team)) => Some(Ok(team)),
        Some(Err(error)) => Some(Err(error)),
        None => before.cloned().flatten(),
    });
    let state = Memo::new(move |_| match &*shown.read() {
        None => Loaded::Not,
        Some(Err(error)) => Loaded::Failed(error.clone()),
        Some(Ok(_)) => Loaded::Yes,
    });
    let data = Signal::derive(move || shown.get().and_then(Result::ok));
    move || match state.get() {
        Loaded::Not => view! { <Skeleton lines=8/> }.into_any(),
        Loaded::Failed(error) => view! { <Problem error retry=move || queries.refetch()/> }.into_any(),
        Loaded::Yes => view! { <TeamPermissionTable team=data/> }.into_any(),
    }
}

#[derive(Clone, PartialEq)]
enum Loaded {
    Not,
    Failed(ApiError),
    Yes,
}
