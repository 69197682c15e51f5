//! One line a request: method, route pattern, status, time. Never a path, a query or a header: a path may hold
//! a one-time token.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Logs a request once it is answered.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let began = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(page)", MatchedPath::as_str);
    let status = response.status().as_u16();
    let ms = began.elapsed().as_millis();
    tracing::info!("{method} {route} {status} {ms} ms");
    response
}
