//! `/forgot-password`

use crate::markup::{NodeRef, View, view};
use crate::queries::{location_id, use_location};
use crate::routes::{Next, Route};
use crate::session::use_session;
use crate::signal::{RwSignal, Signal};
use crate::ui::focus_field;
use crate::views::auth::arrival::use_arrival;
use crate::views::auth::auth_card::AuthCard;
use crate::views::auth::email_field::EmailField;
use crate::views::auth::kept;
use crate::views::auth::sign_in::sentence;
use crate::views::auth::told::Told;
use crate::views::auth::trouble::{TroubleNote, TryButton};
use contract::auth::StartPasswordReset;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Has a link to a new password sent. What it says is the same whether anybody has the address.
#[component]
pub fn ForgotPasswordPage(
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
    let sign_in = Route::SignIn(next.clone());
    // Said again in another language, of the address that is there.
    if let Some(email) = arrival.reset_mailed.get_untracked().filter(|email| *email == arrival.typed_email())
    {
        trouble.reassure(Told::About(email.clone(), words::sign_in::reset_link_sent));
    }

    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let email = arrival.typed_email();
        if email.is_empty() {
            return focus_field(input);
        }
        if busy.get_untracked() {
            return;
        }
        arrival.reset_mailed.set(None);
        let number = attempt.begin();
        let next = next.clone();
        spawn_local(async move {
            let client = session.client();
            let epoch = || session.snapshot().read_untracked().epoch;
            let asked = epoch();
            // The link is sent by whichever location it can be, where it is not known which this one is.
            let business_id = location_id(&client, place).await.ok();
            let request = StartPasswordReset { email: email.clone(), business_id };
            let result = client.call_as(None, &request).await;
            let awaited = attempt.ends(number);
            match result {
                // Nobody else finds it.
                Ok(_) if epoch() != asked => {}
                Ok(_) => {
                    kept::keep_next(next.as_ref());
                    if awaited {
                        trouble.reassure(Told::About(email.clone(), words::sign_in::reset_link_sent));
                    }
                    arrival.reset_mailed.set(Some(email));
                }
                Err(error) if awaited => trouble.meet(&error, sentence),
                Err(_) => {}
            }
        });
    };

    view! {
        <AuthCard title=words::sign_in::forgot_password()>
            <p>{words::sign_in::forgot_explanation()}</p>
            <form class="form stack" on:submit=submit novalidate>
                <TroubleNote trouble/>
                <EmailField input tried/>
                <div class="form__actions">
                    <TryButton label=words::sign_in::send_the_link() trouble busy/>
                </div>
            </form>
            <p><a href=sign_in.href()>{words::sign_in::back_to_sign_in()}</a></p>
        </AuthCard>
    }
}
