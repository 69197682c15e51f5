use super::two_step::{Refused, Step, code_trouble, digits, password_trouble, sentence};
use super::use_sign_in::use_sign_in;
use crate::api::ApiError;
use crate::markup::{NodeRef, View, view};
use crate::routes::{Next, Route, WayIn};
use crate::session::Phase;
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Button, ButtonKind, Checkbox, FieldKind, TextField, focus_field};
use crate::views::auth::arrival::{Arrival, use_arrival};
use crate::views::auth::attempt::Attempt;
use crate::views::auth::email_field::EmailField;
use crate::views::auth::told::Told;
use crate::views::auth::trouble::{TroubleNote, TryButton};
use crate::views::frame::use_go;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// E-mail and password, then the code of the second factor where there is one. Whatever goes wrong, what was typed stays,
/// and the focus is where it is put right.
///
/// `index.html` has the same form, control by control, for as long as the portal is on its way.
#[component]
pub fn SignInForm() -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let go = use_go();
    let arrival = use_arrival();
    let [email_input, password_input] = [(); 2].map(|()| NodeRef::<Input>::new());
    let Arrival { email, password, code, keep, step, .. } = arrival;
    // Whether one has tried to go on without a password, or by e-mail.
    let [tried, tried_mail] = [(); 2].map(|()| RwSignal::new(false));
    let [attempt, _] = arrival.attempts();
    let Attempt { trouble, wrong, .. } = attempt;
    let busy =
        Signal::derive(move || attempt.is_under_way() || matches!(snapshot.read().phase, Phase::Proving(_)));
    let next = move || match Route::at(&go.here().read_untracked()) {
        Some(Route::SignIn(next)) => next,
        _ => None,
    };

    // Whoever was let in and then not accepted begins anew: what they sent is gone by then.
    let mut was_let_in = false;
    effect(move || {
        let is_out = matches!(snapshot.read().phase, Phase::SignedOut(_));
        if was_let_in && is_out {
            step.set(Step::Password);
        }
        was_let_in = !is_out;
    });

    let refused = move |error: &ApiError| match Refused::of(step.get_untracked(), error) {
        Refused::AskCode => {
            step.set(Step::Code);
            request_animation_frame(move || wrong.attend());
        }
        Refused::WrongCode => wrong.say(code, Told::Error(error.clone(), code_trouble)),
        Refused::MustReset(Some(token)) => {
            password.set(String::new());
            arrival.demand_reset(token);
            go.to(&Route::WayIn(WayIn::ResetPassword, next()));
        }
        Refused::MustReset(None) => trouble.meet(error, |_| words::sign_in::must_reset_first().to_owned()),
        Refused::Trouble => match step.get_untracked() {
            Step::Password => trouble.meet(error, password_trouble),
            Step::Code => trouble.meet(error, sentence),
        },
    };
    let send = move |totp: String| {
        let number = attempt.begin();
        spawn_local(async move {
            let (typed, secret) = (arrival.typed_email(), password.get_untracked());
            let result = sign_in.sign_in(typed, secret, totp, keep.get_untracked()).await;
            // The page may be gone by now: that is how success looks.
            if !attempt.ends(number) {
                return;
            }
            match result {
                Ok(()) => {
                    password.set(String::new());
                    code.set(String::new());
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
            Step::Password => {
                tried.set(true);
                let unfilled = [(email, email_input), (password, password_input)];
                match unfilled.into_iter().find(|(value, _)| is_blank(*value)) {
                    Some((_, input)) => focus_field(input),
                    None => send(String::new()),
                }
            }
            Step::Code => match digits(&code.read_untracked()) {
                Some(digits) => send(digits),
                None => wrong.say(code, Told::Words(words::sign_in::enter_six_digits)),
            },
        }
    };
    let back = Callback::new(move |()| {
        trouble.clear();
        code.set(String::new());
        password.set(String::new());
        tried.set(false);
        step.set(Step::Password);
        // Once it is in the page.
        request_animation_frame(move || focus_field(password_input));
    });
    let by_mail = Callback::new(move |()| {
        tried_mail.set(true);
        if is_blank(email) {
            return focus_field(email_input);
        }
        arrival.ask_for_mail();
        go.to(&Route::WayIn(WayIn::SignInByEmail, next()));
    });

    let ask_password = move || {
        let tried_email = Signal::derive(move || tried.get() || tried_mail.get());
        let password_error = Signal::derive(move || {
            (tried.get() && password.read().trim().is_empty())
                .then(|| words::sign_in::enter_password().to_owned())
        });
        view! {
            <EmailField input=email_input tried=tried_email/>
            <TextField label=words::sign_in::password() value=password node_ref=password_input
                kind=FieldKind::Password autocomplete="current-password" required=true error=password_error/>
            <Checkbox label=words::sign_in::keep_me_signed_in() checked=keep
                hint=words::sign_in::only_on_your_own_device()/>
            <div class="form__actions">
                <TryButton label=words::sign_in::submit() trouble busy/>
            </div>
            <div class="sign-in__ways">
                <Button kind=ButtonKind::Quiet on_press=by_mail>{words::sign_in::email_me_a_link()}</Button>
                <a href=move || forgot_password(&go.here().read())>{words::sign_in::forgot_password()}</a>
            </div>
        }
    };
    let ask_code = move || {
        view! {
            <TextField label=words::sign_in::verification_code() value=code node_ref=wrong.input
                kind=FieldKind::Code autocomplete="one-time-code" required=true error=wrong.sentence(code)
                hint=words::sign_in::verification_hint(&arrival.typed_email())/>
            <div class="form__actions">
                <TryButton label=words::sign_in::verify() trouble busy/>
                // The answer to the code is an answer to this step: going back waits for it.
                <Button busy on_press=back>{words::sign_in::back()}</Button>
            </div>
        }
    };
    view! {
        <form class="form stack" on:submit=submit novalidate data-takes-over="">
            <TroubleNote trouble/>
            {move || match step.get() {
                Step::Password => ask_password(),
                Step::Code => ask_code(),
            }}
        </form>
    }
}

fn is_blank(value: RwSignal<String>) -> bool {
    value.read_untracked().trim().is_empty()
}

/// The way to a new password, and on to where one wanted to go.
fn forgot_password(here: &str) -> String {
    let next = match Route::at(here) {
        Some(Route::SignIn(next)) => next,
        _ => None::<Next>,
    };
    Route::WayIn(WayIn::ForgotPassword, next).href()
}
