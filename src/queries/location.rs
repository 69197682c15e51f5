//! The location, which is the same for everybody.

use super::cache::{Cache, Query};
use super::key::{self, Answer, answer};
use crate::api::{ApiError, Client};
use crate::boot;
use crate::signal::{Signal, StoredValue};
use contract::BusinessId;
use contract::location::{Business, CurrentBusiness};
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use std::rc::Rc;

/// What is the same for everybody is kept apart from what one person has read.
#[derive(Clone, Copy)]
struct Location(StoredValue<Cache>);

/// Provides the location as a context. It is asked for without a bearer, so it stays when the person changes.
pub fn provide_location(client: &Client) {
    let cache = Cache::new(client.clone(), Rc::new(|client, _| read(client.clone())));
    provide_context(Location(StoredValue::new(cache)));
}

/// The answer to [`Key::Location`](super::key::Key::Location).
pub(super) fn read(client: Client) -> LocalBoxFuture<'static, Answer> {
    answer(async move {
        // The form does without it.
        boot::settled().await;
        client.call_as(None, &CurrentBusiness).await
    })
}

/// The location's time zone, an IANA name; empty while it is not known.
pub fn use_time_zone() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || match &*location.read() {
        Some(Ok(place)) => place.time_zone.clone(),
        _ => String::new(),
    })
}

/// The location, known without signing in.
pub fn use_location() -> Query<Business> {
    expect_context::<Location>().0.get_value().watch(key::location())
}

/// The id of the location, asked for now if it is not known yet.
///
/// # Errors
/// What the server answered.
pub async fn location_id(client: &Client, known: Query<Business>) -> Result<BusinessId, ApiError> {
    if let Some(Some(Ok(place))) = known.try_get_untracked() {
        return Ok(place.id);
    }
    Ok(client.call_as(None, &CurrentBusiness).await?.id)
}
