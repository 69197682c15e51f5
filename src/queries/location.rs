//! The location, which is the same for everybody.

use super::cache::{Cache, Query};
use crate::api::Client;
use contract::location::{Business, CurrentBusiness};
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Location(StoredValue<Cache<(), Business>, LocalStorage>);

/// Provides the location as a context. It is asked for without a bearer, so it stays when the person changes.
pub fn provide_location(client: &Client) {
    let asked = client.clone();
    let cache = Cache::lasting(client.clone(), move |()| {
        let client = asked.clone();
        Box::pin(async move { client.call_as(None, &CurrentBusiness).await })
    });
    provide_context(Location(StoredValue::new_local(cache)));
}

/// The location, known without signing in.
pub fn use_location() -> Query<Business> {
    expect_context::<Location>().0.get_value().watch(&())
}
