//! What is wrong with the text of one field.

use super::told::Told;
use crate::markup::NodeRef;
use crate::signal::{RwSignal, Signal};
use leptos::html::Input;

/// A sentence about the text in a field, for as long as it is that text.
#[derive(Clone, Copy)]
pub struct Wrong {
    /// The field.
    pub input: NodeRef<Input>,
    said: RwSignal<Option<(Told, String)>>,
}

/// Nothing is.
pub fn use_wrong() -> Wrong {
    Wrong { input: NodeRef::new(), said: RwSignal::new(None) }
}

impl Wrong {
    /// Says it of the text beside its field, and gives the field the focus with all of it selected: it is to be typed again.
    pub fn say(self, text: RwSignal<String>, told: Told) {
        self.said.set(Some((told, text.get_untracked())));
        self.attend();
    }

    /// Gives the field the focus.
    pub fn attend(self) {
        if let Some(input) = self.input.try_get_untracked().flatten() {
            let _ = input.focus();
            input.select();
        }
    }

    /// Nothing is wrong any more.
    pub fn forget(self) {
        self.said.set(None);
    }

    /// The sentence, for the field of this text.
    pub fn sentence(self, text: RwSignal<String>) -> Signal<Option<String>> {
        Signal::derive(move || {
            let said = self.said.get().filter(|(_, wrong)| *wrong == *text.read());
            said.map(|(told, _)| told.sentence())
        })
    }
}
