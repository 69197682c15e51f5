//! The cache of queries, tied to a real session in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

#[path = "browser/fake_fetch.rs"]
mod fake_fetch;

use contract::Settings;
use contract::teams::TeamDetail;
use fake_fetch::{FakeFetch, reply};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use portal::api::{BrowserTransport, Client};
use portal::markup::{Show, View, mount, view};
use portal::queries::{provide_queries, use_queries};
use portal::session::{Event, SessionContext, provide_session};
use portal::signal::RwSignal;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const WHOAMI: &str = r#"{"User":{"Id":1},"Profiles":[{"Id":11,"FullName":"Own","IsDefaultProfile":true}]}"#;
const TEAMS: &str = r#"{"Records":[{"Id":5,"Name":"Blue"}]}"#;
const CREDENTIAL: &str = r#"{"access":"a","client_id":"c","since":1}"#;

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
            _ => "",
        };
        reply(&format!("return new Response('{body}')"))
    })
}

type Seen = Rc<RefCell<Weak<dyn Send + Sync>>>;

/// The session, and whether the page is shown.
type Portal = (SessionContext, RwSignal<bool>);

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

#[wasm_bindgen_test]
async fn sec_40_what_was_read_for_one_person_is_dropped_with_them_and_not_only_marked_as_old() {
    let _server = server();
    let storage = window().session_storage().unwrap().unwrap();
    storage.set_item("portal.session", CREDENTIAL).unwrap();
    let seen: Seen = Rc::new(RefCell::new(Weak::<u8>::new()));
    let portal: Rc<RefCell<Option<Portal>>> = Rc::default();
    let root = document().create_element("main").unwrap();
    let (given, kept) = (portal.clone(), seen.clone());
    let _mounted = mount(&root, move || {
        let session = provide_session(Client::new(Rc::new(BrowserTransport)));
        session.learn();
        provide_queries(session);
        session.begin(Settings::default());
        let shown = RwSignal::new(false);
        given.replace(Some((session, shown)));
        let seen = StoredValue::new_local(kept);
        view! { <Show when=move || shown.get()><Teams seen/></Show> }
    });
    let (session, shown) = portal.borrow_mut().take().unwrap();
    eventually("signing in", || session.snapshot().get_untracked().own).await;
    shown.set(true);
    eventually("the reply", || seen.borrow().upgrade()).await;
    shown.set(false);

    session.dispatch(Event::SignOut);
    eventually("forgetting", || seen.borrow().upgrade().is_none().then_some(())).await;
    storage.clear().unwrap();
}
