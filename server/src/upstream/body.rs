//! Replies' bodies on their way through: piece by piece, never as a whole, without trailers.

use super::client::Incoming;
use super::trouble::Trouble;
use crate::observe::METRICS;
use axum::body::{Bytes, HttpBody};
use axum::http::Version;
use http_body::{Frame, SizeHint};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};
use tracing::Span;

/// Why the rest of a reply does not come.
#[derive(Debug, thiserror::Error)]
pub(super) enum Cut {
    /// The upstream said nothing for too long.
    #[error("the upstream stopped in the middle of a reply")]
    Silent,
    /// It said more than is passed on.
    #[error("a reply of the upstream is larger than upstream_max_reply")]
    TooLarge,
    /// It ended without its end.
    #[error("the upstream ended a reply before its end")]
    Short,
    /// The connection broke.
    #[error("the upstream broke off a reply: {0}")]
    Broken(hyper::Error),
}

impl From<Cut> for Trouble {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Silent => Self::Late,
            Cut::TooLarge | Cut::Short | Cut::Broken(_) => Self::NoReply,
        }
    }
}

/// What a body begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// There is no body.
    Nothing,
    /// Words or data.
    Text,
    /// A page.
    Markup,
    /// Nothing but space, or what cannot be looked at.
    Unclear,
}

impl Beginning {
    /// Leaves out space, and marks of how the text is written.
    fn of(bytes: &[u8]) -> Self {
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !MARKS.contains(byte));
        match first {
            None => Self::Unclear,
            Some(b'<') => Self::Markup,
            Some(_) => Self::Text,
        }
    }
}

/// What may stand before or between the letters of UTF-8 and UTF-16.
const MARKS: [u8; 6] = [0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF];

/// A reply's body on its way to the client. Cut off when the upstream is silent for too long or says too much; then
/// the client's connection is closed, so that nobody takes a part for the whole.
pub(super) struct Download {
    body: Incoming,
    /// Whether a stream tells that it is whole.
    says_its_end: bool,
    /// What was looked at and is still to be passed on.
    first: Option<Bytes>,
    left: u64,
    patience: Duration,
    silence: Pin<Box<Sleep>>,
    /// The request, as the log names it.
    span: Span,
}

impl Download {
    /// The body of a reply of this version, with at most `limit` bytes, and at most `patience` between two pieces.
    pub(super) fn new(body: Incoming, version: Version, limit: u64, patience: Duration) -> Self {
        Self {
            body,
            says_its_end: version == Version::HTTP_2,
            first: None,
            left: limit,
            patience,
            silence: Box::pin(tokio::time::sleep(patience)),
            span: Span::current(),
        }
    }

    /// Looks at the first piece, which stays where it is.
    ///
    /// # Errors
    /// Why it does not come; the log says it.
    pub(super) async fn beginning(&mut self) -> Result<Beginning, Cut> {
        match poll_fn(|cx| self.piece(cx)).await {
            None => Ok(Beginning::Nothing),
            Some(Ok(bytes)) => Ok(Beginning::of(self.first.insert(bytes))),
            Some(Err(cut)) => {
                tracing::warn!("{cut}");
                Err(cut)
            }
        }
    }

    fn piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Cut>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(bytes)));
        }
        if self.body.is_end_stream() {
            return Poll::Ready(None);
        }
        let Poll::Ready(piece) = next(Pin::new(&mut self.body), cx) else {
            return self.silence.as_mut().poll(cx).map(|()| Some(Err(Cut::Silent)));
        };
        let patience = self.patience;
        self.silence.as_mut().reset(Instant::now() + patience);
        // Over HTTP/2 a stream that is reset as if nobody wanted the rest ends the body, also in the middle.
        if piece.is_none() && self.says_its_end && !self.body.is_end_stream() {
            return Poll::Ready(Some(Err(Cut::Short)));
        }
        Poll::Ready(piece.map(|piece| {
            let bytes = piece.map_err(Cut::Broken)?;
            self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Cut::TooLarge)?;
            Ok(bytes)
        }))
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
        self.first.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let first = self.first.as_ref().map_or(0, |bytes| bytes.len() as u64);
        let rest = self.body.size_hint();
        let mut both = SizeHint::new();
        both.set_lower(rest.lower().saturating_add(first));
        if let Some(upper) = rest.upper() {
            both.set_upper(upper.saturating_add(first));
        }
        both
    }
}

/// The next piece that is not empty; trailers belong to one connection and are left out.
pub(super) fn next<B: HttpBody<Data = Bytes>>(
    mut body: Pin<&mut B>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, B::Error>>> {
    loop {
        match ready!(body.as_mut().poll_frame(cx)) {
            Some(Ok(frame)) => {
                if let Some(bytes) = frame.into_data().ok().filter(|bytes| !bytes.is_empty()) {
                    return Poll::Ready(Some(Ok(bytes)));
                }
            }
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        }
    }
}
