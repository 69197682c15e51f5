//! Bodies on their way through: piece by piece, never as a whole, without trailers.

use crate::observe::METRICS;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};
use tracing::Span;

/// A request's body on its way to the upstream. When the client's side fails, that is remembered: the upstream's side
/// only sees a request that was given up.
pub(super) struct Upload {
    body: Body,
    has_failed: Arc<AtomicBool>,
}

impl Upload {
    /// The body, and what becomes true when the client's side fails.
    pub(super) fn new(body: Body) -> (Self, Arc<AtomicBool>) {
        let has_failed = Arc::default();
        (Self { body, has_failed: Arc::clone(&has_failed) }, has_failed)
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let piece = ready!(next(Pin::new(&mut self.body), cx));
        if matches!(piece, Some(Err(_))) {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Why a reply that had begun was cut off.
#[derive(Debug, thiserror::Error)]
pub(super) enum Cut {
    /// The upstream said nothing for too long.
    #[error("the upstream stopped in the middle of a reply")]
    Silent,
    /// It said more than is passed on.
    #[error("a reply of the upstream is larger than upstream_max_reply")]
    TooLarge,
    /// The connection broke.
    #[error("the upstream broke off a reply: {0}")]
    Broken(hyper::Error),
}

/// A reply's body on its way to the client. Cut off when the upstream is silent for too long or says too much; then
/// the client's connection is closed, so that nobody takes a part for the whole.
pub(super) struct Download {
    body: Incoming,
    left: u64,
    patience: Duration,
    silence: Pin<Box<Sleep>>,
    /// The request, as the log names it.
    span: Span,
}

impl Download {
    /// At most `limit` bytes, and at most `patience` between two pieces.
    pub(super) fn new(body: Incoming, limit: u64, patience: Duration) -> Self {
        Self {
            body,
            left: limit,
            patience,
            silence: Box::pin(tokio::time::sleep(patience)),
            span: Span::current(),
        }
    }

    fn piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Cut>>> {
        match next(Pin::new(&mut self.body), cx) {
            Poll::Ready(Some(Ok(bytes))) => {
                let patience = self.patience;
                self.silence.as_mut().reset(Instant::now() + patience);
                match self.left.checked_sub(bytes.len() as u64) {
                    Some(left) => self.left = left,
                    None => return Poll::Ready(Some(Err(Cut::TooLarge))),
                }
                Poll::Ready(Some(Ok(bytes)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(Cut::Broken(error)))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => self.silence.as_mut().poll(cx).map(|()| Some(Err(Cut::Silent))),
        }
    }
}

impl HttpBody for Download {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let piece = ready!(self.piece(cx));
        if let Some(Err(cut)) = &piece {
            METRICS.upstream_error("cut");
            self.span.in_scope(|| tracing::warn!("{cut}"));
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The next piece; trailers belong to one connection and are left out.
fn next<B: HttpBody<Data = Bytes>>(
    mut body: Pin<&mut B>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, B::Error>>> {
    loop {
        match ready!(body.as_mut().poll_frame(cx)) {
            Some(Ok(frame)) => {
                if let Ok(bytes) = frame.into_data() {
                    return Poll::Ready(Some(Ok(bytes)));
                }
            }
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        }
    }
}
