//! The calls that make and prove a session: from an effect to the event that its answer is.

use crate::api::{ApiError, Client};
use crate::session::credential::Grant;
use crate::session::machine::{Effect, Event};
use crate::session::model::Power;
use contract::coworkers::{Impersonate, ListProfiles, OperatorImpersonate, SetCurrentProfile};
use contract::{Endpoint, ExchangeForm, OneTimeToken, auth};
use leptos::prelude::window;

/// Makes the call that `effect` asks for and gives back what came of it; `None` when it asks for no such call.
pub(in crate::session) async fn call(client: &Client, form: ExchangeForm, effect: Effect) -> Option<Event> {
    let event = match effect {
        Effect::Whoami(attempt, bearer) => {
            let result = client.call_as(Some(&bearer), &ListProfiles).await;
            Event::Proved(attempt, client.now(), result)
        }
        Effect::SwitchProfile(attempt, bearer, coworker) => {
            let result = client.call_as(Some(&bearer), &SetCurrentProfile { coworker }).await;
            Event::Switched(attempt, result.map(|_| ()))
        }
        Effect::FetchToken(attempt, bearer, coworker, power) => {
            let bearer = Some(&bearer);
            let result = match power {
                Power::Member => client.call_as(bearer, &Impersonate { coworker }).await,
                Power::Operator => client.call_as(bearer, &OperatorImpersonate { coworker }).await,
            };
            Event::TokenFetched(attempt, result.map(|reply| reply.token))
        }
        Effect::Exchange(attempt, token, minutes) => {
            Event::Exchanged(attempt, exchange(client, form, token.into(), minutes).await)
        }
        _ => return None,
    };
    Some(event)
}

/// Exchanges a one-time token for a session that is to live for these minutes.
pub(in crate::session) async fn exchange(
    client: &Client,
    form: ExchangeForm,
    token: OneTimeToken,
    minutes: u32,
) -> Result<Grant, ApiError> {
    let result = client.send_anonymous(auth::exchange(form, token, minutes)).await;
    if let Some(performance) = window().performance() {
        // The browser's list of requests names the path that held the token.
        performance.clear_resource_timings();
    }
    let reply = result.and_then(|body| auth::ExchangeLogin::read(&body).map_err(|_| ApiError::Malformed));
    reply.map(|reply| Grant::new(reply, client.now()))
}
