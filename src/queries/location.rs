//! The location, which is the same for everybody.

use super::cache::{Query, Reply};
use crate::api::{ApiError, Client};
use crate::boot;
use crate::memo::Memo;
use crate::signal::{RwSignal, Signal, StoredValue};
use contract::BusinessId;
use contract::location::{Business, CurrentBusiness};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[derive(Clone, Copy)]
struct Location {
    client: StoredValue<Client>,
    reply: RwSignal<Option<Reply<Business>>>,
    /// Whether an answer is on its way.
    asking: StoredValue<bool>,
}

/// Provides the location as a context. It is asked for without a bearer, so it stays when the person changes.
pub fn provide_location(client: &Client) {
    let client = StoredValue::new(client.clone());
    provide_context(Location { client, reply: RwSignal::new(None), asking: StoredValue::new(false) });
}

/// The location's time zone, an IANA name; empty while it is not known.
pub fn use_time_zone() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || match &*location.read() {
        Some(Ok(place)) => place.time_zone.clone(),
        _ => String::new(),
    })
}

/// The location, known without signing in. It is asked for once, and again for who needs it after a failure.
pub fn use_location() -> Query<Business> {
    let Location { client, reply, asking } = expect_context();
    let is_known = matches!(&*reply.read_untracked(), Some(Ok(_)));
    if !is_known && !asking.get_value() {
        asking.set_value(true);
        reply.set(None);
        spawn_local(async move {
            // The form does without it.
            boot::settled().await;
            let answer = client.get_value().call_as(None, &CurrentBusiness).await;
            asking.set_value(false);
            reply.set(Some(answer.map(Arc::new)));
        });
    }
    Memo::comparing(move |_| reply.get(), |_, _| false)
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
