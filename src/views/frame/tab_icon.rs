//! The icon of the browser's tab.

use crate::memo::Memo;
use crate::session::Snapshot;
use crate::signal::{Signal, effect};
use leptos::prelude::*;
use std::sync::Arc;

/// The portal's icon in other colours and with stripes, told apart at 16 pixels also without colour.
const ACTING: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='9' fill='%23ffd67a'/%3E%3Cpath d='M0 12 12 0h8L0 20zM12 32 32 12v8L20 32z' fill='%238a5800'/%3E%3C/svg%3E";

/// Where the link keeps the portal's own icon: what follows here is made anew with every language.
const OWN: &str = "data-own";

/// Keeps the tab's icon that of oneself or that of acting, whichever one is: a row of tabs then tells the truth.
pub fn follow_person(snapshot: Signal<Arc<Snapshot>>) {
    let acting = Memo::new(move |_| snapshot.read().acting.is_some());
    effect(move || {
        let acting = acting.get();
        let link = document().query_selector("link[rel~=icon]").ok().flatten();
        if let Some(link) = link
            && let Some(own) = link.get_attribute(OWN).or_else(|| link.get_attribute("href"))
        {
            let _ = link.set_attribute(OWN, &own);
            let _ = link.set_attribute("href", if acting { ACTING } else { &own });
        }
    });
}
