//! Mounts the portal in the place of the page's loading message, nothing else.

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(portal::App);
    if let Some(boot) = leptos::prelude::document().get_element_by_id("boot") {
        boot.remove();
    }
}
