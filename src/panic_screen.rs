//! What is left when a part of the portal breaks.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlTemplateElement;

/// From here on a panic writes to the console and puts the page's template `#broken` in the place of the portal. It is
/// static HTML, because nothing of the portal can be relied on any more. Loading the page again, which it offers, ends
/// acting as another person, whose session was only in memory, and gives back one's own account.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let _ = show();
    }));
}

fn show() -> Option<()> {
    // One panic often causes more: the first one has taken the portal away.
    let app = document().query_selector(".app").ok()??;
    let template: HtmlTemplateElement = document().get_element_by_id("broken")?.dyn_into().ok()?;
    let screen = template.content().clone_node_with_deep(true).ok()?;
    app.remove();
    document().body()?.append_child(&screen).ok().map(|_| ())
}
