//! Asking the upstream.

use super::address::is_one_shot;
use super::headers;
use super::lanes::{Lanes, Place};
use super::line::{Connector, Record, TooLong};
use super::trouble::{Trouble, causes, chain};
use super::upload::{Outgoing, Upload};
use crate::UpstreamOptions;
use crate::held_body::HeldBody;
use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{Extensions, HeaderMap, Method, Response, Uri};
use h2::Reason;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client as Pool, Error as PoolError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error;
use std::io;
use std::time::Duration;

/// How long an unused connection is kept.
const KEPT: Duration = Duration::from_secs(30);

/// How long an HTTP/2 connection with requests on it may be silent before the other end is asked whether it is there, and
/// how long that may take. A request on a connection that was silent before asks at once, so a dead one is given up in
/// time for a read to be sent once more, and an unused one costs no traffic.
const PROBE: Duration = Duration::from_secs(5);

/// How much of one reply over HTTP/2 waits for its client. All requests share a connection, so whoever does not read may
/// hold this much of its window and no more; a reply comes with as many bytes each round trip.
const UNREAD: u32 = 128 * 1024;

/// How much of all replies of a connection together waits: what 64 of them may hold, which is more than are under way with
/// which another connection is taken, so that whoever reads nothing keeps no other's reply from it. It is also what they
/// take of memory at worst, 64 MiB for all connections.
const ALL_UNREAD: u32 = 64 * UNREAD;

/// A reply's body; its request is under way until it has ended.
pub(super) type Incoming = HeldBody<hyper::body::Incoming, Place>;

/// A reply of the upstream.
pub(super) type Reply = Response<Incoming>;

/// The upstream with its connections.
pub(super) struct Client {
    lanes: Lanes<Pool<Connector, Upload>>,
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
    again: Again,
}

/// What may be sent once more after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    /// Everything: the other side did not begin with it.
    Anything,
    /// Everything but what has no body and a method that is not idempotent: the other side took its leave.
    AfterLeave,
    /// What only reads: a connection that had worked before broke without a reply, and nobody knows how far it came.
    Reads,
    /// Nothing.
    Nothing,
}

/// A request without its body.
struct Head {
    method: Method,
    address: Uri,
    headers: HeaderMap,
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
        let mut pools = Pool::builder(TokioExecutor::new());
        pools
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT)
            .http2_keep_alive_interval(PROBE)
            .http2_keep_alive_timeout(PROBE)
            .http2_initial_stream_window_size(UNREAD)
            .http2_initial_connection_window_size(ALL_UNREAD);
        Ok(Self {
            lanes: Lanes::new(|| pools.build(connector.clone())),
            scheme: scheme.clone(),
            authority: authority.clone(),
            patience: options.upstream_response_timeout,
            max_reply: options.upstream_max_reply.into(),
        })
    }

    /// The head of the reply; its body is still to come. Dropping the future gives the request up. A request is sent
    /// once more when the upstream did not begin with it and its body is small; one without a body that only reads also
    /// when a connection that had worked before broke without a reply. Both tries together take no longer than one may.
    ///
    /// # Errors
    /// What went wrong; the cause is in the log.
    pub(super) async fn ask(&self, request: Request, address: PathAndQuery) -> Result<Reply, Trouble> {
        let (parts, body) = request.into_parts();
        let reads = matches!(parts.method, Method::GET | Method::HEAD) && !is_one_shot(&address);
        let has_body = !body.is_end_stream();
        let only_reads = reads && !has_body;
        let address = Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(address)
            .build()
            .map_err(|_| Trouble::NoReply)?;
        let headers = headers::asked(&parts, &body);
        let head = Head { method: parts.method.clone(), address, headers };
        // What does not go on is not kept while the upstream is waited for.
        drop(parts);
        let (body, upload) = Outgoing::new(body);
        let first = self.attempt(&head, &body, upload, self.patience).await;
        let left = self.patience.saturating_sub(body.waited());
        let upload = match &first {
            Err(Failed { again: Again::Anything, .. }) => body.again(),
            Err(Failed { again: Again::AfterLeave, .. }) if has_body || head.method.is_idempotent() => {
                body.again()
            }
            Err(Failed { again: Again::Reads, .. }) if only_reads => body.again(),
            _ => None,
        };
        let answer = match upload {
            Some(upload) => self.attempt(&head, &body, upload, left).await,
            None => first,
        };
        answer.map_err(|failed| failed.trouble)
    }

    async fn attempt(
        &self,
        head: &Head,
        body: &Outgoing,
        upload: Upload,
        patience: Duration,
    ) -> Result<Reply, Failed> {
        let mut request = Request::new(upload);
        *request.method_mut() = head.method.clone();
        *request.uri_mut() = head.address.clone();
        *request.headers_mut() = head.headers.clone();
        let line = capture_connection(&mut request);
        let (pool, place) = self.lanes.choose();
        let answer = tokio::select! {
            biased;
            answer = pool.request(request) => Some(answer),
            () = body.late(patience) => None,
        };
        let record = line.connection_metadata().as_ref().and_then(|connected| {
            let mut extras = Extensions::new();
            connected.get_extras(&mut extras);
            let record = extras.remove::<Record>()?;
            if record.is_old() {
                // What is under way on it goes on.
                connected.poison();
            }
            Some(record)
        });
        let (trouble, again) = match answer {
            Some(Ok(reply)) => {
                record.inspect(Record::prove);
                return Ok(reply.map(|body| HeldBody::new(body, || place)));
            }
            Some(Err(_)) if body.has_failed() => (Trouble::Unfinished, Again::Nothing),
            Some(Err(error)) => {
                (judged(&error), again(&error, record.is_some_and(|record| record.is_proven())))
            }
            None => {
                tracing::warn!("the upstream did not begin its reply in time");
                (Trouble::Late, Again::Nothing)
            }
        };
        Err(Failed { trouble, again })
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

/// A stream that ends alone on a connection that goes on is an answer. One that the other side refused had no effect there
/// (RFC 9113, 8.7), nor had one after the last that it says it dealt with when it takes its leave (6.8); and one that was
/// not even written is handed back by hyper as canceled. But hyper tells the leave also to a request that was dealt with,
/// when it comes before the first of its body would go: only a body that did not go proves that nothing was done.
fn again(error: &PoolError, is_proven: bool) -> Again {
    if error.is_connect() || chain(error).any(is_garbage) {
        return Again::Nothing;
    }
    let is_canceled = |cause: &(dyn Error + 'static)| {
        cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled)
    };
    let of_http2 = chain(error).find_map(|cause| cause.downcast_ref::<h2::Error>());
    let of_the_other = of_http2.filter(|error| error.is_remote());
    if of_the_other.is_some_and(|error| error.reason() == Some(Reason::REFUSED_STREAM))
        || chain(error).any(is_canceled)
    {
        Again::Anything
    } else if of_the_other.is_some_and(h2::Error::is_go_away) {
        Again::AfterLeave
    } else if is_proven && of_http2.is_none_or(h2::Error::is_io) {
        Again::Reads
    } else {
        Again::Nothing
    }
}

/// Bytes came, but no reply.
fn is_garbage(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<hyper::Error>().is_some_and(|error| error.is_parse() || error.is_parse_too_large())
}

#[cfg(test)]
mod tests;
