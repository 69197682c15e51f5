//! One line and one count a request: method, route pattern, status, time. Never a path, a query or a header: a path
//! may hold a one-time token.

use super::metrics::{Held, METRICS};
use super::request_id::{HEADER, RequestId};
use crate::headers::is_api;
use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use std::time::Instant;
use tracing::{Instrument, Span};

/// Names a request, and counts and logs it once it is answered or given up. `hops` proxies in front may have named it
/// already.
pub(crate) async fn observe<Reply: Future<Output = Response>>(
    hops: u8,
    request: Request,
    next: impl FnOnce(Request) -> Reply,
) -> Response {
    let id = RequestId::of(request.headers(), hops > 0);
    let mut asked = Asked::new(&request, tracing::info_span!("request", id = id.as_str()));
    let mut response = id.clone().with(next(request).instrument(asked.span.clone())).await;
    response.headers_mut().insert(HEADER, id.header());
    asked.status = Some(response.status());
    response
}

/// A request under way. Whatever becomes of it, its end is one line and one count: over HTTP/2 a client that goes away
/// drops it before it has a reply.
struct Asked {
    method: &'static str,
    route: Option<MatchedPath>,
    class: &'static str,
    span: Span,
    began: Instant,
    status: Option<StatusCode>,
    _under_way: Held,
}

impl Asked {
    fn new(request: &Request, span: Span) -> Self {
        let route = request.extensions().get::<MatchedPath>().cloned();
        let class = class(request.uri().path(), route.is_some());
        let (began, _under_way) = (Instant::now(), METRICS.under_way());
        Self { method: method(request.method()), route, class, span, began, status: None, _under_way }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let Self { method, class, .. } = *self;
        let took = self.began.elapsed();
        let broke = std::thread::panicking();
        let unanswered = if broke { BROKEN } else { ABANDONED };
        let status = self.status.map_or(unanswered, |status| status.as_u16());
        METRICS.answered(class, status, took);
        let route = self.route.as_ref().map_or(class, MatchedPath::as_str);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let end = if self.status.is_some() { "answered" } else { "abandoned" };
        let _entered = self.span.enter();
        if broke {
            tracing::error!(method, route, status, ms, "broken");
        } else if class == OPS {
            tracing::debug!(method, route, status, ms, "{end}");
        } else {
            tracing::info!(method, route, status, ms, "{end}");
        }
    }
}

/// The status of a request that nobody waits for any more, as nginx has it.
const ABANDONED: u16 = 499;

/// The status of a request whose answering came to a panic: its client sees a connection that ends.
const BROKEN: u16 = 500;

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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[tokio::test]
    async fn a_request_that_comes_to_a_panic_is_counted_as_an_error_and_not_as_given_up() {
        let request = Request::builder().uri("/broken.css").body(Body::empty()).unwrap();
        let broken = async |_| -> Response { panic!("on purpose") };
        let ended = tokio::spawn(observe(0, request, broken)).await;
        assert!(ended.unwrap_err().is_panic());
        let figures = METRICS.text();
        assert!(figures.contains(r#"portal_requests_total{class="file",status="500"} 1"#), "{figures}");
    }
}
