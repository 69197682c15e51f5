use super::two_step::sentence;
use super::use_sign_in::use_sign_in;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::routes::{Next, Route};
use crate::session::Phase;
use crate::signal::{Signal, StoredValue};
use crate::ui::{FieldKind, TextField};
use crate::views::auth::arrival::{Arrival, use_arrival};
use crate::views::auth::attempt::Attempt;
use crate::views::auth::told::Told;
use crate::views::auth::trouble::{TroubleNote, TryButton};
use crate::views::frame::use_go;
use contract::OneTimeToken;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Signs in with the one-time code of a mail.
#[component]
pub fn CodeForm(
    /// Where it was sent.
    email: String,
    /// Where to go on to.
    next: StoredValue<Option<Next>>,
) -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let arrival = use_arrival();
    let Arrival { keep, mail_code: code, .. } = arrival;
    let go = use_go();
    let [_, attempt] = arrival.attempts();
    let Attempt { trouble, wrong, .. } = attempt;
    let busy =
        Signal::derive(move || attempt.is_under_way() || matches!(snapshot.read().phase, Phase::Proving(_)));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(token) = OneTimeToken::new(code.read_untracked().trim()) else {
            trouble.clear();
            return wrong.say(code, Told::Words(words::sign_in::enter_one_time_code));
        };
        let (number, next) = (attempt.begin(), next.get_value());
        spawn_local(async move {
            let result = sign_in.sign_in_with_token(token, keep.get_untracked()).await;
            // The page may be gone by now.
            let gone = !attempt.ends(number);
            match result {
                Ok(()) => go.let_in(&Route::Profiles(next)),
                Err(_) if gone => {}
                Err(ApiError::Unauthorized | ApiError::Rejected(_) | ApiError::NotFound) => {
                    wrong.say(code, Told::Words(words::sign_in::wrong_one_time_code));
                }
                Err(error) => trouble.meet(&error, sentence),
            }
        });
    };
    // The code is what one is here for, and its field says where to look for it.
    request_animation_frame(move || wrong.attend());
    view! {
        <form class="form stack" on:submit=submit novalidate>
            <TroubleNote trouble/>
            <TextField label=words::sign_in::one_time_code() value=code node_ref=wrong.input kind=FieldKind::Letters
                autocomplete="one-time-code" required=true error=wrong.sentence(code)
                hint=words::sign_in::sign_in_mail_sent(&email)/>
            <div class="form__actions">
                <TryButton label=words::sign_in::submit() trouble busy/>
            </div>
        </form>
    }
}
