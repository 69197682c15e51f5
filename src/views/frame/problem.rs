//! A part of a page that could not be loaded.

use super::coded::Coded;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::signal::{Callback, Signal};
use crate::ui::{Alert, Button, outlive_focus};
use leptos::prelude::*;

/// Says what went wrong and offers to try again.
#[component]
pub fn Problem(
    /// What went wrong.
    error: ApiError,
    /// Tries again.
    retry: impl Fn() + Send + Sync + 'static,
    /// Whether it is being tried.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> View {
    // A change of person takes this page away in the same moment: nothing to say about it.
    if error == ApiError::WrongIdentity {
        return View::NOTHING;
    }
    outlive_focus();
    view! {
        <Alert>
            <div class="stack">
                // Made anew with each answer, so that the same words are announced again.
                {move || view! { <p><Coded sentence=error.sentence() code=error.code()/></p> }}
                <div><Button busy on_press=Callback::new(move |()| retry())>{words::frame::try_again()}</Button></div>
            </div>
        </Alert>
    }
}
