//! Whom a request is for.

use crate::client::Peer;
use crate::problem::problem;
use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode, Version, header};
use axum::response::Response;

/// Refuses what names no host over HTTP/1.1, more than one, or what is none (RFC 9112, 3.2): two servers may not agree whom
/// it is for.
pub(crate) async fn check<Reply: Future<Output = Response>>(
    request: Request,
    next: impl FnOnce(Request) -> Reply,
) -> Response {
    // What came over no connection was made here.
    let came = request.extensions().get::<Peer>().is_some();
    let least = usize::from(came && request.version() == Version::HTTP_11);
    let hosts = request.headers().get_all(header::HOST);
    if (least..=1).contains(&hosts.iter().count()) && hosts.iter().all(is_host) {
        next(request).await
    } else {
        problem(StatusCode::BAD_REQUEST, "The request has to name its host, and only one.")
    }
}

/// Nobody, or a name with a port or without; no user.
fn is_host(text: &HeaderValue) -> bool {
    let is_alone = |host: Authority| !host.as_str().contains('@');
    text.is_empty() || Authority::try_from(text.as_bytes()).is_ok_and(is_alone)
}
