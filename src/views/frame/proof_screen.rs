//! Shown while it cannot be proved whose session it is.

use super::coded::Coded;
use super::page::Page;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::session::{Event, use_session};
use crate::ui::{Alert, Button, ButtonKind};
use leptos::prelude::*;
use words::frame;

/// Nothing of anybody is shown until the server has said who this is. The session is kept meanwhile.
#[component]
pub fn ProofScreen(
    /// What stood in the way.
    error: ApiError,
) -> View {
    let session = use_session();
    view! {
        <Page title=frame::unproved()>
            <div class="error-screen stack">
                <Alert><Coded sentence=error.sentence() code=error.code()/></Alert>
                <p>{frame::unproved_text()}</p>
                <div class="cluster">
                    <Button kind=ButtonKind::Primary on_press=Callback::new(move |()| session.dispatch(Event::ProveAgain))>
                        {frame::try_again()}
                    </Button>
                    <Button on_press=Callback::new(move |()| session.dispatch(Event::SignOut))>{frame::sign_out()}</Button>
                </div>
            </div>
        </Page>
    }
}
