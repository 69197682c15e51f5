//! `/sign-in`

use super::use_sign_in::{SignInError, use_sign_in};
use crate::queries::use_location;
use crate::session::{Phase, Why, use_session};
use crate::ui::{Alert, AlertKind, Button, ButtonKind, Checkbox, FieldKind, TextField};
use crate::views::frame::{Coded, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The sign-in form. What was typed stays until it worked.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = use_sign_in();
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
                <Page title="Sign in">
                    <Explanation/>
                    <Form sign_in/>
                </Page>
            </div>
        </div>
    }
}

/// Why one has to sign in, where that is not obvious.
#[component]
fn Explanation() -> impl IntoView {
    let snapshot = use_sign_in().snapshot();
    move || {
        let Phase::SignedOut(why) = snapshot.get().phase else { return ().into_any() };
        let (kind, sentence) = match why {
            Why::Fresh => return ().into_any(),
            Why::SignedOut => (AlertKind::Info, "You have signed out.".to_owned()),
            Why::OtherTab => (AlertKind::Info, "You have signed out in another tab.".to_owned()),
            Why::Expired => (AlertKind::Info, "Your session has ended. Sign in again to go on.".to_owned()),
            Why::Unused(minutes) => (AlertKind::Info, words::session::unused(minutes)),
            Why::EndedWhileActing(name) => (
                AlertKind::Info,
                format!("Your own session has ended, and so has the one as {name}. Sign in again to go on."),
            ),
            Why::NoProfile => (
                AlertKind::Error,
                "Your account has no profile at this location. Ask the location to add one.".to_owned(),
            ),
            Why::Unproved(error) => (
                AlertKind::Error,
                format!(
                    "You signed in, but the server does not accept the session ({}). Try again.",
                    error.code()
                ),
            ),
        };
        view! { <Alert kind>{sentence}</Alert> }.into_any()
    }
}

#[component]
fn Form(sign_in: super::SignIn) -> impl IntoView {
    let email_input = NodeRef::<leptos::html::Input>::new();
    let password_input = NodeRef::<leptos::html::Input>::new();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let keep = RwSignal::new(false);
    let error = RwSignal::new(None::<SignInError>);
    let tried = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let snapshot = sign_in.snapshot();
    let busy = Signal::derive(move || sending.get() || matches!(snapshot.get().phase, Phase::Proving(_)));
    let missing = move |value: RwSignal<String>, sentence: &'static str| {
        Signal::derive(move || (tried.get() && value.read().trim().is_empty()).then(|| sentence.to_owned()))
    };

    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        tried.set(true);
        let (typed, secret) = (email.get_untracked().trim().to_owned(), password.get_untracked());
        let unfilled = match (typed.is_empty(), secret.trim().is_empty()) {
            (true, _) => Some(email_input),
            (_, true) => Some(password_input),
            _ => None,
        };
        if let Some(unfilled) = unfilled {
            if let Some(input) = unfilled.get_untracked() {
                let _ = input.focus();
            }
            return;
        }
        error.set(None);
        sending.set(true);
        spawn_local(async move {
            let result = sign_in.sign_in(typed, secret, keep.get_untracked()).await;
            // The page may be gone by now: that is how success looks.
            sending.try_set(false);
            match result {
                Ok(()) => password.try_set(String::new()),
                Err(failed) => error.try_set(Some(failed)).and(None),
            };
        });
    };

    view! {
        <form class="form stack" on:submit=submit novalidate data-takes-over="">
            {move || error.get().map(|error| view! {
                <Alert><Coded sentence=error.sentence code=error.code/></Alert>
            })}
            <TextField label="Email" value=email node_ref=email_input kind=FieldKind::Email autocomplete="username"
                required=true error=missing(email, "Enter your email.")/>
            <TextField label="Password" value=password node_ref=password_input kind=FieldKind::Password autocomplete="current-password"
                required=true error=missing(password, "Enter your password.")/>
            <Checkbox label="Keep me signed in" checked=keep hint="Only on a device that is yours alone."/>
            <div class="form__actions">
                <Button kind=ButtonKind::Primary submit=true busy>"Sign in"</Button>
            </div>
        </form>
    }
}
