//! `/sign-in/link?token=…`

use super::two_step::sentence;
use super::use_sign_in::use_sign_in;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::routes::{Next, Route, WayIn};
use crate::session::Phase;
use crate::signal::{Signal, StoredValue};
use crate::views::auth::arrival::{Spent, use_arrival};
use crate::views::auth::auth_card::AuthCard;
use crate::views::auth::dead_link::DeadLink;
use crate::views::auth::kept;
use crate::views::auth::signed_in_note::SignedInNote;
use crate::views::auth::trouble::{TroubleNote, TryButton};
use crate::views::frame::use_go;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Signs in with the link of a mail, but only by a press: programs that look through mails open links too, and a link
/// works once.
#[component]
pub fn SignInLinkPage(
    /// Where to go on to.
    next: Option<Next>,
) -> View {
    let arrival = use_arrival();
    let next = StoredValue::new(next.or_else(kept::next));
    let missing = arrival.link().is_none();
    let dead = move || match arrival.spent.get() {
        Spent::Refused => Some(words::sign_in::sign_in_link_refused()),
        _ => missing.then(words::sign_in::link_missing),
    };
    view! {
        <AuthCard title=words::sign_in::title()>
            {move || match dead() {
                Some(sentence) => {
                    let another = Route::WayIn(WayIn::SignInByEmail, next.get_value());
                    let sign_in = Route::SignIn(next.get_value());
                    view! { <DeadLink sentence another sign_in/> }
                }
                None => view! { <SignedInNote/><Press next/> },
            }}
        </AuthCard>
    }
}

#[component]
fn Press(next: StoredValue<Option<Next>>) -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let arrival = use_arrival();
    let [attempt, _] = arrival.attempts();
    let trouble = attempt.trouble;
    let go = use_go();
    let busy =
        Signal::derive(move || attempt.is_under_way() || matches!(snapshot.read().phase, Phase::Proving(_)));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(token) = arrival.link().filter(|_| !busy.get_untracked()) else { return };
        let (number, next) = (attempt.begin(), next.get_value());
        spawn_local(async move {
            let result = sign_in.sign_in_with_token(token, false).await;
            let awaited = attempt.ends(number);
            match result {
                Ok(()) => go.let_in(&Route::Profiles(next)),
                // The last: it was used, and what came of it thrown away, for somebody became somebody else meanwhile.
                Err(
                    ApiError::Unauthorized
                    | ApiError::Rejected(_)
                    | ApiError::NotFound
                    | ApiError::WrongIdentity,
                ) => {
                    arrival.spend();
                    arrival.spent.set(Spent::Refused);
                    // Another one is asked for anew.
                    arrival.set_mailed(None);
                }
                Err(error) if awaited => trouble.meet(&error, sentence),
                Err(_) => {}
            }
        });
    };
    view! {
        <p>{words::sign_in::link_explanation()}</p>
        <form class="form stack" on:submit=submit>
            <TroubleNote trouble/>
            <div class="form__actions">
                <TryButton label=words::sign_in::submit() trouble busy/>
            </div>
        </form>
    }
}
