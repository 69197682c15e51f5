//! "What you have changed is not saved."

use crate::markup::{View, view};
use crate::signal::{Callback, RwSignal};
use crate::ui::{Button, ButtonKind, question};
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
    question(move || {
        leaving.get().then(|| {
            view! {
                <p>{say::leaving()}</p>
                <div class="cluster">
                    <Button on_press=Callback::new(move |()| leaving.set(false))>{say::go_on_editing()}</Button>
                    <Button kind=ButtonKind::Danger on_press=on_discard>{say::discard()}</Button>
                </div>
            }
        })
    })
}
