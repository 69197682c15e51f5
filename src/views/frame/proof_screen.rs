//! Shown while it cannot be proved whose session it is.

use super::page::Page;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::session::{Event, use_session};
use crate::signal::Signal;
use crate::ui::Button;
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
    let (session, trouble) = (use_session(), use_trouble());
    trouble.meet(&error, error.sentence());
    let again = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        session.dispatch(Event::ProveAgain);
    };
    view! {
        <Page title=frame::unproved()>
            <div class="error-screen stack">
                <TroubleNote trouble/>
                <p>{frame::unproved_text()}</p>
                <form class="cluster" on:submit=again>
                    <TryButton label=frame::try_again() trouble busy=Signal::stored(false)/>
                    <Button on_press=Callback::new(move |()| session.dispatch(Event::SignOut))>{frame::sign_out()}</Button>
                </form>
            </div>
        </Page>
    }
}
