//! The transport of the browser: `fetch`.

use super::fence::Millis;
use super::retry::seconds_to_wait;
use super::transport::{Lost, Outgoing, Response, Transport};
use crate::boot;
use contract::{Method, fits_header};
use futures_util::future::LocalBoxFuture;
use gloo_net::http::{Headers, Request, RequestBuilder};
use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit};

/// Sends with `fetch`: nothing is read from or written to the HTTP cache, no cookie and no referrer goes along.
pub struct BrowserTransport;

/// Aborts the request when the future that waits for it is dropped.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The request as the browser wants it. A header that it would not take is an error here: there it would be a trap.
fn build(request: Outgoing, signal: Option<&AbortSignal>) -> Result<Request, Lost> {
    if !request.headers.iter().all(|(_, value)| fits_header(value)) {
        return Err(Lost);
    }
    let mut builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Patch => gloo_net::http::Method::PATCH,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let built = match request.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    built.map_err(|_| Lost)
}

/// `fetch` with `keepalive`. Nothing of the portal is called when it is answered, so that it may be used while the
/// page goes away, or after it broke.
fn fetch_parting(request: Outgoing) -> Option<()> {
    let request: web_sys::Request = build(request, None).ok()?.into();
    let init = RequestInit::new();
    Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE).ok()?;
    let answer = web_sys::window()?.fetch_with_request_and_init(&request, &init);
    let catch: Function = Reflect::get(&answer, &"catch".into()).ok()?.dyn_into().ok()?;
    let nothing = Reflect::get(&js_sys::global(), &"Boolean".into()).ok()?;
    catch.call1(&answer, &nothing).ok().map(|_| ())
}

/// What the page asked ahead for the same person, before there was a portal to ask.
fn ahead(request: &Outgoing) -> Option<Promise> {
    let bearer = request.headers.iter().find(|(name, _)| *name == "Authorization");
    let bearer = bearer.map_or("", |(_, value)| value);
    (request.method == Method::Get).then(|| boot::answer_ahead(&request.url, bearer)).flatten()
}

/// Nobody waits for longer than a day, in seconds; a browser's timers count no further than 24 of them.
const LONGEST_WAIT: u32 = 24 * 60 * 60;

/// How long the server asks to wait. A date of its is compared with its own clock, where it says what that is.
fn retry_after(headers: &Headers) -> Option<u32> {
    let wait = headers.get("retry-after")?;
    let sent = headers.get("date").and_then(|sent| moment(&sent));
    let seconds = seconds_to_wait(&wait, moment(&wait), sent.unwrap_or_else(now))?;
    Some(seconds.min(LONGEST_WAIT))
}

/// The moment that a date of HTTP says.
fn moment(date: &str) -> Option<Millis> {
    let millis = Date::parse(date);
    (millis >= 0.0).then_some(Millis(millis as u64))
}

fn now() -> Millis {
    Millis(Date::now() as u64)
}

/// The bytes of a reply as text. Handed over as a string by the browser they would take three times their room for a
/// moment, and WebAssembly memory never shrinks.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    }
}

impl Transport for BrowserTransport {
    fn send(&self, request: Outgoing) -> LocalBoxFuture<'static, Result<Response, Lost>> {
        Box::pin(async move {
            let abort = AbortOnDrop(AbortController::new().map_err(|_| Lost)?);
            let reply: gloo_net::http::Response = match ahead(&request) {
                Some(reply) => JsFuture::from(reply)
                    .await
                    .map_err(|_| Lost)?
                    .unchecked_into::<web_sys::Response>()
                    .into(),
                None => {
                    let request = build(request, Some(&abort.0.signal()))?;
                    request.send().await.map_err(|_| Lost)?
                }
            };
            Ok(Response {
                status: reply.status(),
                retry_after: retry_after(&reply.headers()),
                request: reply.headers().get("x-request-id"),
                body: text(reply.binary().await.map_err(|_| Lost)?),
            })
        })
    }

    fn send_parting(&self, request: Outgoing) {
        let _ = fetch_parting(request);
    }

    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()> {
        Box::pin(gloo_timers::future::TimeoutFuture::new(millis))
    }

    fn now(&self) -> Millis {
        now()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}
