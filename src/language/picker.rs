use super::use_language;
use crate::markup::{View, view};
use crate::signal::{Callback, Signal};
use crate::ui::{Alert, Select};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use words::Language;

/// What the picker is found by after everything around it was made anew.
const ID: &str = "language";

/// Chooses the language of the portal, each by its own name. The focus stays on it when the words around it change.
#[component]
pub fn LanguagePicker() -> View {
    let language = use_language();
    let picker = move || {
        // Made anew when a language could not be had, so that it shows what is spoken again.
        let failed = language.failed();
        let spoken = language.spoken().unwrap_or_default();
        if language.take_just_chosen() {
            request_animation_frame(focus);
        }
        let options = Language::OFFERED.map(|each| (each.tag().to_owned(), each.own_name().to_owned()));
        let on_change = Callback::new(move |tag: String| {
            if let Some(wanted) = Language::of_tag(&tag) {
                // Not every browser gives it the focus, which tells whether the person is still there.
                focus();
                language.choose(wanted);
            }
        });
        view! {
            <Select label=words::frame::language() options=Signal::stored(options.to_vec())
                selected=Signal::stored(spoken.tag().to_owned()) on_change/>
            {failed.map(|failed| view! {
                <Alert>{words::frame::language_failed(failed.own_name())}</Alert>
            })}
        }
    };
    view! { <div class="language" id=ID>{picker}</div> }
}

fn focus() {
    let picker = document().get_element_by_id(ID);
    let select = picker.and_then(|picker| picker.query_selector("select").ok()?);
    if let Some(select) = select.and_then(|select| select.dyn_into::<HtmlElement>().ok()) {
        let _ = select.focus();
    }
}
