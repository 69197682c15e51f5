use super::field::{FieldIds, invalid, labelled};
use crate::markup::{NodeRef, View, view};
use crate::signal::{RwSignal, Signal};
use leptos::{html, prelude::*};

/// A field of several lines whose label, hint and error are tied to it.
#[component]
pub fn TextArea(
    /// The visible label and accessible name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Why what was typed cannot be taken.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps before typing.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// The text area, to put the focus on.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> View {
    let ids = FieldIds::new();
    let control = view! {
        <textarea
            class="input input--area"
            node_ref=node_ref
            id=ids.field()
            rows="3"
            required=required
            aria-invalid=move || invalid(error)
            aria-describedby=move || ids.described_by(hint, error)
            bind:value=value
        ></textarea>
    };
    labelled(ids, label, hint, error, control)
}
