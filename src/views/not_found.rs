//! Any other path.

use crate::routes::Route;
use crate::views::frame::Page;
use leptos::prelude::*;

/// Says that there is no such page, and shows the way home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Page title="Page not found">
            <div class="not-found stack">
                <p>"There is nothing at this address. It may have been mistyped, or the page has moved."</p>
                <p><a href=Route::Home.href()>"Go to the first page"</a></p>
            </div>
        </Page>
    }
}
