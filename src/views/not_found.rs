//! Any other path.

use crate::markup::{View, view};
use crate::routes::Route;
use crate::views::frame::Page;
use leptos::prelude::*;
use words::frame;

/// Says that there is no such page, and shows the way home.
#[component]
pub fn NotFoundPage() -> View {
    view! {
        <Page title=frame::not_found()>
            <div class="stack">
                <p>{frame::not_found_text()}</p>
                <p><a href=Route::Home.href()>{frame::to_first_page()}</a></p>
            </div>
        </Page>
    }
}
