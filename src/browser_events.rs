//! What the browser does with the page as a whole.

use crate::markup::Listener;
use crate::session::SessionContext;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, PageTransitionEvent, StorageEvent};

/// Listens for as long as the page lives.
pub fn listen(session: SessionContext) {
    // Timers sleep in hidden tabs and closed laptops: the clock is read again as soon as somebody looks.
    on("visibilitychange", move |_| session.look_again());
    on("focus", move |_| session.look_again());
    // A message between tabs can come before what another tab wrote to storage can be read here; this cannot.
    on("storage", move |event| {
        let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
        session.look_at(key.as_deref());
    });
    // A page out of the back/forward cache shows what was true when it was left, and is painted before anything is heard.
    // So it goes in hidden, and is loaded again when it comes out, which proves it anew.
    on("pagehide", move |event| {
        session.leave();
        if is_kept(event)
            && let Some(root) = document().document_element()
        {
            let _ = root.set_attribute("hidden", "");
        }
    });
    on("pageshow", move |event| {
        if is_kept(event) {
            let _ = window().location().reload();
        }
    });
}

fn on(name: &'static str, heard: impl Fn(&Event) + 'static) {
    Listener::new(window().into(), name, move |event| heard(&event)).stay();
}

/// Whether the page goes into the back/forward cache, or comes out of it.
fn is_kept(event: &Event) -> bool {
    event.dyn_ref().is_some_and(PageTransitionEvent::persisted)
}
