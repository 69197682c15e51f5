//! Signing in, choosing who to be, acting as another.

mod arrival;
mod attempt;
mod auth_card;
mod dead_link;
mod email_field;
mod forgot_password;
mod kept;
mod reset_password;
pub mod sign_in;
mod signed_in_note;
mod told;
mod trouble;
mod wrong;

use crate::markup::{View, view};
use crate::routes::{Next, WayIn};
use forgot_password::ForgotPasswordPage;
use leptos::prelude::*;
use reset_password::ResetPasswordPage;
use sign_in::{SignInByEmailPage, SignInLinkPage};

pub use arrival::provide_arrival;
pub use trouble::{TroubleNote, TryButton, use_trouble};

/// The page of a way in.
#[component]
pub fn WayInPage(
    /// Which one.
    way: WayIn,
    /// Where to go on to.
    next: Option<Next>,
) -> View {
    match way {
        WayIn::ForgotPassword => view! { <ForgotPasswordPage next/> },
        WayIn::ResetPassword => view! { <ResetPasswordPage next/> },
        WayIn::SignInByEmail => view! { <SignInByEmailPage next/> },
        WayIn::SignInLink => view! { <SignInLinkPage next/> },
    }
}
