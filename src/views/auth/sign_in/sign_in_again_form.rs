use super::two_step::{Refused, Step, code_trouble, digits, known_trouble};
use super::use_sign_in::use_sign_in;
use crate::api::ApiError;
use crate::markup::{View, view};
use crate::routes::{Next, Route, WayIn};
use crate::session::{Goal, Phase};
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Button, ButtonKind, FieldKind, TextField};
use crate::views::auth::arrival::use_arrival;
use crate::views::auth::told::Told;
use crate::views::auth::trouble::{TroubleNote, TryButton, use_trouble};
use crate::views::auth::wrong::use_wrong;
use crate::views::frame::{coded_alert, use_go};
use contract::ResetToken;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks the person whose session is over for their password, and for the code of their second factor where there is one,
/// over the page they were on. Whatever goes wrong, what was typed stays.
#[component]
pub fn SignInAgainForm(
    /// Whose session it was.
    email: String,
) -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let shown_email = RwSignal::new(email.clone());
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (unsaid, wrong) = (use_wrong(), use_wrong());
    let step = RwSignal::new(Step::default());
    // The token to choose a new password with, where that is demanded: it may have to be asked for.
    let reset = RwSignal::new(None::<Option<ResetToken>>);
    let (arrival, go) = (use_arrival(), use_go());
    let trouble = use_trouble();
    let sending = RwSignal::new(false);
    let busy = Signal::derive(move || sending.get() || snapshot.read().phase == Phase::Lapsed(true));
    // What was wrong with the session that came out of the sign-in.
    let failure = move || {
        let failure = snapshot.read().failure.clone().filter(|failure| failure.goal == Goal::SignInAgain)?;
        (!sending.get()).then(|| coded_alert(failure.sentence(), failure.code()))
    };
    // Beside the only thing that is asked for, and not on what is only shown.
    request_animation_frame(move || unsaid.attend());

    let refused = move |error: &ApiError| match Refused::of(step.get_untracked(), error) {
        Refused::AskCode => {
            step.set(Step::Code);
            request_animation_frame(move || wrong.attend());
        }
        Refused::WrongCode => wrong.say(code, Told::Error(error.clone(), code_trouble)),
        Refused::MustReset(token) => {
            trouble.meet(error, |_| words::sign_in::location_wants_new_password().to_owned());
            reset.set(Some(token));
        }
        Refused::Trouble => trouble.meet(error, known_trouble),
    };
    let send = move |totp: String| {
        trouble.clear();
        sending.set(true);
        spawn_local(async move {
            let result = sign_in.sign_in_again(password.get_untracked(), totp).await;
            // The dialog may be gone by now: somebody may have signed in, or out, in another tab.
            if sending.try_set(false).is_some() {
                return;
            }
            match result {
                // A code works once: what comes after a session that is thrown away begins anew.
                Ok(()) => {
                    code.set(String::new());
                    step.set(Step::Password);
                }
                Err(error) => refused(&error),
            }
        });
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match step.get_untracked() {
            Step::Password if password.read_untracked().is_empty() => {
                unsaid.say(password, Told::Words(words::sign_in::enter_password));
            }
            Step::Password => send(String::new()),
            Step::Code => match digits(&code.read_untracked()) {
                Some(digits) => send(digits),
                None => wrong.say(code, Told::Words(words::sign_in::enter_six_digits)),
            },
        }
    };
    let sign_out = Callback::new(move |()| sign_in.sign_out());
    // That cannot be done over the page, but leads back to it.
    let choose_password = Callback::new(move |()| {
        let Some(token) = reset.get_untracked() else { return };
        let next = Next::parse(&go.here().read_untracked());
        sign_in.sign_out();
        arrival.email.set(shown_email.get_untracked());
        let way = match token {
            Some(token) => {
                arrival.demand_reset(token);
                WayIn::ResetPassword
            }
            None => WayIn::ForgotPassword,
        };
        go.to(&Route::WayIn(way, next));
    });
    let ask = move || match step.get() {
        Step::Password => view! {
            <TextField label=words::sign_in::email() value=shown_email kind=FieldKind::Email autocomplete="username"
                readonly=true/>
            <TextField label=words::sign_in::password() value=password node_ref=unsaid.input kind=FieldKind::Password
                autocomplete="current-password" required=true error=unsaid.sentence(password)/>
        },
        Step::Code => view! {
            <TextField label=words::sign_in::verification_code() value=code node_ref=wrong.input kind=FieldKind::Code
                autocomplete="one-time-code" required=true error=wrong.sentence(code)
                hint=words::sign_in::verification_hint(&email)/>
        },
    };
    view! {
        <form class="form stack" on:submit=submit novalidate>
            {failure}
            <TroubleNote trouble/>
            {ask}
            <div class="form__actions cluster">
                <Button kind=ButtonKind::Secondary on_press=sign_out>{words::frame::sign_out()}</Button>
                {move || match reset.read().is_some() {
                    true => view! {
                        <Button kind=ButtonKind::Primary on_press=choose_password>
                            {words::sign_in::new_password_title()}
                        </Button>
                    },
                    false => view! { <TryButton label=words::sign_in::submit() trouble busy/> },
                }}
            </div>
        </form>
    }
}
