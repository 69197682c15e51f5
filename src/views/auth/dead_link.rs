use crate::markup::{View, view};
use crate::routes::Route;
use crate::ui::Alert;
use leptos::prelude::*;

/// A link that leads nowhere: why, and the ways on.
#[component]
pub fn DeadLink(
    /// Why, as a sentence.
    sentence: &'static str,
    /// Where another link is to be had.
    another: Route,
    /// Where one signs in without.
    sign_in: Route,
) -> View {
    view! {
        <Alert>{sentence}</Alert>
        <div class="form__actions">
            <a class="button button--primary" href=another.href()>{words::sign_in::send_a_new_link()}</a>
            <a class="button" href=sign_in.href()>{words::sign_in::back_to_sign_in()}</a>
        </div>
    }
}
