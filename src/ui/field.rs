//! What every labelled field has below it: a hint, and an error while there is one.

use super::id::next_id;
use crate::markup::{View, view};
use crate::signal::Signal;
use leptos::prelude::*;

/// The ids that tie a field to its label, hint and error.
#[derive(Clone, Copy)]
pub(super) struct FieldIds {
    field: StoredValue<String>,
    hint: StoredValue<String>,
    error: StoredValue<String>,
}

impl FieldIds {
    pub(super) fn new() -> Self {
        let field = next_id("field");
        Self {
            hint: StoredValue::new(field.clone() + "-hint"),
            error: StoredValue::new(field.clone() + "-error"),
            field: StoredValue::new(field),
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

/// The hint and the error, under the field they belong to.
pub(super) fn notes(ids: FieldIds, hint: Signal<Option<String>>, error: Signal<Option<String>>) -> View {
    view! {
        {move || hint.get().map(|hint| view! { <p class="field__hint" id=ids.hint.get_value()>{hint}</p> })}
        {move || error.get().map(|error| view! { <p class="field__error" id=ids.error.get_value()>{error}</p> })}
    }
}
