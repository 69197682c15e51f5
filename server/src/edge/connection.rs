//! One connection: HTTP spoken on it, until it ends, is cut off for being slow, or the server stops.

use super::activity::Activity;
use super::graceful::{Answer, Graceful, Stream};
use super::patience::Patience;
use super::socket::Socket;
use super::stage::{Stage, Stages};
use super::tls::Tls;
use super::watched::{Reply, Watched, asked};
use crate::client::Peer;
use crate::observe::METRICS;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, Version, header};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

/// The largest head of a request: far above what a browser sends with the longest bearer.
const HEAD: usize = 32 * 1024;

/// How much of a reply waits for a slow reader.
const BUFFER: usize = 64 * 1024;

/// Requests at a time on one HTTP/2 connection: a page asks for fewer, and each may have a head as large as that.
const STREAMS: u32 = 32;

/// How much of the bodies of requests an HTTP/2 connection may send before anybody reads them: as much as a body may have
/// by the usual settings. The protocol allows no less.
const UPLOAD: u32 = 64 * 1024;

/// What all connections of a listener share.
pub(super) struct Shared {
    pub(super) router: Router,
    pub(super) tls: Option<Tls>,
    pub(super) patience: Patience,
    pub(super) stages: Stages,
}

/// Serves a connection to its end.
pub(super) async fn serve(stream: TcpStream, peer: SocketAddr, shared: Arc<Shared>) {
    // Replies are written whole; waiting for more would only delay their ends.
    let _ = stream.set_nodelay(true);
    let activity = Arc::new(Activity::new(shared.patience));
    let stream = Socket { stream, activity: Arc::clone(&activity) };
    speak(stream, peer.ip(), &shared, activity).await;
}

pub(super) async fn speak(stream: impl Stream, address: IpAddr, shared: &Shared, activity: Arc<Activity>) {
    let stream = Watched { stream, activity: Arc::clone(&activity) };
    let Some(tls) = &shared.tls else {
        return http1(stream, Peer { address, secure: false }, shared, activity).await;
    };
    let handshake = tokio::time::timeout(shared.patience.head, tls.accept(stream));
    let shaken = tokio::select! {
        biased;
        shaken = handshake => shaken,
        // As long as half a head is waited for.
        () = closing(shared, shared.patience.linger * 2) => return,
    };
    let Ok(Ok(stream)) = shaken else { return METRICS.cut_off("tls") };
    let peer = Peer { address, secure: true };
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        http2(stream, peer, shared, activity).await;
    } else {
        http1(stream, peer, shared, activity).await;
    }
}

async fn http1(stream: impl Stream, peer: Peer, shared: &Shared, activity: Arc<Activity>) {
    activity.speaks(false);
    let stream = TokioIo::new(stream);
    let service = answer(peer, shared, &activity, true);
    let connection = http1::Builder::new()
        // The activity is asked instead: hyper's own would count the time between requests as well.
        .header_read_timeout(None)
        .half_close(true)
        .max_header_size(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(stream, service);
    drive(connection, &activity, shared, shared.patience.linger).await;
}

async fn http2(stream: impl Stream, peer: Peer, shared: &Shared, activity: Arc<Activity>) {
    activity.speaks(true);
    let stream = TokioIo::new(stream);
    let service = answer(peer, shared, &activity, false);
    let connection = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .initial_stream_window_size(UPLOAD)
        .initial_connection_window_size(UPLOAD)
        .max_send_buf_size(BUFFER)
        .max_header_list_size(u32::try_from(HEAD).unwrap_or(u32::MAX))
        .serve_connection(stream, service);
    // The protocol itself tells which requests were taken: nothing is lost by closing at once.
    drive(connection, &activity, shared, Duration::ZERO).await;
}

/// Hands each request to the routes. `says_close`: a reply tells the client to come back on another connection
/// when the server stops.
fn answer(peer: Peer, shared: &Shared, activity: &Arc<Activity>, says_close: bool) -> impl Answer + use<> {
    let (router, stages) = (shared.router.clone(), shared.stages.clone());
    let activity = Arc::clone(activity);
    service_fn(move |request: Request<Incoming>| {
        let mut busy = activity.begin();
        let mut request = request.map(|body| Body::new(asked(body, &activity)));
        // Such a client knows no pieces.
        let may_be_open_ended = request.version() < Version::HTTP_11 && request.method() != Method::HEAD;
        let (router, stages) = (router.clone(), stages.clone());
        async move {
            request.extensions_mut().insert(peer);
            let Ok(mut response) = router.oneshot(request).await;
            if says_close && !stages.is_running() {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            // The length of nothing, as axum says it, would be a file's in a 304 and may not be in a 204 (RFC 9110, 8.6).
            if [StatusCode::NOT_MODIFIED, StatusCode::NO_CONTENT].contains(&response.status()) {
                response.headers_mut().remove(header::CONTENT_LENGTH);
            }
            busy.is_clients_turn(true);
            let is_open_ended = may_be_open_ended && response.body().size_hint().exact().is_none();
            Ok::<Response<Reply>, Infallible>(response.map(|body| Reply::new(body, busy, is_open_ended)))
        }
    })
}

/// Runs a connection to its end, cuts it off when it is late, and asks it to finish once the server closes or nothing was
/// asked on it for long. Whoever then neither asks nor is answered is not waited for: a client that sleeps never says that
/// it has heard, and a head that has begun may never end.
async fn drive(connection: impl Graceful, activity: &Activity, shared: &Shared, linger: Duration) {
    let mut connection = pin!(connection);
    let mut timer = pin!(tokio::time::sleep_until(activity.deadline()));
    let mut closing = pin!(closing(shared, linger));
    let mut leaving = pin!(None);
    std::future::poll_fn(|cx| {
        let mut is_over = false;
        loop {
            if leaving.is_none() && (is_over || closing.as_mut().poll(cx).is_ready()) {
                leaving.set(Some(free(activity, shared.patience)));
                connection.as_mut().finish();
            }
            if connection.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
            if leaving.as_mut().as_pin_mut().is_some_and(|leaving| leaving.poll(cx).is_ready()) {
                return Poll::Ready(());
            }
            ready!(poll_due(timer.as_mut(), activity, cx));
            if !activity.is_idle() {
                METRICS.cut_off("slow");
                return Poll::Ready(());
            }
            if leaving.is_some() {
                return Poll::Pending;
            }
            is_over = true;
        }
    })
    .await;
}

/// Ready once a connection is past its deadline. One that moved on is noticed when the timer fires, one that came nearer at
/// once.
fn poll_due(mut timer: Pin<&mut Sleep>, activity: &Activity, cx: &mut Context<'_>) -> Poll<()> {
    loop {
        let deadline = activity.deadline();
        if deadline < timer.deadline() || timer.is_elapsed() {
            timer.as_mut().reset(deadline);
        }
        ready!(timer.as_mut().poll(cx));
        if activity.deadline() <= Instant::now() {
            return Poll::Ready(());
        }
    }
}

/// Resolves so long after the server began to close.
async fn closing(shared: &Shared, linger: Duration) {
    shared.stages.clone().reached(Stage::Closing).await;
    tokio::time::sleep(linger).await;
}

/// Resolves when nothing is lost by ending the connection: nothing happens on it any more, and its client has had time
/// for what it was sent last.
async fn free(activity: &Activity, Patience { linger, settle, .. }: Patience) {
    let began = Instant::now();
    let linger = linger.max(Duration::from_millis(1));
    loop {
        // What ends later wakes nobody here, so that it is looked at again.
        let now = Instant::now();
        let end = activity.settled(settle).map_or(now + linger, |settled| settled.max(began + linger));
        if end <= now {
            return;
        }
        tokio::time::sleep_until(end).await;
    }
}
