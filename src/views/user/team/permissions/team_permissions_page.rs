//! `/user/team/permissions` and `/user/team/permissions/{teamId}`

use super::looked_at::look_again_when_looked_at;
use super::not_my_team::NotMyTeam;
use super::other_profiles::OtherProfiles;
use super::team_members::TeamMembers;
use crate::markup::{IntoView, View, live, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::routes::{MembersView, Route};
use crate::signal::{Callback, Signal};
use crate::ui::{EmptyState, Select, use_toaster};
use crate::views::frame::{Page, loaded, use_go, use_person, use_staying};
use crate::views::isolated;
use contract::TeamId;
use contract::teams::TeamDetail;
use leptos::prelude::*;
use std::sync::Arc;
use words::permissions as say;
use words::switching;

/// All members of a team with their permissions. Without a team in the address, the first one is shown, for as long as one
/// stays there: also when it is taken away, which is then said.
#[component]
pub fn TeamPermissionsPage() -> View {
    let here = use_go().here();
    let address = Memo::new(move |_| match Route::at(&here.read()) {
        Some(Route::TeamPermissions(team, view)) => (team, view),
        _ => Default::default(),
    });
    let team = Memo::new(move |_| address.read().0);
    let view = Memo::new(move |_| address.read().1.clone());
    let teams = use_queries().administered_teams(TeamDetail::Names);
    // Names and order alone decide what is mounted here.
    let known = Memo::new(move |_| {
        let teams = teams.get().and_then(Result::ok);
        let teams = teams.iter().flat_map(|list| &list.records);
        Arc::new(teams.map(|team| (team.id, team.name.clone())).collect::<Vec<_>>())
    });
    let shown = Memo::new(move |before: Option<&Shown>| match (team.get(), before) {
        (Some(id), _) => Shown { addressed: true, id: Some(id) },
        (None, Some(Shown { addressed: false, id: Some(id) })) => Shown { addressed: false, id: Some(*id) },
        _ => Shown { addressed: false, id: known.read().first().map(|(id, _)| *id) },
    });
    let mine = Memo::new(move |_| {
        let id = shown.get().id;
        known.read().iter().find(|(one, _)| Some(*one) == id).cloned()
    });
    let about = Signal::derive(move || mine.get().map(|(_, name)| name));
    view! {
        <Page title=say::title() about>
            <div class="stack permissions">
                {loaded(teams, 8, move |_| view! { <Teams known team view shown mine/> })}
            </div>
        </Page>
    }
}

/// The team that is shown, and whether it is the one in the address.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown {
    addressed: bool,
    id: Option<TeamId>,
}

#[component]
fn Teams(
    known: Memo<Arc<Vec<(TeamId, String)>>>,
    team: Memo<Option<TeamId>>,
    view: Memo<MembersView>,
    shown: Memo<Shown>,
    mine: Memo<Option<(TeamId, String)>>,
) -> View {
    let go = use_go();
    let mine_id = Memo::new(move |_| mine.read().as_ref().map(|(id, _)| *id));
    let options = Signal::derive(move || {
        // A team that is not one's own is none of them.
        let none = mine_id.get().is_none().then(Default::default);
        let each = known.read();
        let each = each.iter().map(|(id, name)| (id.to_string(), name.clone()));
        none.into_iter().chain(each).collect()
    });
    let selected = Signal::derive(move || mine_id.get().map(|id| id.to_string()).unwrap_or_default());
    let on_change = Callback::new(move |id: String| go.to(&Route::team_permissions(id.parse().ok())));
    let several = Memo::new(move |_| known.read().len() > 1);
    let none = Memo::new(move |_| known.read().is_empty());
    // It may have become one's own meanwhile.
    let queries = use_queries();
    look_again_when_looked_at(move || {
        if mine_id.get_untracked().is_none() {
            queries.look_again_at_teams(TeamDetail::Names);
        }
    });
    leave_if_only_stayed(mine_id.get_untracked().is_some(), team.get_untracked().is_some());
    live(move || {
        if none.get() {
            let asked_for = move || team.get().map(|team| view! { <OtherProfiles team/> });
            return view! { <NoTeam/>{asked_for} };
        }
        view! {
            {move || match several.get() {
                true => Some(view! {
                    <div class="toolbar"><Select label=say::team() options selected on_change/></div>
                }),
                false => mine.get().map(|(_, name)| view! { <p class="permissions__team"><bdi>{name}</bdi></p> }),
            }}
            {move || match mine_id.get() {
                Some(id) => view! { <TeamMembers id address=team view teams=known/> },
                None => shown.get().id.map(|id| view! { <NotMyTeam id teams=known/> }).into_view(),
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
