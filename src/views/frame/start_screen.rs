//! Shown when the portal's settings, or a part of it, cannot be read.

use super::page::Page;
use super::problem::Problem;
use crate::api::ApiError;
use crate::markup::{View, view};
use leptos::prelude::*;

/// The portal does not start on guessed settings: it says what is wrong and tries again when asked.
#[component]
pub fn StartScreen(
    /// What it could not do, as a sentence.
    what: &'static str,
    /// What stood in the way.
    error: ApiError,
    /// Tries again.
    retry: impl Fn() + Send + Sync + 'static,
) -> View {
    view! {
        <div class="app">
            <main class="app-main" id="main">
                <Page title=words::frame::cannot_start()>
                    <div class="error-screen stack">
                        <p>{what}</p>
                        <Problem error retry/>
                    </div>
                </Page>
            </main>
        </div>
    }
}
