//! Asking the upstream.

use super::address::is_one_shot;
use super::body::Upload;
use super::headers;
use super::line::{Connector, Proven, TooLong};
use super::trouble::{Trouble, causes, chain};
use crate::UpstreamOptions;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{Extensions, HeaderMap, Method, Response, Uri};
use h2::Reason;
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client as Pool, Error as PoolError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

/// How long an unused connection is kept.
const KEPT: Duration = Duration::from_secs(30);

/// How long an HTTP/2 connection with requests on it may be silent before the other end is asked whether it is there, and
/// how long that may take. A request on a connection that was silent before asks at once, so a dead one is given up in
/// time for a read to be sent once more, and an unused one costs no traffic.
const PROBE: Duration = Duration::from_secs(5);

/// How much of one reply over HTTP/2 waits for its client. All requests share a connection, so whoever does not read may
/// hold this much of its window and no more; a reply comes with as many bytes each round trip.
const UNREAD: u32 = 128 * 1024;

/// How much of all replies together waits: several times what the hundred or so replies that a location has under way on
/// a connection may hold, so that one client alone, with so many requests as it may have, keeps none of another's from it.
/// It is also what they take of memory at worst, for each connection.
const ALL_UNREAD: u32 = 64 * 1024 * 1024;

/// The upstream with its connections.
pub(super) struct Client {
    pool: Pool<Connector, Upload>,
    scheme: Scheme,
    authority: Authority,
    /// How long it may be silent.
    pub(super) patience: Duration,
    /// The largest reply that is passed on, in bytes.
    pub(super) max_reply: u64,
}

/// An attempt that failed.
struct Failed {
    trouble: Trouble,
    /// The connection had worked before and broke without a reply.
    is_stale: bool,
}

impl Client {
    /// A client of the location, an origin. No connection is made yet.
    ///
    /// # Errors
    /// A sentence, when the location or the certificates of further authorities are none.
    pub(super) fn new(location: &str, options: &UpstreamOptions) -> Result<Self, String> {
        let location: Uri = location.parse().map_err(|_| format!("{location} is no address"))?;
        let (Some(scheme), Some(authority)) = (location.scheme(), location.authority()) else {
            return Err(format!("{location} is no address"));
        };
        let connector = Connector::new(options.upstream_ca.as_deref(), options.upstream_connect_timeout)?;
        let pool = Pool::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT)
            .http2_keep_alive_interval(PROBE)
            .http2_keep_alive_timeout(PROBE)
            .http2_initial_stream_window_size(UNREAD)
            .http2_initial_connection_window_size(ALL_UNREAD)
            .build(connector);
        Ok(Self {
            pool,
            scheme: scheme.clone(),
            authority: authority.clone(),
            patience: options.upstream_response_timeout,
            max_reply: options.upstream_max_reply.into(),
        })
    }

    /// The head of the reply; its body is still to come. Dropping the future gives the request up. A request without
    /// a body that only reads is sent once more when a connection that had worked before broke without a reply; both
    /// tries together take no longer than one may.
    ///
    /// # Errors
    /// What went wrong; the cause is in the log.
    pub(super) async fn ask(
        &self,
        request: Request,
        address: PathAndQuery,
    ) -> Result<Response<Incoming>, Trouble> {
        let (head, body) = request.into_parts();
        let reads = matches!(head.method, Method::GET | Method::HEAD) && !is_one_shot(&address);
        let may_repeat = reads && body.is_end_stream();
        let address = Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(address)
            .build()
            .map_err(|_| Trouble::NoReply)?;
        let headers = headers::asked(&head, &body);
        let again = may_repeat.then(|| (head.method.clone(), address.clone(), headers.clone()));
        let began = Instant::now();
        let first = self.attempt(head.method, address, headers, body, self.patience).await;
        let answer = match (first, again) {
            (Err(Failed { is_stale: true, .. }), Some((method, address, headers))) => {
                let left = self.patience.saturating_sub(began.elapsed());
                self.attempt(method, address, headers, Body::empty(), left).await
            }
            (first, _) => first,
        };
        answer.map_err(|failed| failed.trouble)
    }

    async fn attempt(
        &self,
        method: Method,
        address: Uri,
        headers: HeaderMap,
        body: Body,
        patience: Duration,
    ) -> Result<Response<Incoming>, Failed> {
        let (upload, progress) = Upload::new(body);
        let mut request = Request::new(upload);
        *request.method_mut() = method;
        *request.uri_mut() = address;
        *request.headers_mut() = headers;
        let line = capture_connection(&mut request);
        let proven = || {
            let mut extras = Extensions::new();
            if let Some(connected) = line.connection_metadata().as_ref() {
                connected.get_extras(&mut extras);
            }
            extras.remove::<Proven>().unwrap_or_default()
        };
        let answer = tokio::select! {
            biased;
            answer = self.pool.request(request) => Some(answer),
            () = progress.late(patience) => None,
        };
        match answer {
            Some(Ok(reply)) => {
                proven().prove();
                Ok(reply)
            }
            Some(Err(_)) if progress.has_failed() => {
                Err(Failed { trouble: Trouble::Unfinished, is_stale: false })
            }
            Some(Err(error)) => {
                Err(Failed { trouble: judged(&error), is_stale: broke(&error) && proven().is_proven() })
            }
            None => {
                tracing::warn!("the upstream did not begin its reply in time");
                Err(Failed { trouble: Trouble::Late, is_stale: false })
            }
        }
    }
}

fn judged(error: &PoolError) -> Trouble {
    tracing::warn!("asking the upstream failed: {}", causes(error));
    if chain(error).any(|cause| cause.is::<TooLong>() || is_late(cause)) {
        Trouble::Late
    } else if chain(error).any(is_garbage) {
        Trouble::NoReply
    } else {
        Trouble::Unreachable
    }
}

fn is_late(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// True when the connection itself is over, or when the other side says that it has not begun with the request. A
/// stream that ends alone on a connection that goes on is an answer.
fn broke(error: &PoolError) -> bool {
    if error.is_connect() || chain(error).any(is_garbage) {
        return false;
    }
    let of_http2 = chain(error).find_map(|cause| cause.downcast_ref::<h2::Error>());
    of_http2.is_none_or(|error| {
        error.is_io()
            || error.is_go_away() && error.is_remote()
            || error.reason() == Some(Reason::REFUSED_STREAM)
    })
}

/// Bytes came, but no reply.
fn is_garbage(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<hyper::Error>().is_some_and(|error| error.is_parse() || error.is_parse_too_large())
}
