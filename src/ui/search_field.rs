use super::{
    field::{FieldIds, hinted},
    icon::{Icon, IconName},
};
use crate::markup::{NodeRef, View, view};
use crate::signal::{RwSignal, Signal};
use leptos::{ev, html, prelude::*};

/// A native search field with its label in sight; Escape empties it before it does anything else.
#[component]
pub fn SearchField(
    /// The visible label and accessible name.
    #[prop(into)]
    label: String,
    /// What is sought.
    value: RwSignal<String>,
    /// What can be sought.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// The input, to put the focus on.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> View {
    let ids = FieldIds::new();
    let no_error = Signal::stored(None);
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
            event.prevent_default();
            event.stop_propagation();
            value.set(String::new());
        }
    };
    view! {
        <div class="field field--search">
            <label class="field__label" for=ids.field()>
                {label}
            </label>
            <div class="field__control">
                <Icon name=IconName::Search />
                <input
                    class="input"
                    node_ref=node_ref
                    type="search"
                    id=ids.field()
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=move || ids.described_by(hint, no_error)
                    bind:value=value
                    on:keydown=escape
                />
            </div>
            {hinted(ids, hint)}
        </div>
    }
}
