//! What a press on a link does.

use super::go::Go;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, MouseEvent};

/// Follows a press on a link to a page of the portal without loading it anew: the address changes, and Back comes
/// back. Any other press (another origin, a download, a new tab or window) is the browser's.
pub fn follow(event: &MouseEvent, go: Go) {
    let Some(link) = pressed(event) else { return };
    let elsewhere = event.default_prevented()
        || event.button() != 0
        || event.meta_key()
        || event.ctrl_key()
        || event.shift_key()
        || event.alt_key()
        || !link.target().is_empty()
        || link.has_attribute("download")
        || window().location().origin().ok() != Some(link.origin());
    // A link within the page moves the focus, which the browser does best.
    let within = link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
    if !elsewhere && !within {
        event.prevent_default();
        go.to_path(&(link.pathname() + &link.search()));
    }
}

fn pressed(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest("a[href]").ok()??.dyn_into().ok()
}
