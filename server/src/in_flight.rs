//! So many requests of the API under way at a time for each client, so that none holds every stream to the upstream.
//!
//! A request is under way until all of its reply is handed over to be sent: who reads nothing of a long one holds the stream
//! it comes on.

use crate::Options;
use crate::client::Client;
use crate::headers::is_api;
use crate::held_body::HeldBody;
use crate::observe::METRICS;
use crate::rate_limit::{block, too_many};
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Where the rate counts, unless the settings say otherwise: ten browsers of one building at once, and not all of the
/// hundred streams that a location usually has.
const USUAL: u32 = 64;

/// Nobody knows when one of them ends.
const WAIT: Duration = Duration::from_secs(1);

/// Counts requests under way by client.
#[derive(Clone)]
pub(crate) struct InFlight(Option<Arc<Counts>>);

struct Counts {
    most: u32,
    /// Clients with requests under way; no other has an entry.
    under_way: Mutex<HashMap<IpAddr, u32>>,
}

impl From<&Options> for InFlight {
    fn from(options: &Options) -> Self {
        let usual = if options.rate_limit() > 0 { USUAL } else { 0 };
        match options.edge.max_in_flight.unwrap_or(usual) {
            0 => Self(None),
            most => Self(Some(Arc::new(Counts { most, under_way: Mutex::default() }))),
        }
    }
}

impl InFlight {
    /// Answers 429 to a client that has too many requests under way. Files and pages are free.
    pub(crate) async fn apply<Reply: Future<Output = Response>>(
        &self,
        request: Request,
        next: impl FnOnce(Request) -> Reply,
    ) -> Response {
        let counts = self.0.as_ref().filter(|_| is_api(request.uri().path()));
        let Some((counts, client)) = counts.zip(request.extensions().get::<Client>()) else {
            return next(request).await;
        };
        let Some(held) = Counts::begin(counts, client.address) else {
            METRICS.rate_limited();
            return too_many(WAIT);
        };
        next(request).await.map(|body| Body::new(HeldBody::new(body, || held)))
    }
}

impl Counts {
    fn begin(counts: &Arc<Self>, client: IpAddr) -> Option<Held> {
        let client = block(client);
        let mut under_way = counts.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let own = under_way.entry(client).or_default();
        if *own >= counts.most {
            return None;
        }
        *own += 1;
        Some(Held { counts: Arc::clone(counts), client })
    }
}

/// A request under way; whatever becomes of it, its place is free again when this is dropped.
struct Held {
    counts: Arc<Counts>,
    client: IpAddr,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut under_way = self.counts.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = under_way.get_mut(&self.client) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                under_way.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_request_is_over_and_nobody_idle_is_remembered() {
        let counts = Arc::new(Counts { most: 2, under_way: Mutex::default() });
        let ip = |text: &str| text.parse().unwrap();
        let begin = |text| Counts::begin(&counts, ip(text));
        let (first, second) = (begin("2001:db8::1"), begin("2001:db8::2"));
        assert!(first.is_some() && second.is_some() && begin("2001:db8::3").is_none());
        assert!(begin("192.0.2.1").is_some(), "somebody else");
        drop(first);
        let third = begin("2001:db8::3");
        assert!(third.is_some() && begin("2001:db8::4").is_none());
        drop((second, third));
        assert!(counts.under_way.lock().unwrap().is_empty());
    }
}
