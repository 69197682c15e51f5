//! In which coding a body travels.

use crate::problem::problem;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Refuses a body in a coding that this server does not take off, or in pieces of pieces (RFC 9112, 6.1): what is in it is
/// not what it seems to be, and where it ends another server may see otherwise.
pub(crate) async fn check<Reply: Future<Output = Response>>(
    request: Request,
    next: impl FnOnce(Request) -> Reply,
) -> Response {
    if is_coded(request.headers()) {
        let close = [(header::CONNECTION, HeaderValue::from_static("close"))];
        (close, problem(StatusCode::NOT_IMPLEMENTED, "The request is in a coding that is not known here."))
            .into_response()
    } else {
        next(request).await
    }
}

/// True for a body in a coding that is taken off at each connection, but for one that is only in pieces.
pub(crate) fn is_coded(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let is_in_pieces = |coding: &HeaderValue| coding.as_bytes().eq_ignore_ascii_case(b"chunked");
    codings.next().is_some_and(|first| !is_in_pieces(first) || codings.next().is_some())
}
