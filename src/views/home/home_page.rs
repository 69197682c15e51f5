//! `/`

use super::details_card::DetailsCard;
use crate::markup::{View, live, view};
use crate::queries::use_queries;
use crate::routes::Route;
use crate::signal::Signal;
use crate::ui::EmptyState;
use crate::views::frame::{Page, loaded, use_person};
use contract::ListResult;
use contract::teams::{Team, TeamDetail};
use leptos::prelude::*;
use std::sync::Arc;
use words::home;

/// Who one is, and the teams one administers.
#[component]
pub fn HomePage() -> View {
    let Some(person) = use_person() else { return View::NOTHING };
    let title = Signal::derive(move || home::welcome(&person.read().name));
    view! {
        <Page title>
            <div class="home stack">
                <DetailsCard person/>
                <Teams/>
            </div>
        </Page>
    }
}

#[component]
fn Teams() -> View {
    let teams = use_queries().administered_teams(TeamDetail::Names);
    view! {
        <section class="card stack" aria-labelledby="teams">
            <h2 id="teams">{home::teams()}</h2>
            {loaded(teams, 2, |teams| view! { <TeamLinks teams/> })}
        </section>
    }
}

#[component]
fn TeamLinks(teams: Signal<Option<Arc<ListResult<Team>>>>) -> View {
    live(move || {
        let records = teams.get().map(|list| list.records.clone()).unwrap_or_default();
        if records.is_empty() {
            return view! { <EmptyState title=home::no_team() text=home::no_team_text()/> };
        }
        let links = records.into_iter().map(|team| view! { <li><TeamLink team/></li> }).collect::<View>();
        view! { <ul class="team-links list-plain">{links}</ul> }
    })
}

#[component]
fn TeamLink(team: Team) -> View {
    let count = team.team_members_count.and_then(|count| u64::try_from(count).ok()).map(home::members);
    view! {
        <a href=Route::team_permissions(Some(team.id)).href()>
            <bdi>{team.name}</bdi>
            <span class="muted">{count}</span>
        </a>
    }
}
