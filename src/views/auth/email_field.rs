use crate::markup::{NodeRef, View, view};
use crate::signal::Signal;
use crate::ui::{FieldKind, TextField};
use crate::views::auth::arrival::use_arrival;
use leptos::html::Input;
use leptos::prelude::*;

/// The e-mail address of whoever wants in, the same on every page of signing in.
#[component]
pub fn EmailField(
    /// The input, to put the focus on.
    input: NodeRef<Input>,
    /// Whether one has tried to go on: then an empty one is told.
    #[prop(into)]
    tried: Signal<bool>,
) -> View {
    let email = use_arrival().email;
    let error = Signal::derive(move || {
        (tried.get() && email.read().trim().is_empty()).then(|| words::sign_in::enter_email().to_owned())
    });
    view! {
        <TextField label=words::sign_in::email() value=email node_ref=input kind=FieldKind::Email
            autocomplete="username" required=true error/>
    }
}
