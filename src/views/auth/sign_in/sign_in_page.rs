//! `/sign-in`

use super::sign_in_form::SignInForm;
use super::use_sign_in::use_sign_in;
use crate::markup::{View, live, view};
use crate::session::{Phase, Why};
use crate::ui::{Alert, AlertKind};
use crate::views::auth::auth_card::AuthCard;
use leptos::prelude::*;

/// The sign-in form. What was typed stays until it worked.
#[component]
pub fn SignInPage() -> View {
    view! {
        <AuthCard title=words::sign_in::title()>
            <Explanation/>
            <SignInForm/>
        </AuthCard>
    }
}

/// Why one has to sign in, where that is not obvious.
#[component]
fn Explanation() -> View {
    let snapshot = use_sign_in().snapshot();
    live(move || {
        let snapshot = snapshot.get();
        let Phase::SignedOut(why) = &snapshot.phase else { return View::NOTHING };
        let (kind, sentence) = match why {
            Why::Fresh => return View::NOTHING,
            Why::SignedOut => (AlertKind::Info, words::sign_in::signed_out().to_owned()),
            Why::OtherTab => (AlertKind::Info, words::sign_in::signed_out_in_another_tab().to_owned()),
            Why::Displaced => (AlertKind::Info, words::sign_in::somebody_else_is_kept().to_owned()),
            Why::Expired => (AlertKind::Info, words::sign_in::session_ended().to_owned()),
            Why::Unused(minutes) => (AlertKind::Info, words::session::unused(*minutes)),
            Why::EndedWhileActing(name) => {
                (AlertKind::Info, words::sign_in::session_ended_while_acting(name))
            }
            Why::NoProfile => (AlertKind::Error, words::sign_in::no_profile().to_owned()),
            Why::Unproved(error) => (AlertKind::Error, words::sign_in::not_accepted(&error.code())),
        };
        view! { <Alert kind>{sentence}</Alert> }
    })
}
