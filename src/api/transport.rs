//! What carries requests: the browser in the portal, a script in tests.

use super::fence::Millis;
use contract::Method;
use futures_util::future::LocalBoxFuture;

/// A request ready to go.
#[derive(Clone)]
pub struct Outgoing {
    /// The method.
    pub method: Method,
    /// The address. May hold a secret: never log it.
    pub url: String,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Option<String>,
}

/// An answer of any status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
    /// `X-Request-Id`: what the server's log calls the request, when it says so.
    pub request: Option<String>,
    /// The body as text.
    pub body: String,
}

/// No answer: the network failed, or the request could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// Carries requests, and lends the clock and the dice that retrying needs.
pub trait Transport {
    /// Sends a request. Dropping the future aborts the request for real.
    fn send(&self, request: Outgoing) -> LocalBoxFuture<'static, Result<Response, Lost>>;
    /// Sends a request that is to arrive also when this page is gone, and forgets it.
    fn send_parting(&self, request: Outgoing);
    /// Waits.
    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()>;
    /// The wall clock.
    fn now(&self) -> Millis;
    /// A number from 0 up to 1.
    fn random(&self) -> f64;
}
