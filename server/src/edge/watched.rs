//! A stream and the bodies of requests and replies that tell the connection's activity what they do.

use super::activity::Activity;
use super::under_way::{Busy, Coming, Unsent};
use crate::held_body::HeldBody;
use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use std::io;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream whose bytes are noticed. It lies below TLS, which takes more at once than the other end may read in minutes.
pub(super) struct Watched<S> {
    pub(super) stream: S,
    pub(super) activity: Arc<Activity>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.activity.has_read();
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> Watched<S> {
    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(0) | Err(_)) => {}
            Poll::Ready(Ok(bytes)) => self.activity.has_written(bytes),
            Poll::Pending => self.activity.is_blocked(),
        }
        written
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Whoever writes to this flushes it only once nothing is left to be written.
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if flushed.is_ready() {
            self.activity.is_flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A request's body; whoever reads it, and when, until its end the connection's bytes are its own.
pub(super) fn asked(body: Incoming, activity: &Arc<Activity>) -> HeldBody<Incoming, Coming> {
    HeldBody::new(body, || activity.expect())
}

/// How much of a reply is handed over at once where many are sent at a time: it tells how far a client is each time that so
/// much is sent. It is what a frame holds.
const PIECE: usize = 16 * 1024;

/// A reply's body; its request is under way until it is sent. One that breaks off does so once all before it is sent:
/// HTTP would throw that away with the rest, also the head, and a client that gets nothing at all on a connection that it
/// kept may ask again, whatever it asks.
pub(super) struct Reply {
    body: Body,
    busy: Busy,
    /// What came of the body and is not handed over.
    rest: Bytes,
    /// Whether anything is handed over.
    has_begun: bool,
    /// Why it breaks off, and how often all was sent before that was known.
    broken: Option<(axum::Error, u64)>,
}

impl Reply {
    /// One that is open-ended has no other end than that of its connection.
    pub(super) fn new(body: Body, busy: Busy, is_open_ended: bool) -> Self {
        busy.activity.open_ended(is_open_ended);
        Self { body, busy, rest: Bytes::new(), has_begun: false, broken: None }
    }

    /// The next piece of the rest; all of it where only one reply is sent at a time.
    fn piece(&mut self) -> Bytes {
        self.has_begun = true;
        let Some(unsent) = self.busy.piece() else { return mem::take(&mut self.rest) };
        let bytes = self.rest.split_to(self.rest.len().min(PIECE));
        Bytes::from_owner(Piece { bytes, _unsent: unsent })
    }

    /// Why it breaks off, once all before that is sent.
    fn poll_broken(&mut self, cx: &Context<'_>) -> Poll<Option<axum::Error>> {
        if let Some((_, flushes)) = self.broken {
            ready!(self.busy.poll_sent(flushes, cx));
        }
        Poll::Ready(self.broken.take().map(|(error, _)| error))
    }
}

impl http_body::Body for Reply {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(error) = ready!(self.poll_broken(cx)) {
            return Poll::Ready(Some(Err(error)));
        }
        if self.rest.is_empty() {
            let frame = Pin::new(&mut self.body).poll_frame(cx);
            self.busy.is_clients_turn(frame.is_ready());
            match ready!(frame).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(bytes))) => self.rest = bytes,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => {
                    self.broken = Some((error, self.busy.activity.flushes()));
                    // Otherwise a piece of nothing is next: once that is sent, so is the head.
                    if self.has_begun {
                        return self.poll_broken(cx).map(|error| error.map(Err));
                    }
                }
                None => {
                    self.busy.activity.open_ended(false);
                    return Poll::Ready(None);
                }
            }
        } else {
            self.busy.is_clients_turn(true);
        }
        let piece = self.piece();
        if self.is_end_stream() {
            self.busy.activity.open_ended(false);
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = u64::try_from(self.rest.len()).unwrap_or(u64::MAX);
        let body = self.body.size_hint();
        let mut hint = SizeHint::new();
        if let Some(upper) = body.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint.set_lower(body.lower().saturating_add(rest));
        hint
    }
}

/// A piece of a reply, until it is sent.
struct Piece {
    bytes: Bytes,
    _unsent: Unsent,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
