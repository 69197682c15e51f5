//! So many requests of the API under way at a time for each client, so that none holds every stream to the upstream.
//!
//! A request is under way until all of its reply is handed over to be sent: who reads nothing of a long one holds the stream
//! it comes on.

use crate::Options;
use crate::client::Client;
use crate::headers::is_api;
use crate::held_body::HeldBody;
use crate::observe::METRICS;
use crate::places::Places;
use crate::rate_limit::too_many;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use std::time::Duration;

/// Where the rate counts, unless the settings say otherwise: ten browsers of one building at once, and not all of the
/// hundred streams that a location usually has.
const USUAL: u32 = 64;

/// Nobody knows when one of them ends.
const WAIT: Duration = Duration::from_secs(1);

/// Counts requests under way by client.
#[derive(Clone)]
pub(crate) struct InFlight(Option<Places>);

impl From<&Options> for InFlight {
    fn from(options: &Options) -> Self {
        let usual = if options.rate_limit() > 0 { USUAL } else { 0 };
        Self(Places::new(options.edge.max_in_flight.unwrap_or(usual)))
    }
}

impl InFlight {
    /// Answers 429 to a client that has too many requests under way. Files and pages are free.
    pub(crate) async fn apply<Reply: Future<Output = Response>>(
        &self,
        request: Request,
        next: impl FnOnce(Request) -> Reply,
    ) -> Response {
        let places = self.0.as_ref().filter(|_| is_api(request.uri().path()));
        let Some((places, client)) = places.zip(request.extensions().get::<Client>()) else {
            return next(request).await;
        };
        let Some(place) = places.take(client.address) else {
            METRICS.rate_limited();
            return too_many(WAIT);
        };
        next(request).await.map(|body| Body::new(HeldBody::new(body, || place)))
    }
}
