//! The two kinds of HTTP connection, as one thing that can be asked to finish.

use super::watched::Reply;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::Service;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::pin::Pin;
use tokio::io::{AsyncRead, AsyncWrite};

/// What HTTP is spoken on.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

impl<T> Stream for T where T: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

/// What answers the requests of a connection.
pub(super) trait Answer:
    Service<Request<Incoming>, Response = Response<Reply>, Error = Infallible, Future: Send + 'static>
    + Send
    + 'static
{
}

impl<T> Answer for T where
    T: Service<Request<Incoming>, Response = Response<Reply>, Error = Infallible, Future: Send + 'static>
        + Send
        + 'static
{
}

/// A connection that ends by itself, and sooner when it is asked to.
pub(super) trait Graceful: Future {
    /// Takes no more requests, and ends once those it has are answered.
    fn finish(self: Pin<&mut Self>);
}

impl<S, A> Graceful for http1::Connection<TokioIo<S>, A>
where
    S: Stream,
    A: Answer,
{
    fn finish(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl<S, A> Graceful for http2::Connection<TokioIo<S>, A, TokioExecutor>
where
    S: Stream,
    A: Answer,
{
    fn finish(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}
