//! Mounts the portal in the place of the page's loading message, nothing else.

fn main() {
    portal::panic_screen::install();
    leptos::mount::mount_to_body(portal::App);
    if let Some(boot) = leptos::prelude::document().get_element_by_id("boot") {
        boot.remove();
    }
}
