//! Whom a request is for.

use crate::client::Peer;
use crate::problem::problem;
use axum::extract::Request;
use axum::http::{StatusCode, Version, header};
use axum::response::Response;

/// Refuses what names no host over HTTP/1.1, or more than one (RFC 9112, 3.2): two servers may not agree whom it is for.
pub(crate) async fn check<Reply: Future<Output = Response>>(
    request: Request,
    next: impl FnOnce(Request) -> Reply,
) -> Response {
    // What came over no connection was made here.
    let came = request.extensions().get::<Peer>().is_some();
    let least = usize::from(came && request.version() == Version::HTTP_11);
    if (least..=1).contains(&request.headers().get_all(header::HOST).iter().count()) {
        next(request).await
    } else {
        problem(StatusCode::BAD_REQUEST, "The request has to name its host, and only one.")
    }
}
