//! `/user/team/permissions` and `/user/team/permissions/{teamId}`

use super::looked_at::look_again_when_looked_at;
use super::not_my_team::NotMyTeam;
use super::other_profiles::OtherProfiles;
use super::team_members::TeamMembers;
use crate::markup::{IntoView, Show, View, live, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::routes::{MembersView, Route};
use crate::signal::{Callback, Signal};
use crate::ui::{EmptyState, Select, use_toaster};
use crate::views::frame::{Page, loaded, use_go, use_person, use_staying};
use crate::views::isolated;
use contract::teams::{Team, TeamDetail};
use contract::{ListResult, TeamId};
use leptos::prelude::*;
use std::sync::Arc;
use words::permissions as say;
use words::switching;

/// All members of a team with their permissions. Without a team in the address, the first one is shown.
#[component]
pub fn TeamPermissionsPage() -> View {
    let here = use_go().here();
    let address = Memo::new(move |_| match Route::at(&here.read()) {
        Some(Route::TeamPermissions(team, view)) => (team, view),
        _ => Default::default(),
    });
    let team = Memo::new(move |_| address.read().0).into();
    let view = Memo::new(move |_| address.read().1.clone()).into();
    let teams = use_queries().administered_teams(TeamDetail::Names);
    view! {
        <Page title=say::title()>
            <div class="stack permissions">
                {loaded(teams, 8, move |teams| view! { <Teams teams team view/> })}
            </div>
        </Page>
    }
}

#[component]
fn Teams(
    teams: Signal<Option<Arc<ListResult<Team>>>>,
    team: Signal<Option<TeamId>>,
    view: Signal<MembersView>,
) -> View {
    let go = use_go();
    // Names and order alone decide what is mounted here.
    let known = Memo::new(move |_| {
        let teams = teams.get();
        let teams = teams.iter().flat_map(|list| &list.records);
        Arc::new(teams.map(|team| (team.id, team.name.clone())).collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| team.get().or_else(|| known.read().first().map(|(id, _)| *id)));
    let mine = Memo::new(move |_| shown.get().filter(|id| known.read().iter().any(|(one, _)| one == id)));
    let options = Signal::derive(move || {
        // A team that is not one's own is none of them.
        let none = mine.get().is_none().then(Default::default);
        let each = known.read();
        let each = each.iter().map(|(id, name)| (id.to_string(), name.clone()));
        none.into_iter().chain(each).collect()
    });
    let selected = Signal::derive(move || mine.get().map(|id| id.to_string()).unwrap_or_default());
    let on_change = Callback::new(move |id: String| go.to(&Route::team_permissions(id.parse().ok())));
    let several = Memo::new(move |_| known.read().len() > 1);
    let none = Memo::new(move |_| known.read().is_empty());
    // It may have become one's own meanwhile.
    let queries = use_queries();
    look_again_when_looked_at(move || {
        if mine.get_untracked().is_none() {
            queries.look_again_at_teams(TeamDetail::Names);
        }
    });
    leave_if_only_stayed(mine.get_untracked().is_some(), team.get_untracked().is_some());
    live(move || {
        if none.get() {
            let asked_for = move || team.get().map(|team| view! { <OtherProfiles team/> });
            return view! { <NoTeam/>{asked_for} };
        }
        view! {
            <Show when=move || several.get()>
                <div class="toolbar"><Select label=say::team() options selected on_change/></div>
            </Show>
            {move || match mine.get() {
                Some(id) => view! { <TeamMembers id address=team view teams=known/> },
                None => shown.get().map(|id| view! { <NotMyTeam id/> }).into_view(),
            }}
        }
    })
}

/// Whoever has only stayed here while switching to a profile that cannot open this page goes to the first page, told why.
/// Whoever came for the page itself stays.
fn leave_if_only_stayed(can_open_it: bool, a_team_is_asked_for: bool) {
    let (go, person) = (use_go(), use_person());
    let Some(person) = person.map(|person| person.get_untracked()) else { return };
    let stayed = use_staying().take(person.profile, &go.here().read_untracked());
    if stayed && !can_open_it {
        let name = isolated(person.name);
        let why = if a_team_is_asked_for { switching::cannot_open } else { switching::has_no_team };
        use_toaster().tell(why(&name));
        go.replace(&Route::Home);
    }
}

#[component]
fn NoTeam() -> View {
    view! {
        <EmptyState title=say::no_team() text=say::no_team_why()>
            <a href=Route::Home.href()>{say::to_first_page()}</a>
        </EmptyState>
    }
}
