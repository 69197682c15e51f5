//! Nobody's page.

use crate::markup::{View, view};
use crate::ui::Skeleton;
use leptos::prelude::*;

/// Shown while there is nobody to show a page for. It takes the last person's words out of the title, too.
#[component]
pub fn LoadingPage() -> View {
    document().set_title(words::frame::portal());
    view! { <div class="page"><Skeleton lines=6/></div> }
}
