//! Going to another page.

use crate::routes::Route;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsValue;

/// Goes to pages of the portal. Cheap to copy into callbacks.
#[derive(Clone, Copy)]
pub struct Go(StoredValue<Navigate>);

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The way to other pages, for the component that calls it.
pub fn use_go() -> Go {
    Go(StoredValue::new(Box::new(use_navigate())))
}

impl Go {
    /// Goes to a page; Back comes back.
    pub fn to(self, route: &Route) {
        self.to_path(&route.href());
    }

    /// Goes to a page instead of this one; Back goes to the page before it.
    pub fn replace(self, route: &Route) {
        self.navigate(&route.href(), NavigateOptions { replace: true, ..NavigateOptions::default() });
    }

    /// Makes the address say what this page shows by now, without going anywhere.
    pub fn restate(self, route: &Route) {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        self.navigate(&route.href(), options);
    }

    /// Goes to an address that was a page of the portal before.
    pub fn to_path(self, path: &str) {
        self.navigate(path, NavigateOptions::default());
    }

    fn navigate(self, path: &str, options: NavigateOptions) {
        self.0.try_with_value(|navigate| {
            navigate(path, NavigateOptions { resolve: false, ..options });
        });
        keep_address(path);
    }
}

/// Makes the address that of the page that is shown.
///
/// The router (0.8.17) remembers where one has been, but not that one went Forward, and then takes a new page for the
/// one it believes to be on: the page changes and the address does not.
fn keep_address(path: &str) {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if here != path
        && let Ok(history) = window().history()
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}
