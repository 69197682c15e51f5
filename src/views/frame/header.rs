//! Navigation and the person's menu.

use super::go::use_go;
use super::person::use_person;
use super::sign_out_dialog::SignOutDialog;
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::routes::Route;
use crate::session::use_session;
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Avatar, Menu, MenuItem};
use crate::views::auth::sign_in::{ProfileSwitcher, use_sign_in};
use crate::views::user::team::permissions::use_is_saving;
use contract::teams::TeamDetail;
use leptos::prelude::*;
use words::{frame, history, permissions, switching};

/// The header of every page of a signed-in person. Mounted anew for each person.
#[component]
pub fn Header() -> View {
    let Some(person) = use_person() else { return View::NOTHING };
    let sign_in = use_sign_in();
    let go = use_go();
    let teams = use_queries().administered_teams(TeamDetail::Names);
    let administers = move || matches!(teams.get(), Some(Ok(list)) if !list.records.is_empty());
    // Whoever is one person only and may act for nobody has nothing to switch to.
    let switches = Memo::new(move |_| administers() || person.read().has_another());
    // One's own, so it is not there while one is somebody else; nor for those who never act as anybody.
    let session = use_session();
    let (own, account) = session.snapshot().with_untracked(|snapshot| {
        (snapshot.acting.is_none(), snapshot.own.as_ref().map(|own| own.name.clone()))
    });
    let ledger = session.ledger();
    let looks_back = Memo::new(move |_| own && (!ledger.read().entries().is_empty() || administers()));
    let snapshot = sign_in.snapshot();
    let finds_customers = Memo::new(move |_| snapshot.read().is_operator());
    let item = |label: &str, on_select| MenuItem { label: label.into(), disabled_reason: None, on_select };
    let to = move |route: Route| Callback::new(move |()| go.to(&route));
    let switcher = RwSignal::new(false);
    let (is_saving, asking) = (use_is_saving(), RwSignal::new(false));
    let sign_out = Callback::new(move |()| match is_saving() {
        true => asking.set(true),
        false => sign_in.sign_out(),
    });
    let items = move || {
        let switch = (switches.get() || !own).then(|| MenuItem {
            disabled_reason: untrack(|| sign_in.no_other_profile()),
            ..item(switching::switch_profile(), Callback::new(move |()| switcher.set(true)))
        });
        let looking_back = looks_back.get().then(|| item(history::title(), to(Route::History)));
        // The menu is called by the name of somebody else while one acts, whom it does not sign out.
        let account = account.as_deref().filter(|_| !own);
        let leave = account.map_or_else(|| frame::sign_out().to_owned(), frame::sign_out_of);
        let sign_out = item(&leave, sign_out);
        switch.into_iter().chain(looking_back).chain([sign_out]).collect::<Vec<_>>()
    };
    let place = move || match person.get().location {
        place if place.is_empty() => frame::portal().to_owned(),
        place => place,
    };
    let name = Signal::derive(move || person.read().name.clone());
    view! {
        <header class="app-header">
            <a class="app-header__brand" href=Route::Home.href()>{place}</a>
            <nav class="app-nav" aria-label=frame::main_navigation()>
                <NavLink route=Route::Home label=frame::home()/>
                {move || administers().then(|| view! {
                    <NavLink route=Route::team_permissions(None) label=permissions::title()/>
                })}
                {move || finds_customers.get().then(|| view! {
                    <NavLink route=Route::Customers label=switching::find_a_customer()/>
                })}
            </nav>
            <Menu label=name items=Signal::derive(items)><Avatar name/></Menu>
            <ProfileSwitcher open=switcher/>
            <SignOutDialog asking/>
        </header>
    }
}

#[component]
fn NavLink(route: Route, label: &'static str) -> View {
    let here = use_go().here();
    let href = route.href();
    let current = move || {
        let same = match (&route, Route::at(&here.read())) {
            (Route::TeamPermissions(..), Some(Route::TeamPermissions(..))) => true,
            (route, Some(here)) => *route == here,
            _ => false,
        };
        same.then_some("page")
    };
    view! { <a href=href aria-current=current>{label}</a> }
}
