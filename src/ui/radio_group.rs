use super::{field::FieldIds, field::hinted, id::next_id};
use crate::markup::{View, view};
use crate::signal::{RwSignal, Signal};
use leptos::prelude::*;

/// One answer of a [`RadioGroup`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RadioOption {
    /// What `selected` becomes.
    pub value: &'static str,
    /// The visible label and accessible name.
    pub label: String,
    /// What choosing it means; may be empty.
    pub hint: String,
}

/// Exactly one of a few answers, as native radios under a legend.
///
/// Arrow keys select as they move, so nothing may happen on selection alone: act on a button.
#[component]
pub fn RadioGroup(
    /// The question.
    #[prop(into)]
    legend: String,
    /// The answers, in order.
    options: Vec<RadioOption>,
    /// The value of the answer chosen.
    selected: RwSignal<&'static str>,
) -> View {
    let group = next_id("radios");
    let radios = options
        .into_iter()
        .map(|RadioOption { value, label, hint }| {
            let ids = FieldIds::new();
            let hint: Signal<Option<String>> = (!hint.is_empty()).then_some(hint).into();
            let no_error = Signal::stored(None);
            view! {
                <div class="choice">
                    <input
                        class="choice__box"
                        type="radio"
                        name=group.clone()
                        id=ids.field()
                        value=value
                        aria-describedby=ids.described_by(hint, no_error)
                        prop:checked=move || selected.get() == value
                        on:change=move |_| selected.set(value)
                    />
                    <label class="choice__label" for=ids.field()>
                        {label}
                    </label>
                    {hinted(ids, hint)}
                </div>
            }
        })
        .collect::<View>();

    view! {
        <fieldset class="fieldset">
            <legend class="field__label">{legend}</legend>
            {radios}
        </fieldset>
    }
}
