//! The real `fetch`, seen from both sides.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "browser/fake_fetch.rs"]
mod fake_fetch;

use contract::Method;
use fake_fetch::{FakeFetch, reply};
use futures_util::FutureExt;
use js_sys::Promise;
use portal::api::{BrowserTransport, Lost, Outgoing, Response, Transport};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn outgoing(method: Method, body: Option<&str>) -> Outgoing {
    Outgoing {
        method,
        url: "/api/x".into(),
        headers: vec![("client_id", "nexudus.portal.a".into())],
        body: body.map(ToOwned::to_owned),
    }
}

#[wasm_bindgen_test]
async fn sec_04_a_request_touches_no_cache_no_cookie_and_no_referrer() {
    let fetch = FakeFetch::answering(|_| {
        reply(
            "return new Response('hello', {status: 429, headers: {'Retry-After': '7', 'X-Request-Id': '0f1e2d'}})",
        )
    });
    let answer = BrowserTransport.send(outgoing(Method::Post, Some("a=1"))).await;
    assert_eq!(
        answer,
        Ok(Response {
            status: 429,
            retry_after: Some(7),
            request: Some("0f1e2d".into()),
            body: "hello".into()
        })
    );
    let request = fetch.request();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.cache(), web_sys::RequestCache::NoStore);
    assert_eq!(request.credentials(), web_sys::RequestCredentials::Omit);
    assert_eq!(request.referrer_policy(), web_sys::ReferrerPolicy::NoReferrer);
    assert_eq!(request.headers().get("client_id").unwrap().as_deref(), Some("nexudus.portal.a"));
}

#[wasm_bindgen_test]
async fn dropping_a_call_really_aborts_the_request() {
    let fetch = FakeFetch::answering(|_| Promise::new(&mut |_, _| {}));
    let mut call = BrowserTransport.send(outgoing(Method::Get, None));
    assert!((&mut call).now_or_never().is_none());
    let signal = fetch.request().signal();
    assert!(!signal.aborted());
    drop(call);
    assert!(signal.aborted());
}

#[wasm_bindgen_test]
async fn a_network_failure_is_lost_and_not_a_panic() {
    let _fetch = FakeFetch::answering(|_| Promise::reject(&js_sys::TypeError::new("Failed to fetch")));
    assert_eq!(BrowserTransport.send(outgoing(Method::Get, None)).await, Err(Lost));
}

#[wasm_bindgen_test]
async fn a_header_that_the_browser_does_not_take_is_lost_and_nothing_is_sent() {
    let sent = Rc::new(Cell::new(false));
    let seen = sent.clone();
    let _fetch = FakeFetch::answering(move |_| {
        seen.set(true);
        reply("return new Response('')")
    });
    for odd in ["Bearer €", "Bearer ë", "Bearer a\nb"] {
        let headers = vec![("Authorization", odd.to_owned())];
        let request = Outgoing { headers, ..outgoing(Method::Post, Some("a=1")) };
        assert_eq!(BrowserTransport.send(request.clone()).await, Err(Lost), "{odd:?}");
        BrowserTransport.send_parting(request);
    }
    assert!(!sent.get());
}

#[wasm_bindgen_test]
async fn a_wait_until_a_date_is_told_by_the_servers_own_clock() {
    let _fetch = FakeFetch::answering(|_| {
        reply(
            "return new Response('', {status: 429, headers: {
                'Retry-After': 'Sun, 06 Nov 1994 08:50:00 GMT', Date: 'Sun, 06 Nov 1994 08:49:37 GMT'
            }})",
        )
    });
    let answer = BrowserTransport.send(outgoing(Method::Get, None)).await;
    assert_eq!(answer.unwrap().retry_after, Some(23));
}
