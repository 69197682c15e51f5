//! Mounts the portal, nothing else.

fn main() {
    let stage = portal::boot::stage();
    portal::panic_screen::install();
    leptos::mount::mount_to(stage, portal::App).forget();
}
