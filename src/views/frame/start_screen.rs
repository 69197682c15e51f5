//! Shown when the portal's settings, or a part of it, cannot be read.

use super::page::Page;
use crate::markup::{Children, View, view};
use leptos::prelude::*;

/// The portal does not start on guessed settings, nor without a part of it: it says what is wrong and tries again when
/// asked.
#[component]
pub fn StartScreen(
    /// What it could not do, and the way to try again.
    children: Children,
) -> View {
    view! {
        <Page title=words::frame::cannot_start()>
            <div class="problem stack">{children()}</div>
        </Page>
    }
}
