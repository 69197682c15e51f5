use super::field::{FieldIds, invalid, labelled};
use crate::markup::{View, view};
use crate::signal::{Callback, Signal};
use leptos::prelude::*;

/// A native select that shows `selected`, also after the options have changed.
#[component]
pub fn Select(
    /// The visible label and accessible name.
    #[prop(into)]
    label: String,
    /// Value and text of each option, in order.
    options: Signal<Vec<(String, String)>>,
    /// The value of the option shown.
    #[prop(into)]
    selected: Signal<String>,
    /// Runs with the value of the option chosen.
    on_change: Callback<String>,
    /// Why what was chosen cannot be taken.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> View {
    let (ids, no_hint) = (FieldIds::new(), Signal::stored(None));
    let choices = move || {
        let option = |(value, text): (String, String)| {
            let own = value.clone();
            view! {
                <option value=value prop:selected=move || selected.with(|selected| *selected == own)>
                    {text}
                </option>
            }
        };
        options.get().into_iter().map(option).collect::<View>()
    };
    let control = view! {
        <select
            class="input"
            id=ids.field()
            aria-invalid=move || invalid(error)
            aria-describedby=move || ids.described_by(no_hint, error)
            on:change=move |event| on_change.run(event_target_value(&event))
        >
            {choices}
        </select>
    };
    labelled(ids, label, no_hint, error, control)
}
