//! What is left when a part of the portal breaks.

use crate::routes::Route;
use crate::session::SessionContext;
use leptos::prelude::document;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement};
use words::frame;

thread_local! {
    static SESSION: Cell<Option<SessionContext>> = const { Cell::new(None) };
    static CAME_FROM: Cell<fn() -> Option<String>> = const { Cell::new(|| None) };
}

/// From here on a panic puts the page's template `#broken` in the place of the portal. It is static HTML with a plain link
/// and a plain form, because nothing of the portal can be relied on any more: the link comes back to one's own account,
/// where a form would lose the address's query; the form signs out.
/// Either loads the portal anew, which ends acting, whose session was only in memory.
///
/// A release build has no words for a panic: it traps, `boot.js` hears of it and calls back.
pub fn install() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
    crate::boot::on_broken(|| {
        let _ = show();
    });
}

/// Makes the session known to the screen that a panic shows.
pub fn attend(session: SessionContext) {
    SESSION.set(Some(session));
}

/// Makes known how to find out where to come back to. Before the inside is there nobody has gone away.
pub fn attend_to(came_from: fn() -> Option<String>) {
    CAME_FROM.set(came_from);
}

fn show() -> Option<()> {
    // One panic often causes more: the first one has taken the portal away.
    let portal = document().query_selector("#portal").ok()??;
    let template: HtmlTemplateElement = document().get_element_by_id("broken")?.dyn_into().ok()?;
    let screen = template.content().clone_node_with_deep(true).ok()?;
    portal.remove();
    document().body()?.append_child(&screen).ok()?;
    document().set_title(frame::broken());
    say("h1", frame::broken());
    say("p", frame::broken_text());
    say("#broken-return", frame::return_to_my_account());
    say("button", frame::sign_out());
    let session = SESSION.get()?;
    let from = CAME_FROM.get()().and_then(|from| {
        let (path, query) = from.split_once('?').unwrap_or((&from, ""));
        Route::parse(path, query)
    });
    set("#broken-return", "href", &from.as_ref().unwrap_or(&Route::Home).href())?;
    set("#broken-leave", "value", &session.arrange_leave())?;
    if from.is_none() {
        say("#broken-return", frame::load_again());
    }
    // Last, because it asks most of what may be broken.
    session.abandon();
    Some(())
}

/// Puts the words of the current language in the place of those that the page was made with.
fn say(selector: &str, words: &str) {
    if let Ok(Some(element)) = document().query_selector(&[".error-screen ", selector].concat()) {
        element.set_text_content(Some(words));
    }
}

fn set(selector: &str, attribute: &str, value: &str) -> Option<()> {
    let element: Element = document().query_selector(selector).ok()??;
    element.set_attribute(attribute, value).ok()
}
