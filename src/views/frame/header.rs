//! Navigation and the person's menu.

use super::go::use_go;
use crate::queries::use_queries;
use crate::routes::Route;
use crate::session::Identity;
use crate::ui::{Avatar, Menu, MenuItem};
use crate::views::auth::sign_in::use_sign_in;
use contract::teams::TeamDetail;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The header of every page of a signed-in person. Mounted anew for each person.
#[component]
pub fn Header(
    /// Whom the pages are for.
    person: Identity,
) -> impl IntoView {
    let sign_in = use_sign_in();
    let go = use_go();
    let teams = use_queries().administered_teams(TeamDetail::Names);
    let administers = move || matches!(teams.get(), Some(Ok(list)) if !list.records.is_empty());
    let several = person.choices().count() > 1;
    // Whoever is one person only and may act for nobody has nothing to switch to.
    let switches = Memo::new(move |_| several || administers());
    let items = move || {
        let switch = MenuItem {
            label: "Switch profile".into(),
            on_select: Callback::new(move |()| go.to(&Route::Profiles(None))),
        };
        let sign_out =
            MenuItem { label: "Sign out".into(), on_select: Callback::new(move |()| sign_in.sign_out()) };
        switches.get().then_some(switch).into_iter().chain([sign_out]).collect::<Vec<_>>()
    };
    let place = if person.location.is_empty() { "Member portal".to_owned() } else { person.location };
    let name = person.name.clone();
    view! {
        <header class="app-header">
            <a class="app-header__brand" href=Route::Home.href()>{place}</a>
            <nav class="app-nav" aria-label="Main">
                <NavLink route=Route::Home label="Home"/>
                {move || administers().then(|| view! {
                    <NavLink route=Route::TeamPermissions(None) label="Team permissions"/>
                })}
            </nav>
            {move || {
                let (label, ornament) = (name.clone(), name.clone());
                view! { <Menu label items=items()><Avatar name=ornament/></Menu> }
            }}
        </header>
    }
}

#[component]
fn NavLink(route: Route, label: &'static str) -> impl IntoView {
    let location = use_location();
    let href = route.href();
    let current = move || {
        let here = Route::parse(&location.pathname.read(), "");
        let same = match (&route, here) {
            (Route::TeamPermissions(_), Some(Route::TeamPermissions(_))) => true,
            (route, Some(here)) => *route == here,
            _ => false,
        };
        same.then_some("page")
    };
    view! { <a href=href aria-current=current>{label}</a> }
}
