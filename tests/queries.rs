//! The cache of queries, tied to a real session in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

#[path = "browser/fake_fetch.rs"]
mod fake_fetch;

use contract::teams::TeamDetail;
use contract::{Settings, TeamId};
use fake_fetch::{FakeFetch, reply};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use portal::api::{BrowserTransport, Client};
use portal::markup::{Show, View, mount, view};
use portal::queries::{Queries, provide_queries, use_queries};
use portal::session::{Event, SessionContext, provide_session};
use portal::signal::RwSignal;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Weak};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const WHOAMI: &str = r#"{"User":{"Id":1},"Profiles":[{"Id":11,"FullName":"Own","IsDefaultProfile":true}]}"#;
const TEAMS: &str = r#"{"Records":[{"Id":5,"Name":"Blue"}]}"#;
const TEAM: &str = r#"{"Id":5,"Name":"Blue"}"#;

/// Waits for something to come true, by the browser's clock.
async fn eventually<T>(what: &str, check: impl Fn() -> Option<T>) -> T {
    let deadline = js_sys::Date::now() + 5_000.0;
    loop {
        if let Some(found) = check() {
            return found;
        }
        assert!(js_sys::Date::now() < deadline, "{what} did not happen");
        TimeoutFuture::new(5).await;
    }
}

fn server() -> FakeFetch {
    FakeFetch::answering(|request| {
        let body = match request.url() {
            url if url.contains("/coworkers/profiles") => WHOAMI,
            url if url.contains("/teams/my") => TEAMS,
            url if url.contains("/teams/5/profile") => TEAM,
            _ => "",
        };
        reply(&format!("return new Response('{body}')"))
    })
}

type Seen = Rc<RefCell<Weak<dyn Send + Sync>>>;

/// The session, its queries, and whether the page is shown.
type Portal = (SessionContext, Queries, RwSignal<bool>);

/// A page that reads the teams, and lets the test see the reply without keeping it alive.
#[component]
fn Teams(seen: StoredValue<Seen, LocalStorage>) -> View {
    let teams = use_queries().administered_teams(TeamDetail::Names);
    Effect::new(move |_| {
        if let Some(Ok(list)) = teams.get() {
            let list: Arc<dyn Send + Sync> = list;
            seen.get_value().replace(Arc::downgrade(&list));
        }
    });
    View::NOTHING
}

/// The portal's session and its queries, with a page that shows the teams when it is told to.
async fn portal() -> (impl Drop, Seen, Portal) {
    // A sign-out is remembered, and ends what is older.
    window().local_storage().unwrap().unwrap().clear().unwrap();
    let storage = window().session_storage().unwrap().unwrap();
    storage.clear().unwrap();
    // Younger than the sign-out of a test before, which may still be on its way to whoever listens.
    let since = js_sys::Date::now() + 3_600_000.0;
    let credential = format!(r#"{{"access":"a","client_id":"c","since":{since}}}"#);
    storage.set_item("portal.session", &credential).unwrap();
    let seen: Seen = Rc::new(RefCell::new(Weak::<u8>::new()));
    let portal: Rc<RefCell<Option<Portal>>> = Rc::default();
    let root = document().create_element("main").unwrap();
    let (given, kept) = (portal.clone(), seen.clone());
    let mounted = mount(&root, move || {
        let session = provide_session(Client::new(Rc::new(BrowserTransport)));
        session.learn();
        let queries = provide_queries(session);
        session.begin(Settings::default());
        let shown = RwSignal::new(false);
        given.replace(Some((session, queries, shown)));
        let seen = StoredValue::new_local(kept);
        view! { <Show when=move || shown.get()><Teams seen/></Show> }
    });
    let portal = portal.borrow_mut().take().unwrap();
    eventually("signing in", || portal.0.snapshot().get_untracked().own.clone()).await;
    (mounted, seen, portal)
}

#[wasm_bindgen_test]
async fn sec_40_what_was_read_for_one_person_is_dropped_with_them_and_not_only_marked_as_old() {
    let _server = server();
    let (_mounted, seen, (session, _, shown)) = portal().await;
    shown.set(true);
    eventually("the reply", || seen.borrow().upgrade()).await;
    shown.set(false);

    session.dispatch(Event::SignOut);
    eventually("forgetting", || seen.borrow().upgrade().is_none().then_some(())).await;
}

/// Reads a team as a page would, which goes when the owner is cleaned up.
async fn read_team(queries: Queries, team: TeamId) -> Owner {
    let page = Owner::new();
    page.with(|| queries.team(team));
    eventually("the team", || queries.known_team(queries.epoch(), team)).await;
    page
}

#[wasm_bindgen_test]
async fn what_was_worked_out_of_a_team_is_dropped_with_the_person_it_was_read_for() {
    let _server = server();
    let (_mounted, _, (session, queries, _)) = portal().await;
    let (epoch, team) = (queries.epoch(), TeamId(5));
    let page = read_team(queries, team).await;
    let worked_out = Rc::new("names");
    queries.keep_of_team(epoch, team, worked_out.clone());
    assert_eq!(queries.kept_of_team::<Rc<&str>>(epoch, team).as_deref(), Some(&"names"));

    page.cleanup();
    session.dispatch(Event::SignOut);
    let is_dropped = || (Rc::strong_count(&worked_out) == 1).then_some(());
    eventually("forgetting", is_dropped).await;
    // A page of that person that is still about to go keeps nothing either.
    queries.keep_of_team(epoch, team, worked_out.clone());
    assert!(is_dropped().is_some());
}

#[wasm_bindgen_test]
async fn what_was_worked_out_of_a_team_is_dropped_when_it_may_not_be_read_any_more() {
    let may_read = Rc::new(Cell::new(true));
    let may = may_read.clone();
    let _server = FakeFetch::answering(move |request| {
        let is_team = request.url().contains("/teams/5/profile");
        let status = if is_team && !may.get() { 403 } else { 200 };
        let body = if is_team { TEAM } else { WHOAMI };
        reply(&format!("return new Response('{body}', {{ status: {status} }})"))
    });
    let (_mounted, _, (_, queries, _)) = portal().await;
    let (epoch, team) = (queries.epoch(), TeamId(5));
    let _page = read_team(queries, team).await;
    let worked_out = Rc::new("names");
    queries.keep_of_team(epoch, team, worked_out.clone());

    may_read.set(false);
    queries.refetch();
    let is_dropped = || (Rc::strong_count(&worked_out) == 1).then_some(());
    eventually("forgetting", is_dropped).await;
    queries.keep_of_team(epoch, team, worked_out.clone());
    assert!(is_dropped().is_some(), "it was worked out of what may not be read");
    assert_eq!(queries.epoch(), epoch, "the same person is there");
    assert!(queries.known_team(epoch, team).is_none());
}

#[wasm_bindgen_test]
async fn what_was_wanted_again_while_a_reading_went_on_that_failed_is_asked_for_once_more() {
    let asked = Rc::new(Cell::new(0));
    let count = asked.clone();
    let _server = FakeFetch::answering(move |request| {
        let is_teams = request.url().contains("/teams/my");
        asked.set(asked.get() + u32::from(is_teams));
        let body = if is_teams { TEAMS } else { WHOAMI };
        let status = if is_teams && asked.get() == 2 { 400 } else { 200 };
        reply(&format!("return new Response('{body}', {{ status: {status} }})"))
    });
    let (_mounted, seen, (_, queries, shown)) = portal().await;
    shown.set(true);
    eventually("the reply", || seen.borrow().upgrade()).await;

    queries.refetch();
    queries.refetch();
    eventually("asking once more", || (count.get() == 3).then_some(())).await;
}
