//! Bodies of requests: only so large, and only for so long. What nobody reads of one is read here: a connection that is
//! closed with something unread is reset, and takes with it the reply that was just sent; and a client of HTTP/2 that is
//! told with its reply that nobody wants the rest may take that for a failure. Of one that is too large or too slow a part
//! is read, so that whoever sends on without looking gets to read why.

use crate::EdgeOptions;
use crate::problem::problem;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::Sleep;

/// What a body may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimit {
    bytes: u64,
    time: Duration,
}

impl From<&EdgeOptions> for BodyLimit {
    fn from(edge: &EdgeOptions) -> Self {
        Self { bytes: edge.max_body.into(), time: edge.body_timeout }
    }
}

/// How much is read of what was refused, and for how long at most.
const REFUSED: BodyLimit = BodyLimit { bytes: 1024 * 1024, time: Duration::from_secs(2) };

const FINE: u8 = 0;
const TOO_LARGE: u8 = 1;
const TOO_SLOW: u8 = 2;

impl BodyLimit {
    /// No longer than any body is waited for.
    fn of_refused(self) -> Self {
        Self { time: REFUSED.time.min(self.time), ..REFUSED }
    }

    /// Answers 413 or 408 in place of whatever the routes make of half a body.
    pub(crate) async fn apply<Reply: Future<Output = Response>>(
        self,
        request: Request,
        next: impl FnOnce(Request) -> Reply,
    ) -> Response {
        if http_body::Body::size_hint(request.body()).lower() > self.bytes {
            // Whoever asks first whether to send it takes the refusal for an answer.
            if !request.headers().contains_key(header::EXPECT) {
                drain(Limited::new(request.into_body(), self.of_refused(), Arc::default()));
            }
            return refuse(TOO_LARGE);
        }
        if http_body::Body::is_end_stream(request.body()) {
            return next(request).await;
        }
        let broken = Arc::new(AtomicU8::new(FINE));
        let limited = |body| {
            let limited = Limited::new(body, self, Arc::clone(&broken));
            Body::new(Finishing { body: Some(limited), refused: self.of_refused() })
        };
        let response = next(request.map(limited)).await;
        match broken.load(Relaxed) {
            FINE => response,
            why => refuse(why),
        }
    }
}

/// The rest of the body is not waited for, so the connection is of no more use.
fn refuse(why: u8) -> Response {
    let mut response = if why == TOO_SLOW {
        problem(StatusCode::REQUEST_TIMEOUT, "The request did not arrive in time.")
    } else {
        problem(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.")
    };
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

struct Limited {
    body: Body,
    left: u64,
    timer: Pin<Box<Sleep>>,
    broken: Arc<AtomicU8>,
    /// There is nothing more to read.
    is_finished: bool,
}

impl Limited {
    fn new(body: Body, limit: BodyLimit, broken: Arc<AtomicU8>) -> Self {
        let timer = Box::pin(tokio::time::sleep(limit.time));
        Self { body, left: limit.bytes, timer, broken, is_finished: false }
    }

    fn fail(&self, why: u8) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.broken.store(why, Relaxed);
        Poll::Ready(Some(Err(axum::Error::new("the body is over its limit"))))
    }
}

impl http_body::Body for Limited {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            return if self.timer.as_mut().poll(cx).is_ready() { self.fail(TOO_SLOW) } else { Poll::Pending };
        };
        self.is_finished |= !matches!(frame, Some(Ok(_)));
        let size = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()).map_or(0, Bytes::len);
        match self.left.checked_sub(u64::try_from(size).unwrap_or(u64::MAX)) {
            Some(left) => self.left = left,
            None => return self.fail(TOO_LARGE),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Reads to the end what is left when nobody wants more of it, and a part of what is too large or too slow.
struct Finishing {
    body: Option<Limited>,
    refused: BodyLimit,
}

impl Drop for Finishing {
    fn drop(&mut self) {
        if let Some(rest) = self.body.take().filter(|rest| !rest.is_finished && !rest.is_end_stream()) {
            drain(rest);
        }
    }
}

/// Reads a body to its end or its limit, for nobody.
fn drain(mut rest: Limited) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(async move { while let Some(Ok(_)) = rest.frame().await {} });
    }
}

impl http_body::Body for Finishing {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = Pin::new(body).poll_frame(cx);
        let is_over = |body: &mut Limited| !body.is_finished && body.broken.load(Relaxed) != FINE;
        if let Some(rest) = self.body.take_if(is_over) {
            drain(Limited::new(rest.body, self.refused, Arc::default()));
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Limited::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Limited::size_hint)
    }
}

#[cfg(test)]
mod tests {
    use super::super::activity::Activity;
    use super::super::connection::{Shared, speak};
    use super::super::patience::Patience;
    use super::super::stage::Stages;
    use super::*;
    use axum::Router;
    use axum::middleware::{Next, from_fn};
    use axum::routing::post;
    use std::net::Ipv4Addr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
    use tokio::time::Instant;

    const HEAD: &str = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n";

    /// A server whose route reads nothing of a body.
    fn serve() -> DuplexStream {
        let seconds = Duration::from_secs;
        let patience = Patience {
            head: seconds(10),
            quiet: seconds(75),
            rate: 240,
            linger: seconds(0),
            settle: seconds(0),
        };
        let limit = BodyLimit { bytes: 100, time: seconds(30) };
        let router = Router::new().route("/", post(|| async { "no" }));
        let router = router
            .layer(from_fn(move |request, next: Next| limit.apply(request, |request| next.run(request))));
        let shared = Shared { router, tls: None, patience, stages: Stages::endless() };
        let (stream, client) = tokio::io::duplex(1000);
        let activity = Arc::new(Activity::new(patience));
        tokio::spawn(async move { speak(stream, Ipv4Addr::LOCALHOST.into(), &shared, activity).await });
        client
    }

    async fn send(client: &mut DuplexStream, text: &str) {
        client.write_all(text.as_bytes()).await.expect("the connection goes on");
    }

    async fn is_answered(client: &mut DuplexStream) {
        let mut got = Vec::new();
        while !got.ends_with(b"\r\n\r\nno") {
            assert_ne!(client.read_buf(&mut got).await.unwrap(), 0, "the connection was cut off");
        }
    }

    /// How long the server keeps the connection when nothing more is sent.
    async fn kept(mut client: DuplexStream) -> u64 {
        let began = Instant::now();
        assert_eq!(client.read(&mut [0]).await.unwrap(), 0);
        began.elapsed().as_secs()
    }

    async fn pass(seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_after_its_reply_is_no_head() {
        let mut client = serve();
        send(&mut client, HEAD).await;
        is_answered(&mut client).await;
        send(&mut client, "12345").await;
        pass(20).await;
        send(&mut client, "67890").await;
        pass(70).await;
        send(&mut client, HEAD).await;
        is_answered(&mut client).await;
        send(&mut client, "1234567890").await;
        assert_eq!(kept(client).await, 75, "nothing is asked");
    }

    const LARGE: &str = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3000000\r\n";

    async fn is_refused(client: &mut DuplexStream) {
        let mut got = Vec::new();
        while !got.ends_with(b"}") {
            assert_ne!(client.read_buf(&mut got).await.unwrap(), 0, "the connection was cut off");
        }
        assert!(got.starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&got));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_too_large_is_read_for_a_while_after_its_refusal() {
        let mut client = serve();
        send(&mut client, &format!("{LARGE}\r\n")).await;
        is_refused(&mut client).await;
        send(&mut client, &"x".repeat(900_000)).await;
        assert!(client.write_all(&[b'x'; 2_000_000]).await.is_err(), "not without end");

        let mut client = serve();
        send(&mut client, &format!("{LARGE}\r\n")).await;
        is_refused(&mut client).await;
        send(&mut client, "12345").await;
        assert_eq!(kept(client).await, 2);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_asks_first_whether_to_send_what_is_too_large_is_refused_at_once() {
        let mut client = serve();
        send(&mut client, &format!("{LARGE}expect: 100-continue\r\n\r\n")).await;
        is_refused(&mut client).await;
        assert_eq!(kept(client).await, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_after_its_reply_has_its_own_time_and_the_next_head_too() {
        let mut client = serve();
        send(&mut client, HEAD).await;
        is_answered(&mut client).await;
        pass(1).await;
        send(&mut client, "12345").await;
        assert_eq!(kept(client).await, 29);

        let mut client = serve();
        send(&mut client, HEAD).await;
        is_answered(&mut client).await;
        send(&mut client, "1234567890").await;
        pass(40).await;
        send(&mut client, "POST").await;
        assert_eq!(kept(client).await, 10);
    }
}
