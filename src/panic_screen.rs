//! What is left when a part of the portal breaks.

use leptos::prelude::document;

/// From here on a panic writes to the console and shows the page's `#broken` in the place of everything else. It is
/// static HTML, because nothing of the portal can be relied on any more. Loading the page again, which it offers, ends
/// acting as another person, whose session was only in memory, and gives back one's own account.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let Some(screen) = document().get_element_by_id("broken") else { return };
        if let Ok(Some(app)) = document().query_selector(".app") {
            let _ = app.set_attribute("hidden", "");
        }
        let _ = screen.remove_attribute("hidden");
    }));
}
