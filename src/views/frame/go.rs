//! Where one is, and going elsewhere: the address and the browser's history, nothing else.

use crate::markup::Listener;
use crate::routes::Route;
use crate::signal::{RwSignal, Signal, StoredValue};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Knows the address and goes to pages of the portal. Cheap to copy into callbacks.
///
/// What is remembered is only the path and the query of the page that is shown. Where Back and Forward lead is the
/// browser's to know, and it says when it has gone there.
#[derive(Clone, Copy)]
pub struct Go {
    here: RwSignal<String>,
    let_in: StoredValue<bool>,
}

/// Lets pages know where they are. Call it once, in the shell.
pub fn provide_go() {
    let (here, let_in) = (RwSignal::new(address()), StoredValue::new(false));
    // Also told when only the part behind # changes, which is the same page.
    let went = Listener::new(window().into(), "popstate", move |_| {
        let address = address();
        if here.with_untracked(|here| *here != address) {
            let_in.set_value(false);
            here.set(address);
        }
    });
    went.stay();
    provide_context(Go { here, let_in });
}

/// The way to other pages.
pub fn use_go() -> Go {
    expect_context()
}

impl Go {
    /// The path and the query, as in `/path?query`.
    pub fn here(self) -> Signal<String> {
        self.here.into()
    }

    /// Goes to a page; Back comes back.
    pub fn to(self, route: &Route) {
        self.to_path(&route.href());
    }

    /// Goes to a page instead of this one; Back goes to the page before it.
    pub fn replace(self, route: &Route) {
        self.restate(route);
        to_top();
    }

    /// The same for whoever has just signed in.
    pub fn let_in(self, route: &Route) {
        self.replace(route);
        self.let_in.set_value(true);
    }

    /// Makes the address say what this page shows by now, without going anywhere.
    pub fn restate(self, route: &Route) {
        let path = route.href();
        self.let_in.set_value(false);
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
        }
        self.here.set(path);
    }

    /// Whether one has come to this page by signing in, and did not ask for it. Tells it once.
    pub fn was_let_in(self) -> bool {
        self.let_in.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Goes to an address that was a page of the portal before.
    pub fn to_path(self, path: &str) {
        if self.here.with_untracked(|here| here != path) {
            // A browser that has had enough of it for now shows the page under the address of the one before.
            if let Ok(history) = window().history() {
                let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
            }
            self.let_in.set_value(false);
            self.here.set(path.to_owned());
        }
        to_top();
    }
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
