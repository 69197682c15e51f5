//! `/reset-password?token=…`

use super::new_password_form::NewPasswordForm;
use super::reset_link::ResetLink;
use crate::markup::{View, view};
use crate::routes::{Next, Route, WayIn};
use crate::session::use_session;
use crate::signal::StoredValue;
use crate::ui::{Alert, AlertKind};
use crate::views::auth::arrival::{Spent, use_arrival};
use crate::views::auth::auth_card::AuthCard;
use crate::views::auth::dead_link::DeadLink;
use crate::views::auth::kept;
use crate::views::auth::signed_in_note::SignedInNote;
use leptos::prelude::*;

/// Chooses a new password and signs in with it. A link that leads nowhere says why, and where another is to be had.
#[component]
pub fn ResetPasswordPage(
    /// Where to go on to.
    next: Option<Next>,
) -> View {
    let arrival = use_arrival();
    let link = ResetLink::of(arrival.reset(), use_session().client().now());
    let next = StoredValue::new(next.or_else(kept::next));
    let sign_in = move || Route::SignIn(next.get_value());
    let body = move || match (arrival.spent.get(), link.clone()) {
        (Spent::No, ResetLink::Good { token, email, demanded, seems_over }) => view! {
            {seems_over.then(|| {
                let another = Route::WayIn(WayIn::ForgotPassword, next.get_value());
                view! {
                    <Alert>{words::sign_in::reset_link_expired()}</Alert>
                    <p><a href=another.href()>{words::sign_in::send_a_new_link()}</a></p>
                }
            })}
            {demanded.then(|| view! { <p>{words::sign_in::location_wants_new_password()}</p> })}
            <SignedInNote whose=email.clone()/>
            <NewPasswordForm token email next/>
            <p><a href=sign_in().href()>{words::sign_in::back_to_sign_in()}</a></p>
        },
        (Spent::Changed, _) => view! {
            <Alert kind=AlertKind::Info>{words::sign_in::password_changed()}</Alert>
            <div class="form__actions">
                <a class="button button--primary" href=sign_in().href()>{words::sign_in::submit()}</a>
            </div>
        },
        (spent, link) => {
            let sentence = match spent {
                Spent::Refused => words::sign_in::reset_link_refused(),
                Spent::Uncertain => words::sign_in::reset_uncertain(),
                _ => link.sentence().unwrap_or_default(),
            };
            let another = Route::WayIn(WayIn::ForgotPassword, next.get_value());
            // Whoever was led here by signing in never had a link.
            let is_missing = spent == Spent::No && link == ResetLink::Missing;
            let asked = is_missing.then(|| view! { <p>{words::sign_in::asked_when_signing_in()}</p> });
            view! { <DeadLink sentence another sign_in=sign_in()/> {asked} }
        }
    };
    view! { <AuthCard title=words::sign_in::new_password_title()>{body}</AuthCard> }
}
