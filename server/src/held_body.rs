//! A body that holds something for as long as it is under way.

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Passes a body on, and drops what is held for it at its end, at its failure, or when nobody wants it any more.
pub(crate) struct HeldBody<B, H> {
    body: B,
    held: Option<H>,
}

impl<B: Body, H> HeldBody<B, H> {
    /// Nothing is held for a body that is empty.
    pub(crate) fn new(body: B, hold: impl FnOnce() -> H) -> Self {
        let held = (!body.is_end_stream()).then(hold);
        Self { body, held }
    }
}

impl<B: Body<Data = Bytes> + Unpin, H: Unpin> Body for HeldBody<B, H> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if matches!(frame, Poll::Ready(None | Some(Err(_)))) || self.body.is_end_stream() {
            self.held = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
