use super::field::{FieldIds, hinted};
use crate::markup::{View, view};
use crate::signal::{RwSignal, Signal};
use leptos::prelude::*;

/// A native checkbox; the whole line, label included, is its target.
#[component]
pub fn Checkbox(
    /// The visible label and accessible name.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// What ticking it means.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
) -> View {
    let ids = FieldIds::new();
    let no_error = Signal::stored(None);
    view! {
        <div class="choice">
            <input
                class="choice__box"
                type="checkbox"
                id=ids.field()
                aria-describedby=move || ids.described_by(hint, no_error)
                bind:checked=checked
            />
            <label class="choice__label" for=ids.field()>
                {label}
            </label>
            {hinted(ids, hint)}
        </div>
    }
}
