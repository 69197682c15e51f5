//! One team on the page.

use super::components::{
    ClashList, DismissalDialog, RemovalDialog, TeamPermissionDialog, TeamPermissionFilters,
    TeamPermissionTable,
};
use super::desk::{Desk, use_desk};
use super::export::csv;
use super::looked_at::look_again_when_looked_at;
use super::many::{BatchDialog, BatchPanel, CopyDialog, SelectionBar};
use super::members::{AddMembersButton, AddMembersDialog};
use super::not_my_team::NotMyTeam;
use super::view_in_address::use_view_in_address;
use crate::api::{ApiError, Epoch};
use crate::list_map::ListMap;
use crate::markup::{View, live, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::routes::MembersView;
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Button, ButtonKind, outlive_focus, use_toaster};
use crate::views::auth::sign_in::ImpersonationDialog;
use crate::views::download::download;
use crate::views::frame::loaded;
use contract::teams::{Team, TeamDetail};
use contract::{CoworkerId, ListResult, TeamId};
use leptos::prelude::*;
use std::sync::Arc;
use words::permissions as say;

/// The names of the teams that one administers.
type Teams = Arc<Vec<(TeamId, String)>>;

/// Everything that can be seen and done of a team's members.
#[component]
pub fn TeamMembers(
    /// The team.
    id: TeamId,
    /// The team in the address, if one is.
    address: Memo<Option<TeamId>>,
    /// What the address says is shown of it.
    view: Memo<MembersView>,
    /// The teams that one administers.
    teams: Memo<Teams>,
) -> View {
    let view = use_view_in_address(id, address, view);
    let elsewhere = use_elsewhere(id, teams);
    let queries = use_queries();
    // That of the key: what is kept of the team is kept beside its reply.
    let (epoch, read) = (queries.epoch(), queries.team(id));
    let gone = Memo::new(move |_| {
        use ApiError::{Forbidden, NotFound, Unauthorized};
        matches!(&*read.read(), Some(Err(NotFound | Forbidden | Unauthorized)))
    });
    look_again_when_looked_at(move || queries.look_again_at(id));
    effect(move || {
        if gone.get() {
            // The list of one's teams is older than that.
            queries.refetch_lists();
        }
    });
    live(move || {
        if gone.get() {
            return view! { <NotMyTeam id teams/> };
        }
        loaded(read, 8, move |read| view! { <Members id epoch read view elsewhere/> })
    })
}

#[component]
fn Members(
    id: TeamId,
    epoch: Epoch,
    read: Signal<Option<Arc<Team>>>,
    view: RwSignal<MembersView>,
    elsewhere: Memo<Arc<ListMap<CoworkerId, String>>>,
) -> View {
    let desk = use_desk(id, epoch, read, view, elsewhere);
    // All of it goes when the team is one's own no longer.
    outlive_focus();
    effect(move || desk.saving.take_back(|id, field| desk.failure(id, field).is_some()));
    let said = Memo::new(move |_| desk.said());
    let called = Signal::derive(move || desk.roster.read().as_ref()?.called(desk.target.get()?.id));
    view! {
        <p class="muted permissions__note">{say::note()}</p>
        <TeamPermissionFilters desk><Actions desk/></TeamPermissionFilters>
        <p class="visually-hidden" role="alert">{move || said.get()}</p>
        <ClashList desk/>
        <BatchPanel desk/>
        <TeamPermissionTable desk/>
        <SelectionBar desk/>
        <ImpersonationDialog target=desk.target called/>
        <TeamPermissionDialog desk/>
        <DismissalDialog desk/>
        <RemovalDialog desk/>
        <AddMembersDialog desk/>
        <BatchDialog desk/>
        <CopyDialog desk/>
    }
}

#[component]
fn Actions(desk: Desk) -> View {
    let toaster = use_toaster();
    let export = Callback::new(move |()| {
        let shown = desk.shown.get_untracked();
        let rows = shown.iter().filter_map(|id| Some((*id, desk.row_untracked(*id)?)));
        let team = desk.roster.with_untracked(|roster| roster.as_ref().map(|roster| roster.team.id));
        let name = format!("team-{}-permissions.csv", team.unwrap_or(desk.team));
        if download(&name, "text/csv;charset=utf-8", &csv(rows)).is_err() {
            toaster.warn(say::no_file());
        }
    });
    view! {
        <AddMembersButton desk/>
        <Button kind=ButtonKind::Quiet on_press=export>{say::export()}</Button>
    }
}

/// In which of one's other teams members are. Nothing is asked of who administers one team only.
fn use_elsewhere(here: TeamId, teams: Memo<Teams>) -> Memo<Arc<ListMap<CoworkerId, String>>> {
    let several = Memo::new(move |_| teams.read().len() > 1);
    let queries = use_queries();
    let read = Memo::new(move |_| several.get().then(|| queries.administered_teams(TeamDetail::Ids)));
    Memo::new(move |_| {
        let list = read.get().and_then(|query| query.get()).and_then(Result::ok);
        Arc::new(list.map(|list| elsewhere(here, &list)).unwrap_or_default())
    })
}

fn elsewhere(here: TeamId, teams: &ListResult<Team>) -> ListMap<CoworkerId, String> {
    let others = teams.records.iter().filter(|team| team.id != here);
    let mut all: Vec<(CoworkerId, &str)> = others
        .flat_map(|team| team.all_team_members.iter().map(|member| (member.id, team.name.as_str())))
        .collect();
    // In the order of their ids, for the map.
    all.sort_by_key(|(id, _)| *id);
    let mut found: ListMap<CoworkerId, String> = ListMap::new();
    for (id, team) in all {
        found.change(id, |names| {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(team);
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Endpoint;
    use contract::teams::MyTeams;

    #[test]
    fn a_member_of_other_teams_has_them_named_and_this_one_does_not_count() {
        let teams = MyTeams::read(
            r#"{"Records":[{"Id":1,"Name":"Blue","AllTeamMembers":[{"Id":7},{"Id":8}]},
                {"Id":2,"Name":"Red","AllTeamMembers":[{"Id":7}]},{"Id":3,"Name":"Green","AllTeamMembers":[{"Id":7}]}]}"#,
        )
        .unwrap();
        let found = elsewhere(TeamId(1), &teams);
        assert_eq!(found.get(&CoworkerId(7)).map(String::as_str), Some("Red, Green"));
        assert_eq!(found.get(&CoworkerId(8)), None);
    }
}
