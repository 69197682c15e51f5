//! What every labelled field has: its label, and below it a hint, and an error while there is one.

use super::id::next_id;
use crate::markup::{View, live, view};
use crate::signal::{RwSignal, Signal, StoredValue};

/// The ids that tie a field to its label, hint and error.
#[derive(Clone, Copy)]
pub(super) struct FieldIds {
    field: StoredValue<String>,
    hint: StoredValue<String>,
    error: StoredValue<String>,
    /// Whether the next error comes to somebody who is in the field.
    within: RwSignal<bool>,
}

impl FieldIds {
    pub(super) fn new() -> Self {
        let field = next_id("field");
        Self {
            hint: StoredValue::new(field.clone() + "-hint"),
            error: StoredValue::new(field.clone() + "-error"),
            field: StoredValue::new(field),
            within: RwSignal::new(false),
        }
    }

    pub(super) fn field(self) -> String {
        self.field.get_value()
    }

    /// For `aria-describedby`: the error first, since that is what the person came back for.
    pub(super) fn described_by(
        self,
        hint: Signal<Option<String>>,
        error: Signal<Option<String>>,
    ) -> Option<String> {
        let hinted = hint.with(Option::is_some);
        match (error.with(Option::is_some), hinted) {
            (true, true) => Some(self.error.get_value() + " " + &self.hint.get_value()),
            (true, false) => Some(self.error.get_value()),
            (false, true) => Some(self.hint.get_value()),
            (false, false) => None,
        }
    }
}

/// For `aria-invalid`: only ever present with an error to read.
pub(super) fn invalid(error: Signal<Option<String>>) -> Option<&'static str> {
    error.with(Option::is_some).then_some("true")
}

/// The hint, under the field it belongs to.
pub(super) fn hinted(ids: FieldIds, hint: Signal<Option<String>>) -> View {
    live(move || hint.get().map(|hint| view! { <p class="field__hint" id=ids.hint.get_value()>{hint}</p> }))
}

/// A control between its label, and its hint and error.
///
/// An error that comes while one is in the field is read out at once. Whoever is brought to the field by it hears it as
/// the field's description, and not a second time.
pub(super) fn labelled(
    ids: FieldIds,
    label: String,
    hint: Signal<Option<String>>,
    error: Signal<Option<String>>,
    control: View,
) -> View {
    let look = move || ids.within.set(error.with_untracked(Option::is_none));
    view! {
        <div
            class="field"
            on:focusin=move |_| look()
            on:keydown=move |_| look()
            on:focusout=move |_| ids.within.set(false)
        >
            <label class="field__label" for=ids.field()>
                {label}
            </label>
            {control}
            {hinted(ids, hint)}
            <div class="said" aria-live=move || ids.within.get().then_some("assertive")>
                {move || {
                    error.get().map(|error| view! { <p class="field__error" id=ids.error.get_value()>{error}</p> })
                }}
            </div>
        </div>
    }
}
