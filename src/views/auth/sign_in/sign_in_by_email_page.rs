//! `/sign-in/email`

use super::code_form::CodeForm;
use super::two_step::sentence;
use crate::api::clear_request_list;
use crate::markup::{NodeRef, View, view};
use crate::queries::{location_id, use_location};
use crate::routes::{Next, Route};
use crate::session::use_session;
use crate::signal::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::focus_field;
use crate::views::auth::arrival::use_arrival;
use crate::views::auth::auth_card::AuthCard;
use crate::views::auth::email_field::EmailField;
use crate::views::auth::kept;
use crate::views::auth::signed_in_note::SignedInNote;
use crate::views::auth::told::Told;
use crate::views::auth::trouble::{TroubleNote, TryButton};
use contract::auth::SendOtp;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Has a link and a code sent, and takes the code. What it says is the same whether anybody has the address.
#[component]
pub fn SignInByEmailPage(
    /// Where to go on to.
    next: Option<Next>,
) -> View {
    let session = use_session();
    let place = use_location();
    let arrival = use_arrival();
    let [attempt, _] = arrival.attempts();
    let trouble = attempt.trouble;
    let busy = Signal::derive(move || attempt.is_under_way());
    let input = NodeRef::<Input>::new();
    let tried = RwSignal::new(false);
    let next = StoredValue::new(next);
    let sent_to = arrival.mailed;

    let send = move || {
        if busy.get_untracked() {
            return;
        }
        let (number, next) = (attempt.begin(), next.get_value());
        spawn_local(async move {
            let client = session.client();
            let email = arrival.typed_email();
            let result = match location_id(&client, place).await {
                Ok(business_id) => client.call_as(None, &SendOtp { email: email.clone(), business_id }).await,
                Err(error) => Err(error),
            };
            clear_request_list();
            if !attempt.ends(number) {
                // The page has gone.
                return;
            }
            match result {
                Ok(_) => {
                    kept::keep_next(next.as_ref());
                    if sent_to.get_untracked().as_ref() == Some(&email) {
                        trouble.reassure(Told::Words(words::sign_in::sent_again));
                    }
                    arrival.set_mailed(Some(email));
                }
                Err(error) => trouble.meet(&error, sentence),
            }
        });
    };
    if arrival.take_mail_wish() {
        // What was sent to somebody else is not what this is about.
        arrival.set_mailed(sent_to.get_untracked().filter(|email| *email == arrival.typed_email()));
        send();
    } else {
        arrival.recall_mailed();
    }
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if arrival.typed_email().is_empty() {
            return focus_field(input);
        }
        send();
    };

    let title = Signal::derive(move || {
        let sent = sent_to.read().is_some();
        if sent { words::sign_in::check_your_email() } else { words::sign_in::by_email_title() }.to_owned()
    });
    let body = move || match sent_to.get() {
        None => view! {
            <p>{words::sign_in::by_email_explanation()}</p>
            <form class="form stack" on:submit=submit novalidate>
                <TroubleNote trouble/>
                <EmailField input tried/>
                <div class="form__actions">
                    <TryButton label=words::sign_in::send_the_link() trouble busy/>
                </div>
            </form>
        },
        Some(email) => view! {
            <CodeForm email next/>
            <TroubleNote trouble/>
            <div class="form__actions">
                <TryButton label=words::sign_in::send_again() trouble busy on_press=Callback::new(move |()| send())/>
            </div>
        },
    };
    view! {
        <AuthCard title>
            <SignedInNote/>
            {body}
            <p><a href=Route::SignIn(next.get_value()).href()>{words::sign_in::back_to_sign_in()}</a></p>
        </AuthCard>
    }
}
