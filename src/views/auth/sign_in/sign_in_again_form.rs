use super::use_sign_in::{SignInError, use_sign_in};
use crate::session::{Goal, Phase};
use crate::ui::{Alert, Button, ButtonKind, FieldKind, TextField};
use crate::views::frame::Coded;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks the person whose session is over for their password, over the page they were on. Whatever goes wrong, what was
/// typed stays.
#[component]
pub fn SignInAgainForm(
    /// Whose session it was.
    email: String,
) -> impl IntoView {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let input = NodeRef::<leptos::html::Input>::new();
    let (email, password) = (RwSignal::new(email), RwSignal::new(String::new()));
    let tried = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let busy = Signal::derive(move || sending.get() || snapshot.read().phase == Phase::Lapsed(true));
    let missing = Signal::derive(move || {
        let missing = tried.get() && password.read().is_empty();
        missing.then(|| words::session::enter_password().to_owned())
    });
    let refused = RwSignal::new(None::<SignInError>);
    // What was wrong with the sign-in, or with the session that came out of it.
    let trouble = move || {
        refused.get().or_else(|| {
            let failure =
                snapshot.read().failure.clone().filter(|failure| failure.goal == Goal::SignInAgain)?;
            Some(SignInError { sentence: failure.sentence(), code: failure.code() })
        })
    };
    let focus = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    // Beside the only thing that is asked for, and not on what is only shown.
    request_animation_frame(focus);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        tried.set(true);
        if password.read_untracked().is_empty() {
            return focus();
        }
        refused.set(None);
        sending.set(true);
        spawn_local(async move {
            let result = sign_in.sign_in_again(password.get_untracked(), String::new()).await;
            // The dialog may be gone by now: somebody may have signed in, or out, in another tab.
            if sending.try_set(false).is_none()
                && let Err(error) = result
            {
                refused.set(Some(error.into()));
            }
        });
    };
    let sign_out = Callback::new(move |()| sign_in.sign_out());
    view! {
        <form class="form stack" on:submit=submit novalidate>
            <p>{words::session::lapsed()}</p>
            {move || trouble().map(|SignInError { sentence, code }| view! { <Alert><Coded sentence code/></Alert> })}
            <TextField label=words::session::email() value=email kind=FieldKind::Email autocomplete="username" readonly=true/>
            <TextField label=words::session::password() value=password node_ref=input kind=FieldKind::Password
                autocomplete="current-password" required=true error=missing/>
            <div class="form__actions cluster">
                <Button on_press=sign_out>{words::session::sign_out()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{words::session::sign_in()}</Button>
            </div>
        </form>
    }
}
