//! Shown while it cannot be proved whose session it is.

use super::coded::Coded;
use super::page::Page;
use crate::api::ApiError;
use crate::session::{Event, use_session};
use crate::ui::{Alert, Button, ButtonKind};
use leptos::prelude::*;

/// Nothing of anybody is shown until the server has said who this is. The session is kept meanwhile.
#[component]
pub fn ProofScreen(
    /// What stood in the way.
    error: ApiError,
) -> impl IntoView {
    let session = use_session();
    view! {
        <Page title="Your session could not be checked">
            <div class="error-screen stack">
                <Alert><Coded sentence=error.sentence() code=error.code()/></Alert>
                <p>"You are still signed in. Your pages appear as soon as the server has confirmed who you are."</p>
                <div class="cluster">
                    <Button kind=ButtonKind::Primary on_press=Callback::new(move |()| session.dispatch(Event::ProveAgain))>
                        "Try again"
                    </Button>
                    <Button on_press=Callback::new(move |()| session.dispatch(Event::SignOut))>"Sign out"</Button>
                </div>
            </div>
        </Page>
    }
}
