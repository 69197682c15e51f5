//! A request's body on its way to the upstream: piece by piece, without trailers, and once more from its beginning
//! where a small one has to be sent again.

use super::body::next;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::Instant;

/// So much of a body is kept until its reply begins: more than the portal ever sends.
const KEPT: usize = 8 * 1024;

/// A body that can be sent. Whose turn it is and whether the client's side failed is remembered: the upstream's side
/// only sees a request that is not finished or was given up.
pub(super) struct Outgoing(Arc<Mutex<State>>);

struct State {
    body: Body,
    has_ended: bool,
    has_failed: bool,
    /// Since when it is the upstream's turn; `None` while the client is waited for.
    turn: Option<Instant>,
    /// What came so far, for as long as it may have to be sent again.
    kept: Vec<u8>,
    keeps: bool,
    /// The upload that is under way. The one before may not know yet that it is over.
    number: u32,
}

impl Outgoing {
    /// Nothing of the body is read yet. The upload is its first one.
    pub(super) fn new(body: Body) -> (Self, Upload) {
        let has_ended = body.is_end_stream();
        let turn = Some(Instant::now());
        let kept = Vec::new();
        let state = State { body, has_ended, has_failed: false, turn, kept, keeps: true, number: 0 };
        let state = Arc::new(Mutex::new(state));
        (Self(Arc::clone(&state)), Upload { state, number: 0, at: 0 })
    }

    /// The body once more; `None` when its beginning is no longer there. The upload before gets nothing more.
    pub(super) fn again(&self) -> Option<Upload> {
        let mut state = lock(&self.0);
        if !state.keeps || state.has_failed {
            return None;
        }
        state.number += 1;
        state.turn = Some(Instant::now());
        Some(Upload { number: state.number, at: 0, state: Arc::clone(&self.0) })
    }

    /// Whether the client's side failed.
    pub(super) fn has_failed(&self) -> bool {
        lock(&self.0).has_failed
    }

    /// For how long it has been the upstream's turn.
    pub(super) fn waited(&self) -> Duration {
        lock(&self.0).turn.map_or(Duration::ZERO, |turn| turn.elapsed())
    }

    /// Resolves once it has been the upstream's turn for so long. How long the client may take is not asked here.
    pub(super) async fn late(&self, patience: Duration) {
        loop {
            let now = Instant::now();
            let end = lock(&self.0).turn.unwrap_or(now) + patience;
            if end <= now {
                return;
            }
            tokio::time::sleep_until(end).await;
        }
    }
}

impl Drop for Outgoing {
    /// From here on nobody sends it again; what is under way goes on.
    fn drop(&mut self) {
        lock(&self.0).keeps = false;
    }
}

/// A body that is being sent.
pub(super) struct Upload {
    state: Arc<Mutex<State>>,
    number: u32,
    /// How much of it is on its way.
    at: usize,
}

impl State {
    /// Copied, so that small pieces hold no large buffers.
    fn keep(&mut self, piece: &[u8]) {
        self.keeps &= self.kept.len().saturating_add(piece.len()) <= KEPT;
        if self.keeps {
            self.kept.extend_from_slice(piece);
        } else {
            self.kept = Vec::new();
        }
    }

    fn kept_from(&self, at: usize) -> &[u8] {
        self.kept.get(at..).unwrap_or_default()
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Self { state, number, at } = &mut *self;
        let mut state = lock(state);
        if state.number != *number {
            return Poll::Ready(Some(Err(axum::Error::new("the body is sent again"))));
        }
        let kept = state.kept_from(*at);
        if !kept.is_empty() {
            *at += kept.len();
            let piece = Bytes::copy_from_slice(kept);
            state.turn = Some(Instant::now());
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        if state.has_ended {
            return Poll::Ready(None);
        }
        let piece = next(Pin::new(&mut state.body), cx);
        state.turn = piece.is_ready().then(Instant::now);
        let piece = ready!(piece);
        match &piece {
            Some(Ok(piece)) => {
                state.keep(piece);
                *at += piece.len();
            }
            Some(Err(_)) => state.has_failed = true,
            None => state.has_ended = true,
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        let state = lock(&self.state);
        state.kept_from(self.at).is_empty() && (state.has_ended || state.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let state = lock(&self.state);
        let again = state.kept_from(self.at).len() as u64;
        let rest = if state.has_ended { SizeHint::with_exact(0) } else { state.body.size_hint() };
        let mut both = SizeHint::new();
        both.set_lower(rest.lower().saturating_add(again));
        if let Some(upper) = rest.upper() {
            both.set_upper(upper.saturating_add(again));
        }
        both
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt, Channel, Empty, Full};

    async fn read(upload: &mut Upload) -> Option<Result<Bytes, axum::Error>> {
        Some(upload.frame().await?.map(|frame| frame.into_data().unwrap()))
    }

    #[tokio::test]
    async fn a_small_body_is_sent_again_from_its_beginning_wherever_the_first_way_ended() {
        let (mut client, body) = Channel::<Bytes>::new(2);
        let (outgoing, mut first) = Outgoing::new(Body::new(body));
        client.send_data("one".into()).await.unwrap();
        assert_eq!(read(&mut first).await.unwrap().unwrap(), "one");
        let mut second = outgoing.again().unwrap();
        assert_eq!((second.is_end_stream(), second.size_hint().lower()), (false, 3));
        client.send_data("two".into()).await.unwrap();
        assert!(read(&mut first).await.unwrap().is_err(), "it takes nothing away from the second");
        assert_eq!(read(&mut second).await.unwrap().unwrap(), "one");
        assert_eq!(read(&mut second).await.unwrap().unwrap(), "two");
        drop(client);
        assert!(read(&mut second).await.is_none());
        let mut third = outgoing.again().unwrap();
        assert_eq!(third.size_hint().exact(), Some(6));
        drop(outgoing);
        assert_eq!(read(&mut third).await.unwrap().unwrap(), "onetwo");
        assert!(third.is_end_stream() && read(&mut third).await.is_none());
    }

    #[tokio::test]
    async fn a_body_that_is_large_or_that_failed_is_sent_once_and_one_that_is_empty_stays_so() {
        let (large, mut upload) = Outgoing::new(Body::new(Full::new(Bytes::from(vec![0; KEPT + 1]))));
        assert_eq!(upload.size_hint().exact(), Some(KEPT as u64 + 1));
        assert_eq!(read(&mut upload).await.unwrap().unwrap().len(), KEPT + 1);
        assert!(upload.is_end_stream() && large.again().is_none());

        let (client, body) = Channel::<Bytes, std::io::Error>::new(1);
        let (failing, mut upload) = Outgoing::new(Body::new(body));
        client.abort(std::io::Error::other("gone"));
        assert!(read(&mut upload).await.unwrap().is_err());
        assert!(failing.has_failed() && failing.again().is_none());

        let (empty, upload) = Outgoing::new(Body::new(Empty::<Bytes>::new()));
        for upload in [upload, empty.again().unwrap()] {
            assert!(upload.is_end_stream() && upload.size_hint().exact() == Some(0));
        }
    }
}
