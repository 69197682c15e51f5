//! The teams whose members could not be read.

use super::member_loads::Loads;
use crate::api::ApiError;
use crate::markup::{Keyed, View, keyed, live, view};
use crate::memo::Memo;
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Alert, Button};
use crate::views::frame::Coded;
use contract::teams::Team;
use contract::{ListResult, TeamId};
use leptos::prelude::*;
use std::sync::Arc;
use words::{Around, profiles};

/// Says which teams could not be read and why, each with a way to try again; nothing when all is well.
#[component]
pub fn UnreadTeams(
    /// The teams by name.
    teams: Signal<Option<Arc<ListResult<Team>>>>,
    /// What was read.
    loads: RwSignal<Loads>,
    /// Whom it is about.
    about: Memo<Arc<Vec<TeamId>>>,
) -> View {
    let failed = Memo::new(move |_| {
        let (loads, about) = (loads.read(), about.read());
        // A change of person takes this page away in the same moment: nothing to say about it.
        let failed = loads.failed(&about).filter(|(_, error)| **error != ApiError::WrongIdentity);
        failed.map(|(team, error)| (team, error.clone())).collect::<Vec<_>>()
    });
    let name = move |team: TeamId| {
        let list = teams.get_untracked();
        let found = list.iter().flat_map(|list| &list.records).find(|one| one.id == team);
        found.map(|team| team.name.clone()).unwrap_or_default()
    };
    let line = move |(team, error): (TeamId, ApiError)| {
        let name = name(team);
        Keyed::new(format!("{team} {}", error.code()), move || {
            let retry = Callback::new(move |()| loads.update(|loads| loads.retry(team)));
            let label = profiles::try_again_with(&name);
            let Around { before, after } = profiles::members_not_loaded();
            view! {
                <li class="cluster">
                    <span>
                        {before} <bdi>{name}</bdi> {after} " "
                        <Coded sentence=error.sentence() code=error.code()/>
                    </span>
                    <Button label on_press=retry>{profiles::try_again()}</Button>
                </li>
            }
        })
    };
    let some = Memo::new(move |_| !failed.read().is_empty());
    let lines = move || failed.get().into_iter().map(line).collect();
    live(move || {
        some.get().then(|| view! { <Alert><ul class="list-plain stack">{keyed(lines)}</ul></Alert> })
    })
}
