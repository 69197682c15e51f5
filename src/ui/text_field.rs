use super::{
    field::{FieldIds, invalid, labelled},
    icon::{Icon, IconName},
};
use crate::markup::{NodeRef, View, view};
use crate::signal::{RwSignal, Signal};
use leptos::{html, prelude::*};

/// What is typed into a field; it decides the keyboard of a phone and what is hidden.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FieldKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A secret, hidden until asked for.
    Password,
    /// Digits sent to the person, such as a verification code.
    Code,
    /// Letters and digits sent to the person, such as a one-time code.
    Letters,
    /// A day, as `2025-02-01`.
    Date,
}

/// A one-line field whose label, hint and error are tied to it.
///
/// A password has a button "Show password"; what was typed stays when it is pressed. An error is announced as the field's description and marks the field
/// invalid; it is the form's business to put the focus on the first invalid field (`node_ref`).
/// `required` is told to assistive technology; where some fields of a form are optional, say so in their hint.
#[component]
pub fn TextField(
    /// The visible label and accessible name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What kind of text it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// The `autocomplete` token, such as `username`.
    #[prop(optional, into)]
    autocomplete: &'static str,
    /// Why what was typed cannot be taken.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps before typing.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Whether it only shows what it holds.
    #[prop(optional)]
    readonly: bool,
    /// The input, to put the focus on.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> View {
    let ids = FieldIds::new();
    let revealed = RwSignal::new(false);
    let password = kind == FieldKind::Password;
    let input_type = move || match kind {
        FieldKind::Date => "date",
        FieldKind::Password if !revealed.get() => "password",
        _ => "text",
    };
    // Not the type `email`: its selection cannot be read, and the browser would trim while one types.
    let inputmode = match kind {
        FieldKind::Email => Some("email"),
        FieldKind::Code => Some("numeric"),
        _ => None,
    };
    let verbatim = kind != FieldKind::Text;

    let control = view! {
        <div class="field__control">
            <input
                class="input"
                node_ref=node_ref
                id=ids.field()
                type=input_type
                inputmode=inputmode
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                autocapitalize=verbatim.then_some("none")
                spellcheck=verbatim.then_some("false")
                required=required
                readonly=readonly
                aria-invalid=move || invalid(error)
                aria-describedby=move || ids.described_by(hint, error)
                bind:value=value
            />
            {password.then(|| view! { <Reveal revealed controls=ids.field() /> })}
        </div>
    };
    labelled(ids, label, hint, error, control)
}

/// The button that shows a password. Its name stays; `aria-pressed` tells the state.
#[component]
fn Reveal(revealed: RwSignal<bool>, controls: String) -> View {
    view! {
        <button
            type="button"
            class="field__reveal"
            aria-label=words::ui::show_password()
            aria-pressed=move || if revealed.get() { "true" } else { "false" }
            aria-controls=controls
            on:click=move |_| revealed.update(|revealed| *revealed = !*revealed)
        >
            {move || {
                let name = if revealed.get() { IconName::EyeOff } else { IconName::Eye };
                view! { <Icon name /> }
            }}
        </button>
    }
}
