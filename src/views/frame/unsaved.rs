//! Being asked before something that is not saved is lost.

use crate::markup::Listener;
use crate::signal::{Callback, StoredValue};
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// As long as what calls this is there, the browser neither goes back nor forward, nor to another site, before `asks` was
/// run: it asks what is to become of something that is not saved, and says whether it has, in which case one stays.
///
/// Browsers that do not tell before they go back or forward go there. Ways on in the portal are not asked about.
pub fn use_unsaved(asks: Callback<(), bool>) {
    let has_left = StoredValue::new(false);
    let leave = move |event: Event| {
        if !has_left.get_value() && asks.run(()) {
            event.prevent_default();
        }
    };
    let back = move |event: Event| {
        let kind = Reflect::get(&event, &"navigationType".into());
        if kind.is_ok_and(|kind| kind == "traverse") && event.cancelable() {
            leave(event);
        }
    };
    let navigation = Reflect::get(&window(), &"navigation".into()).ok().and_then(|it| it.dyn_into().ok());
    Listener::new(window().into(), "beforeunload", leave).until_cleanup();
    // Whoever has left all the same was asked: a page that comes back is loaded anew.
    Listener::new(window().into(), "pagehide", move |_| has_left.set_value(true)).until_cleanup();
    if let Some(navigation) = navigation {
        Listener::new(navigation, "navigate", back).until_cleanup();
    }
}
