//! "Sign in as a team member": found by typing part of a name.

use super::candidates::{Candidate, candidates};
use super::impersonation_dialog::ImpersonationDialog;
use super::member_loader::use_member_loads;
use super::member_loads::{Loads, Wanted};
use super::member_row::MemberRow;
use super::unread_teams::UnreadTeams;
use crate::markup::{Keyed, NodeRef, Show, View, keyed, live, view};
use crate::memo::Memo;
use crate::session::Target;
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Button, EmptyState, SearchField, Select, focus_field};
use crate::views::finding::Words;
use contract::teams::Team;
use contract::{ListResult, TeamId};
use leptos::html::Input;
use leptos::prelude::*;
use std::sync::Arc;
use words::profiles;

/// Rows shown at once; more than that is for typing, not for scrolling.
const SHOWN: usize = 8;

/// The members of all teams one administers; nothing for those who administer none.
#[component]
pub fn MemberPicker(
    /// The teams, as last read, without their members.
    teams: Signal<Option<Arc<ListResult<Team>>>>,
) -> View {
    let administers = Memo::new(move |_| teams.read().as_ref().is_some_and(|list| !list.records.is_empty()));
    live(move || administers.get().then(|| view! { <Picker teams/> }))
}

#[component]
fn Picker(teams: Signal<Option<Arc<ListResult<Team>>>>) -> View {
    let typed = RwSignal::new(String::new());
    let search = NodeRef::<Input>::new();
    let clear = Callback::new(move |()| {
        typed.set(String::new());
        focus_field(search);
    });
    let chosen = RwSignal::new(None::<TeamId>);
    let target = RwSignal::new(None::<Target>);
    let known = Memo::new(move |_| {
        let list = teams.get();
        Arc::new(list.iter().flat_map(|list| &list.records).map(|team| team.id).collect::<Vec<_>>())
    });
    let wanted = Signal::derive(move || match chosen.get() {
        Some(team) => Wanted::Of(team),
        None if typed.read().trim().is_empty() => Wanted::Anybody,
        None => Wanted::All,
    });
    let loads = use_member_loads(known, wanted);
    effect(move || {
        // Read again, because something has changed.
        if teams.read().is_some() {
            loads.update(Loads::outdate);
        }
    });
    // Whom it is about: those of the team that was chosen, else everybody.
    let about = Memo::new(move |_| match chosen.get() {
        Some(team) => Arc::new(vec![team]),
        None => known.get(),
    });
    let all = Memo::new(move |_| candidates(loads.read().read(&about.read())));
    let found = Memo::new(move |_| {
        let words = Words::new(&typed.read());
        all.read().iter().filter(|one| words.are_in(&one.sought)).cloned().collect::<Vec<_>>()
    });
    let loading = Memo::new(move |_| loads.read().is_loading(&known.read(), wanted.get()));
    let read = Memo::new(move |_| (loads.read().read(&about.read()).count(), about.read().len()));
    let several = move || known.read().len() > 1;
    let row = move |one: Candidate| {
        let key = format!("{} {:?} {}", one.id, one.active, one.name);
        Keyed::new(key, move || {
            // Made with the row, which stays when the list is made anew.
            let now = move |tell: fn(&Candidate) -> String| {
                Signal::derive(move || {
                    found.read().iter().find(|other| other.id == one.id).map(tell).unwrap_or_default()
                })
            };
            let (meta, twin) = (now(Candidate::meta), now(Candidate::twin));
            view! { <li><MemberRow one meta twin target/></li> }
        })
    };
    let called = Signal::derive(move || {
        let target = target.get()?;
        all.read().iter().find(|one| one.id == target.id).map(Candidate::called)
    });
    let rows = move || found.read().iter().take(SHOWN).cloned().map(row).collect();
    let said = move || status(found.read().len(), loading.get(), wanted.get(), read.get());
    let nobody = move || found.read().is_empty() && !loading.get() && !typed.read().trim().is_empty();
    view! {
        <section class="member-picker stack" aria-labelledby="team-members">
            <h2 id="team-members" tabindex="-1">{profiles::sign_in_as_a_member()}</h2>
            <p class="muted">{profiles::sign_in_as_a_member_why()}</p>
            <div class="toolbar">
                <SearchField label=profiles::find_a_member() value=typed node_ref=search/>
                <Show when=several><TeamSelect teams chosen/></Show>
            </div>
            <div>
                <p class="muted" role="status">{said}</p>
                // Too much to be read aloud with every team; what it comes to is said above.
                <p class="muted" role="status" aria-live="off">
                    {move || chosen.get().is_none().then(|| progress(read.get())).flatten()}
                </p>
            </div>
            <UnreadTeams teams loads about/>
            <ul class="list-plain">
                {keyed(rows)}
            </ul>
            <Show when=nobody>
                <EmptyState title=profiles::nobody_by_that_name() text=profiles::search_shorter()>
                    <Button on_press=clear>{profiles::clear_the_search()}</Button>
                </EmptyState>
            </Show>
            <ImpersonationDialog target called/>
        </section>
    }
}

#[component]
fn TeamSelect(teams: Signal<Option<Arc<ListResult<Team>>>>, chosen: RwSignal<Option<TeamId>>) -> View {
    let options = Signal::derive(move || {
        let list = teams.get();
        let teams = list.iter().flat_map(|list| &list.records);
        let all = (String::new(), profiles::all_teams().to_owned());
        std::iter::once(all).chain(teams.map(|team| (team.id.to_string(), team.name.clone()))).collect()
    });
    let selected = Signal::derive(move || chosen.get().map(|team| team.to_string()).unwrap_or_default());
    let on_change = Callback::new(move |team: String| chosen.set(team.parse().ok()));
    view! { <Select label=profiles::team() options selected on_change/> }
}

/// What is said of the members found. It does not change with every team that comes in.
fn status(found: usize, loading: bool, wanted: Wanted, (read, of): (usize, usize)) -> String {
    match found {
        _ if loading => profiles::looking().to_owned(),
        _ if wanted == Wanted::Anybody && read < of && of > 1 => profiles::type_to_look(of),
        // Why there is none is said by whatever went wrong.
        _ if read == 0 => String::new(),
        0 => profiles::no_member_found().to_owned(),
        _ if found > SHOWN => profiles::first_members_shown(found, SHOWN),
        _ => profiles::members_found(found),
    }
}

/// How many of several teams were read.
fn progress((read, of): (usize, usize)) -> Option<String> {
    (of > 1).then(|| profiles::teams_loaded(read, of))
}
