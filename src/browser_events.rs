//! What the browser does with the page as a whole.

use crate::session::SessionContext;
use leptos::ev;
use leptos::prelude::*;

/// Listens for as long as the page lives.
pub fn listen(session: SessionContext) {
    // Timers sleep in hidden tabs and closed laptops: the clock is read again as soon as somebody looks.
    let _ = window_event_listener(ev::visibilitychange, move |_| session.look_again());
    let _ = window_event_listener(ev::focus, move |_| session.look_again());
    // A message between tabs can come before what another tab wrote to storage can be read here; this cannot.
    let _ = window_event_listener(ev::storage, move |event| session.look_at(event.key().as_deref()));
    // A page out of the back/forward cache shows what was true when it was left, and is painted before anything is heard.
    // So it goes in hidden, and is loaded again when it comes out, which proves it anew.
    let _ = window_event_listener(ev::pagehide, move |event| {
        session.leave();
        if event.persisted()
            && let Some(root) = document().document_element()
        {
            let _ = root.set_attribute("hidden", "");
        }
    });
    let _ = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            let _ = window().location().reload();
        }
    });
}
