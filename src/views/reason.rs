//! The field in which one says why.

use crate::markup::{NodeRef, View, view};
use crate::session::Reason;
use crate::signal::{RwSignal, Signal};
use crate::ui::TextArea;
use leptos::prelude::*;

/// What is typed as a reason. Nothing is complained about before the first try.
#[derive(Clone, Copy)]
pub struct TypedReason {
    text: RwSignal<String>,
    tried: RwSignal<bool>,
    input: NodeRef<leptos::html::Textarea>,
}

impl TypedReason {
    /// Begins with a text, which may be empty.
    pub fn new(text: String) -> Self {
        Self { text: RwSignal::new(text), tried: RwSignal::new(false), input: NodeRef::new() }
    }

    /// The reason, if there is one; else the field says what is missing and has the focus.
    pub fn take(self) -> Option<Reason> {
        self.tried.set(true);
        let reason = Reason::parse(&self.text.read_untracked()).ok();
        if reason.is_none()
            && let Some(input) = self.input.get_untracked()
        {
            let _ = input.focus();
        }
        reason
    }
}

/// The field itself.
#[component]
pub fn ReasonField(
    /// What is typed.
    typed: TypedReason,
    /// What helps before typing.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
) -> View {
    let TypedReason { text, tried, input } = typed;
    let error = Signal::derive(move || {
        let wrong = Reason::parse(&text.read()).err();
        wrong.filter(|_| tried.get()).map(ToOwned::to_owned)
    });
    view! { <TextArea label=words::frame::reason() value=text node_ref=input required=true error hint/> }
}
