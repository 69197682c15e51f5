//! Mounts the portal, nothing else.

fn main() {
    let stage = portal::boot::stage();
    portal::panic_screen::install();
    portal::markup::mount(&stage, portal::App).forget();
}
