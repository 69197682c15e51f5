//! So many requests of the API for each client, with a burst, in front of what the upstream allows.
//!
//! Each client has a leaky bucket that is one number: the moment when it is empty again. A client without an entry
//! has an empty bucket, so an entry whose moment is over can be forgotten at any time.

use crate::Options;
use crate::client::Client;
use crate::headers::is_api;
use crate::observe::METRICS;
use crate::problem::problem;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Clients that are remembered: some megabytes. One that is above it forgets everybody, which costs a burst each.
const MOST_CLIENTS: usize = 65_536;

/// Counts requests by client.
#[derive(Clone)]
pub(crate) struct RateLimit(Option<Arc<Buckets>>);

impl From<&Options> for RateLimit {
    fn from(options: &Options) -> Self {
        match options.rate_limit() {
            0 => Self(None),
            rate => Self(Some(Arc::new(Buckets::new(rate, options.edge.rate_burst)))),
        }
    }
}

impl RateLimit {
    /// Answers 429 to a client that is too fast, with the seconds to wait. Files and pages are free.
    pub(crate) async fn apply<Reply: Future<Output = Response>>(
        &self,
        request: Request,
        next: impl FnOnce(Request) -> Reply,
    ) -> Response {
        let Some(buckets) = self.0.as_ref().filter(|_| is_api(request.uri().path())) else {
            return next(request).await;
        };
        let client = request.extensions().get::<Client>().map(|client| client.address);
        match client.map_or(Ok(()), |client| buckets.take(client, Instant::now())) {
            Ok(()) => next(request).await,
            Err(wait) => {
                METRICS.rate_limited();
                too_many(wait)
            }
        }
    }
}

/// What a client is told that has to wait so long, in whole seconds.
pub(crate) fn too_many(wait: Duration) -> Response {
    let mut reply = problem(StatusCode::TOO_MANY_REQUESTS, "There were too many requests from here.");
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    reply
}

struct Buckets {
    /// What one request adds.
    drop: Duration,
    /// How full a bucket may be.
    size: Duration,
    empty_at: Mutex<HashMap<IpAddr, Instant>>,
}

impl Buckets {
    fn new(rate: u32, burst: u32) -> Self {
        let drop = Duration::from_secs(1) / rate;
        Self { drop, size: drop * burst, empty_at: Mutex::default() }
    }

    /// Adds a request, or says how long it would have to wait.
    fn take(&self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut clients = self.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= MOST_CLIENTS {
            clients.retain(|_, empty_at| *empty_at > now);
            // Half of it, so that the search above is not made for every request.
            if clients.len() >= MOST_CLIENTS / 2 {
                clients.clear();
            }
        }
        let empty_at = clients.entry(block(client)).or_insert(now);
        let filled = (*empty_at).max(now) + self.drop;
        match filled.duration_since(now).checked_sub(self.size) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                *empty_at = filled;
                Ok(())
            }
        }
    }
}

/// One customer of an IPv6 network has at least 64 bits of addresses.
pub(crate) fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_is_taken_and_then_the_rate_and_the_wait_is_what_it_takes() {
        let (buckets, now) = (Buckets::new(2, 3), Instant::now());
        for _ in 0..3 {
            assert_eq!(buckets.take(ip("192.0.2.1"), now), Ok(()));
        }
        let wait = buckets.take(ip("192.0.2.1"), now).unwrap_err();
        assert_eq!(wait, Duration::from_millis(500));
        assert_eq!(buckets.take(ip("192.0.2.2"), now), Ok(()), "somebody else");
        assert_eq!(buckets.take(ip("192.0.2.1"), now + wait), Ok(()), "refusals do not count");
        assert!(buckets.take(ip("192.0.2.1"), now + wait).is_err());
    }

    #[test]
    fn a_customer_of_ipv6_is_one_client_and_ipv4_in_ipv6_is_itself() {
        let (buckets, now) = (Buckets::new(1, 1), Instant::now());
        assert!(buckets.take(ip("2001:db8:0:1::1"), now).is_ok());
        assert!(buckets.take(ip("2001:db8:0:1:ffff::2"), now).is_err());
        assert!(buckets.take(ip("2001:db8:0:2::1"), now).is_ok());
        assert!(buckets.take(ip("::ffff:192.0.2.1"), now).is_ok());
        assert!(buckets.take(ip("192.0.2.1"), now).is_err());
        assert!(buckets.take(ip("::ffff:192.0.2.2"), now).is_ok());
    }

    #[test]
    fn however_many_clients_come_only_so_many_are_remembered() {
        let (buckets, now) = (Buckets::new(1, 1), Instant::now());
        for number in 0..200_000_u32 {
            assert!(buckets.take(IpAddr::from(number.to_be_bytes()), now).is_ok());
        }
        assert!(buckets.empty_at.lock().unwrap().len() <= MOST_CLIENTS);
    }
}
