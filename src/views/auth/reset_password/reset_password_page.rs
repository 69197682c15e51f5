//! `/reset-password?token=…`

use super::new_password_form::NewPasswordForm;
use super::reset_link::ResetLink;
use crate::markup::{View, view};
use crate::routes::{Next, Route, WayIn};
use crate::session::use_session;
use crate::signal::RwSignal;
use crate::ui::{Alert, AlertKind};
use crate::views::auth::arrival::use_arrival;
use crate::views::auth::auth_card::AuthCard;
use crate::views::auth::dead_link::DeadLink;
use crate::views::auth::kept_next;
use crate::views::auth::signed_in_note::SignedInNote;
use leptos::prelude::*;

/// How far one has come.
#[derive(Clone)]
pub(super) enum Progress {
    /// The password is to be chosen.
    Choosing,
    /// The link leads nowhere, as this says.
    Dead(&'static str),
    /// It was changed, but did not sign in.
    Changed,
}

/// Chooses a new password and signs in with it. A link that leads nowhere says why, and where another is to be had.
#[component]
pub fn ResetPasswordPage(
    /// Where to go on to.
    next: Option<Next>,
) -> View {
    let arrival = use_arrival();
    let link = ResetLink::of(arrival.reset(), use_session().client().now());
    let next = StoredValue::new(next.or_else(kept_next::kept));
    let progress = RwSignal::new(link.sentence().map_or(Progress::Choosing, Progress::Dead));
    let sign_in = move || Route::SignIn(next.get_value());
    let body = move || match (progress.get(), link.clone()) {
        (Progress::Choosing, ResetLink::Good { token, email, demanded, seems_over }) => view! {
            {seems_over.then(|| {
                let another = Route::WayIn(WayIn::ForgotPassword, next.get_value());
                view! {
                    <Alert>{words::sign_in::reset_link_expired()}</Alert>
                    <p><a href=another.href()>{words::sign_in::send_a_new_link()}</a></p>
                }
            })}
            {demanded.then(|| view! { <p>{words::sign_in::location_wants_new_password()}</p> })}
            <SignedInNote whose=email.clone()/>
            <NewPasswordForm token email next progress/>
            <p><a href=sign_in().href()>{words::sign_in::back_to_sign_in()}</a></p>
        },
        (Progress::Changed, _) => view! {
            <Alert kind=AlertKind::Info>{words::sign_in::password_changed()}</Alert>
            <div class="form__actions">
                <a class="button button--primary" href=sign_in().href()>{words::sign_in::submit()}</a>
            </div>
        },
        (Progress::Dead(sentence), _) => {
            let another = Route::WayIn(WayIn::ForgotPassword, next.get_value());
            view! { <DeadLink sentence another sign_in=sign_in()/> }
        }
        (Progress::Choosing, _) => View::NOTHING,
    };
    view! { <AuthCard title=words::sign_in::new_password_title()>{body}</AuthCard> }
}
