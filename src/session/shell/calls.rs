//! The calls that make and prove a session: from an effect to the event that its answer is.

use crate::api::{ApiError, Client};
use crate::session::machine::{Effect, Event};
use crate::session::model::Grant;
use contract::coworkers::{Impersonate, ListProfiles, SetCurrentProfile};
use contract::{Endpoint, ExchangeForm, auth};

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
        Effect::FetchToken(attempt, bearer, coworker) => {
            let result = client.call_as(Some(&bearer), &Impersonate { coworker }).await;
            Event::TokenFetched(attempt, result.map(|reply| reply.token))
        }
        Effect::Exchange(attempt, token, minutes) => {
            let result = client.send_anonymous(auth::exchange(form, token.into(), minutes)).await;
            let reply =
                result.and_then(|body| auth::ExchangeLogin::read(&body).map_err(|_| ApiError::Malformed));
            Event::Exchanged(attempt, reply.map(|reply| Grant::new(reply, client.now())))
        }
        _ => return None,
    };
    Some(event)
}
