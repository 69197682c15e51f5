//! One line and one count a request: method, route pattern, status, time. Never a path, a query or a header: a path
//! may hold a one-time token.

use super::metrics::METRICS;
use super::request_id::{HEADER, RequestId};
use crate::headers::is_api;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;

/// Names a request, and counts and logs it once it is answered. `hops` proxies in front may have named it already.
pub(crate) async fn observe(State(hops): State<u8>, request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers(), hops > 0);
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let class = class(request.uri().path(), route.is_some());
    let span = tracing::info_span!("request", id = id.as_str());
    let began = Instant::now();
    let under_way = METRICS.under_way();
    let mut response = id.clone().with(next.run(request).instrument(span.clone())).await;
    drop(under_way);
    let took = began.elapsed();
    response.headers_mut().insert(HEADER, id.header());
    let status = response.status().as_u16();
    METRICS.answered(class, status, took);
    let route = route.as_ref().map_or(class, MatchedPath::as_str);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let _entered = span.enter();
    if class == OPS {
        tracing::debug!(method, route, status, ms, "answered");
    } else {
        tracing::info!(method, route, status, ms, "answered");
    }
    response
}

/// Probes: every few seconds, and nobody wants to read about them.
const OPS: &str = "ops";

/// What kind of thing is asked for.
fn class(path: &str, has_route: bool) -> &'static str {
    let is_file = || path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    match path {
        "/healthz" | "/readyz" => OPS,
        _ if is_api(path) => "api",
        _ if !has_route && is_file() => "file",
        _ => "page",
    }
}

/// A client may call its method whatever it likes.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
