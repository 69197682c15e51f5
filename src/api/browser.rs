//! The transport of the browser: `fetch`.

use super::fence::Millis;
use super::transport::{Lost, Outgoing, Response, Transport};
use contract::Method;
use futures_util::future::LocalBoxFuture;
use gloo_net::http::RequestBuilder;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials};

/// Sends with `fetch`: nothing is read from or written to the HTTP cache, no cookie and no referrer goes along.
pub struct BrowserTransport;

/// Aborts the request when the future that waits for it is dropped.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Transport for BrowserTransport {
    fn send(&self, request: Outgoing) -> LocalBoxFuture<'static, Result<Response, Lost>> {
        Box::pin(async move {
            let abort = AbortOnDrop(AbortController::new().map_err(|_| Lost)?);
            let mut builder = RequestBuilder::new(&request.url)
                .method(match request.method {
                    Method::Get => gloo_net::http::Method::GET,
                    Method::Post => gloo_net::http::Method::POST,
                    Method::Put => gloo_net::http::Method::PUT,
                })
                .cache(RequestCache::NoStore)
                .credentials(RequestCredentials::Omit)
                .referrer_policy(ReferrerPolicy::NoReferrer)
                .abort_signal(Some(&abort.0.signal()));
            for (name, value) in &request.headers {
                builder = builder.header(name, value);
            }
            let request = match request.body {
                Some(body) => builder.body(body),
                None => builder.build(),
            };
            let reply = request.map_err(|_| Lost)?.send().await.map_err(|_| Lost)?;
            Ok(Response {
                status: reply.status(),
                retry_after: reply.headers().get("retry-after").and_then(|value| value.trim().parse().ok()),
                body: reply.text().await.map_err(|_| Lost)?,
            })
        })
    }

    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()> {
        Box::pin(gloo_timers::future::TimeoutFuture::new(millis))
    }

    fn now(&self) -> Millis {
        Millis(js_sys::Date::now() as u64)
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}
