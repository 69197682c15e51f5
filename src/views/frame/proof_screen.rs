//! Shown while it cannot be proved whose session it is.

use super::page::Page;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::signal::{Callback, Signal};
use crate::ui::Button;
use crate::views::auth::sign_in::use_sign_in;
use crate::views::auth::{TroubleNote, TryButton, use_trouble};
use leptos::prelude::*;
use words::frame;

/// Nothing of anybody is shown until the server has said who this is. The session is kept meanwhile, and the server is
/// not asked before it wants to be.
#[component]
pub fn ProofScreen(
    /// What stood in the way.
    error: ApiError,
) -> View {
    let (sign_in, trouble) = (use_sign_in(), use_trouble());
    trouble.meet(&error, ApiError::sentence);
    let again = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        sign_in.prove_again();
    };
    view! {
        <Page title=frame::unproved()>
            <div class="problem stack">
                <p>{frame::unproved_text()}</p>
                <TroubleNote trouble/>
                <form class="cluster" on:submit=again>
                    <TryButton label=frame::try_again() trouble busy=Signal::stored(false)/>
                    <Button on_press=Callback::new(move |()| sign_in.sign_out())>{frame::sign_out()}</Button>
                </form>
            </div>
        </Page>
    }
}
