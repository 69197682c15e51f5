//! "What you have changed is not saved."

use crate::markup::{Show, View, view};
use crate::signal::RwSignal;
use crate::ui::{Alert, AlertKind, Button, ButtonKind};
use leptos::prelude::*;
use words::saving as say;

/// Asks whoever is about to go, as long as `leaving` says so, whether what is not saved is given up.
#[component]
pub fn LeavingAlert(
    /// Whether somebody is.
    leaving: RwSignal<bool>,
    /// Gives it up.
    on_discard: Callback<()>,
) -> View {
    view! {
        <Show when=move || leaving.get()>
            <Alert kind=AlertKind::Warning>
                <p>{say::leaving()}</p>
                <div class="cluster">
                    <Button on_press=Callback::new(move |()| leaving.set(false))>{say::go_on_editing()}</Button>
                    <Button kind=ButtonKind::Danger on_press=on_discard>{say::discard()}</Button>
                </div>
            </Alert>
        </Show>
    }
}
