//! The calls by which one becomes somebody else and comes back: from an effect to the event that its answer is.

use super::STOP_MS;
use crate::api::{ApiError, Client, clear_request_list};
use crate::session::credential::{Grant, OWN_SESSION_MINUTES};
use crate::session::machine::{Effect, Event};
use crate::session::model::Power;
use contract::auth::SignOut;
use contract::coworkers::{Impersonate, ListProfiles, OperatorImpersonate, SetCurrentProfile};
use contract::{AccessToken, Endpoint, ExchangeForm, OneTimeToken, auth};
use futures_util::future::{Either, LocalBoxFuture, select};
use gloo_timers::future::TimeoutFuture;
use std::pin::pin;

/// Where one-time tokens are exchanged by the documents. Only for members' impersonation they also name another address.
const DOCUMENTED: ExchangeForm = ExchangeForm::SysUsersExchange;

/// Makes the call that `effect` asks for and gives back what came of it; `None` when it asks for no such call.
pub(super) fn call(
    client: Client,
    form: ExchangeForm,
    effect: Effect,
) -> LocalBoxFuture<'static, Option<Event>> {
    Box::pin(async move {
        let event = match effect {
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
            Effect::Exchange(attempt, token, power, minutes) => {
                let form = if power == Power::Operator { DOCUMENTED } else { form };
                Event::Exchanged(attempt, exchange(&client, form, token.into(), minutes).await)
            }
            Effect::Stop(attempt, bearer) => Event::Stopped(attempt, end(&client, &bearer).await),
            _ => return None,
        };
        Some(event)
    })
}

/// Ends a session. Whether it is over, as far as the server has said within three seconds; it is told in any case.
pub(super) async fn end(client: &Client, bearer: &AccessToken) -> bool {
    match select(pin!(is_ended(client, bearer)), TimeoutFuture::new(STOP_MS)).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => {
            // Nobody waits any longer, but the server is still to hear of it.
            client.send_parting(bearer, &SignOut);
            false
        }
    }
}

/// Asks for the end of a session. Whether it is over: one that the server no longer knows is, too.
async fn is_ended(client: &Client, bearer: &AccessToken) -> bool {
    let is_over = |error| error == ApiError::Unauthorized;
    match client.call_as(Some(bearer), &SignOut).await {
        Ok(()) => true,
        // A web page is how a location may answer, and how a network does that wants something first.
        Err(ApiError::Malformed) => client.call_as(Some(bearer), &ListProfiles).await.is_err_and(is_over),
        Err(error) => is_over(error),
    }
}

/// Exchanges a one-time token of one's own, out of a mail or a reply, for a session.
pub(in crate::session) async fn exchange_own(
    client: &Client,
    token: OneTimeToken,
) -> Result<Grant, ApiError> {
    exchange(client, DOCUMENTED, token, OWN_SESSION_MINUTES).await
}

/// Exchanges a one-time token for a session that is to live for these minutes.
async fn exchange(
    client: &Client,
    form: ExchangeForm,
    token: OneTimeToken,
    minutes: u32,
) -> Result<Grant, ApiError> {
    let result = client.send_anonymous(auth::exchange(form, token, minutes)).await;
    // It names the path that held the token.
    clear_request_list();
    let reply =
        result.and_then(|body| auth::ExchangeLogin::read(&body).map_err(|_| ApiError::unreadable(&body)));
    reply.map(|reply| Grant::new(reply, client.now()))
}
