use crate::markup::{Children, View, view};
use crate::queries::use_location;
use crate::session::use_session;
use crate::signal::Signal;
use crate::views::frame::Page;
use leptos::prelude::*;

/// A page of signing in: the location's name, and below it a card with everything else.
#[component]
pub fn AuthCard(
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
    /// The rest.
    children: Children,
) -> View {
    let brand = use_session().settings().brand;
    let location = use_location();
    let place = move || match location.get() {
        Some(Ok(place)) if !place.name.is_empty() => place.name.clone(),
        _ => brand.clone(),
    };
    view! {
        <div class="sign-in">
            <p class="sign-in__brand">{place}</p>
            <div class="sign-in__card card">
                <Page title>{children()}</Page>
            </div>
        </div>
    }
}
