use super::reset_link::{NotChanged, password_refusal};
use crate::markup::{View, view};
use crate::queries::{location_id, use_location};
use crate::routes::{Next, Route};
use crate::session::{Phase, use_session};
use crate::signal::{RwSignal, Signal, StoredValue};
use crate::ui::{FieldKind, TextField};
use crate::views::auth::arrival::{Spent, use_arrival};
use crate::views::auth::attempt::Attempt;
use crate::views::auth::sign_in::{sentence, use_sign_in};
use crate::views::auth::told::Told;
use crate::views::auth::trouble::{TroubleNote, TryButton};
use crate::views::frame::use_go;
use contract::ResetToken;
use contract::auth::CompletePasswordReset;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Takes the new password. What the location has against it stands beside it; nothing is lost on the way.
#[component]
pub(super) fn NewPasswordForm(
    /// Lets it be changed.
    token: ResetToken,
    /// Whose it is.
    email: Option<String>,
    /// Where to go on to.
    next: StoredValue<Option<Next>>,
) -> View {
    let (session, sign_in) = (use_session(), use_sign_in());
    let snapshot = sign_in.snapshot();
    let place = use_location();
    let arrival = use_arrival();
    let go = use_go();
    let password = arrival.new_password;
    let [attempt, _] = arrival.attempts();
    let Attempt { trouble, wrong, .. } = attempt;
    let busy =
        Signal::derive(move || attempt.is_under_way() || matches!(snapshot.read().phase, Phase::Proving(_)));
    let address = RwSignal::new(email.clone().unwrap_or_default());
    let token = StoredValue::new(token);

    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let secret = password.get_untracked();
        if secret.is_empty() {
            trouble.clear();
            return wrong.say(password, Told::Words(words::sign_in::enter_new_password));
        }
        let number = attempt.begin();
        let (token, next, whose) = (token.get_value(), next.get_value(), address.get_untracked());
        spawn_local(async move {
            let client = session.client();
            let place = location_id(&client, place).await;
            // Without a location nothing was sent, and what stood in the way says nothing about the link.
            let sent = place.is_ok();
            let result = match place {
                Ok(business_id) => {
                    client
                        .call_as(None, &CompletePasswordReset { token, password: secret, business_id })
                        .await
                }
                Err(error) => Err(error),
            };
            let reply = match result {
                Ok(reply) => reply,
                Err(error) => {
                    let awaited = attempt.ends(number);
                    match if sent { NotChanged::of(&error) } else { NotChanged::Trouble } {
                        NotChanged::Password(_) if awaited => {
                            wrong.say(password, Told::Error(error, password_refusal));
                        }
                        NotChanged::Link => {
                            let is_uncertain = arrival.uncertain.get_value();
                            arrival.spend();
                            arrival.spent.set(if is_uncertain { Spent::Uncertain } else { Spent::Refused });
                        }
                        NotChanged::Trouble => {
                            let lost = sent && error.may_be_done();
                            arrival.uncertain.try_update_value(|uncertain| *uncertain |= lost);
                            if awaited {
                                trouble.meet(&error, sentence);
                            }
                        }
                        NotChanged::Password(_) => {}
                    }
                    return;
                }
            };
            // From here on the new password holds, whatever comes of signing in with it.
            arrival.spend();
            let signed_in = match reply.token {
                // Whoever has left the form does not mean to be signed in by it.
                Some(token) if attempt.awaits(number) => {
                    sign_in.sign_in_with_token(token, arrival.keep.get_untracked()).await.is_ok()
                }
                _ => false,
            };
            let awaited = attempt.ends(number);
            if signed_in {
                go.let_in(&Route::Profiles(next));
            } else {
                if awaited {
                    arrival.email.set(whose);
                }
                arrival.spent.set(Spent::Changed);
            }
        });
    };
    view! {
        <form class="form stack" on:submit=submit novalidate>
            <TroubleNote trouble/>
            {email.map(|_| view! {
                <TextField label=words::sign_in::email() value=address kind=FieldKind::Email autocomplete="username"
                    readonly=true/>
            })}
            <TextField label=words::sign_in::new_password() value=password node_ref=wrong.input
                kind=FieldKind::Password autocomplete="new-password" required=true error=wrong.sentence(password)/>
            <div class="form__actions">
                <TryButton label=words::sign_in::save_and_sign_in() trouble busy/>
            </div>
        </form>
    }
}
