//! Double clicks.

use crate::markup::Listener;
use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlLabelElement, UiEvent};

/// From now on the second press of a double click counts only where the first one did. What lies there because of that one,
/// or because the page has moved meanwhile, was not meant: it may be another member's switch.
pub fn hear_no_press_elsewhere() {
    let mut first = None;
    Listener::early(window().into(), "click", move |event| {
        let control = event.target().and_then(|target| control(target.dyn_ref()?));
        if event.dyn_ref::<UiEvent>().is_none_or(|press| press.detail() <= 1) {
            first = control;
        } else if control != first {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    })
    .stay();
}

/// What is pressed where an element is: by a label, what it is the label of, to which a browser passes the press on.
fn control(element: &Element) -> Option<Element> {
    let found = element.closest("a, button, input, label, select, summary, textarea").ok().flatten()?;
    let labelled = found.dyn_ref::<HtmlLabelElement>().and_then(HtmlLabelElement::control);
    Some(labelled.map_or(found, Into::into))
}
