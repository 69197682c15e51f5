//! `/`

use crate::queries::use_queries;
use crate::routes::Route;
use crate::session::use_session;
use crate::ui::EmptyState;
use crate::views::frame::{Page, loaded};
use contract::ListResult;
use contract::teams::{Team, TeamDetail};
use leptos::prelude::*;
use std::sync::Arc;

/// Who one is, and the teams one administers.
#[component]
pub fn HomePage() -> impl IntoView {
    let Some(person) = use_session().snapshot().get_untracked().person().cloned() else {
        return ().into_any();
    };
    let facts = [
        ("Profile", person.name.clone()),
        ("Kind", person.kind.unwrap_or_default().to_owned()),
        ("Company", person.company.clone()),
        ("Email", person.email.clone()),
        ("Location", person.location.clone()),
    ];
    view! {
        <Page title=format!("Welcome, {}", person.name)>
            <div class="home stack">
                <section class="card stack" aria-labelledby="who">
                    <h2 id="who">"Who you are here"</h2>
                    <dl class="fact-list">
                        {facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| view! {
                            <div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>
                        }).collect_view()}
                    </dl>
                </section>
                <Teams/>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn Teams() -> impl IntoView {
    let teams = use_queries().administered_teams(TeamDetail::Names);
    view! {
        <section class="card stack" aria-labelledby="teams">
            <h2 id="teams">"Teams you administer"</h2>
            {loaded(teams, 2, |teams| view! { <TeamLinks teams/> }.into_any())}
        </section>
    }
}

#[component]
fn TeamLinks(teams: Signal<Option<Arc<ListResult<Team>>>>) -> impl IntoView {
    move || {
        let records = teams.get().map(|list| list.records.clone()).unwrap_or_default();
        if records.is_empty() {
            return view! { <EmptyState title="None" text="You do not administer a team with this profile."/> }
                .into_any();
        }
        let links = records.into_iter().map(|team| view! { <li><TeamLink team/></li> }).collect_view();
        view! { <ul class="team-links list-plain">{links}</ul> }.into_any()
    }
}

#[component]
fn TeamLink(team: Team) -> impl IntoView {
    let count = team.team_members_count.map(|count| match count {
        1 => "1 member".to_owned(),
        _ => format!("{count} members"),
    });
    view! {
        <a href=Route::TeamPermissions(Some(team.id)).href()>
            <bdi>{team.name}</bdi>
            <span class="muted">{count}</span>
        </a>
    }
}
