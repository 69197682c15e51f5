//! What is wrong with the text of one field.

use crate::markup::NodeRef;
use crate::signal::{RwSignal, Signal};
use leptos::html::Input;

/// A sentence about the text in a field, for as long as it is that text.
#[derive(Clone, Copy)]
pub struct Wrong {
    /// The field.
    pub input: NodeRef<Input>,
    text: RwSignal<String>,
    said: RwSignal<Option<(String, String)>>,
}

/// For the field that holds this text.
pub fn use_wrong(text: RwSignal<String>) -> Wrong {
    Wrong { input: NodeRef::new(), text, said: RwSignal::new(None) }
}

impl Wrong {
    /// Says it beside the field, and gives the field the focus with all of its text selected: it is to be typed again.
    pub fn say(self, sentence: impl Into<String>) {
        self.said.set(Some((sentence.into(), self.text.get_untracked())));
        self.attend();
    }

    /// Gives the field the focus.
    pub fn attend(self) {
        if let Some(input) = self.input.try_get_untracked().flatten() {
            let _ = input.focus();
            input.select();
        }
    }

    /// The sentence, for the field.
    pub fn sentence(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let said = self.said.get().filter(|(_, text)| *text == *self.text.read());
            said.map(|(sentence, _)| sentence)
        })
    }
}
