//! The real `fetch`, seen from both sides.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use contract::Method;
use futures_util::FutureExt;
use js_sys::{Function, Promise, Reflect};
use portal::api::{BrowserTransport, Lost, Outgoing, Response, Transport};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Stands in for `fetch` until it is dropped, and keeps the request it was given.
struct FakeFetch {
    real: JsValue,
    asked: Rc<RefCell<Vec<web_sys::Request>>>,
    _fake: Closure<dyn FnMut(JsValue) -> Promise>,
}

impl FakeFetch {
    fn answering(answer: impl Fn() -> Promise + 'static) -> Self {
        let global = js_sys::global();
        let real = Reflect::get(&global, &"fetch".into()).unwrap();
        let asked = Rc::new(RefCell::new(Vec::new()));
        let seen = asked.clone();
        let fake = Closure::new(move |request: JsValue| {
            seen.borrow_mut().push(request.unchecked_into());
            answer()
        });
        Reflect::set(&global, &"fetch".into(), fake.as_ref()).unwrap();
        Self { real, asked, _fake: fake }
    }

    fn request(&self) -> web_sys::Request {
        self.asked.borrow().first().cloned().unwrap()
    }
}

impl Drop for FakeFetch {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.real).unwrap();
    }
}

fn outgoing(method: Method, body: Option<&str>) -> Outgoing {
    Outgoing {
        method,
        url: "/api/x".into(),
        headers: vec![("client_id", "nexudus.portal.a".into())],
        body: body.map(ToOwned::to_owned),
    }
}

/// A reply made by the browser itself.
fn reply(script: &str) -> Promise {
    let made = Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
    Promise::resolve(&made)
}

#[wasm_bindgen_test]
async fn sec_04_a_request_touches_no_cache_no_cookie_and_no_referrer() {
    let fetch = FakeFetch::answering(|| {
        reply("return new Response('hello', {status: 429, headers: {'Retry-After': '7'}})")
    });
    let answer = BrowserTransport.send(outgoing(Method::Post, Some("a=1"))).await;
    assert_eq!(answer, Ok(Response { status: 429, retry_after: Some(7), body: "hello".into() }));
    let request = fetch.request();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.cache(), web_sys::RequestCache::NoStore);
    assert_eq!(request.credentials(), web_sys::RequestCredentials::Omit);
    assert_eq!(request.referrer_policy(), web_sys::ReferrerPolicy::NoReferrer);
    assert_eq!(request.headers().get("client_id").unwrap().as_deref(), Some("nexudus.portal.a"));
}

#[wasm_bindgen_test]
async fn dropping_a_call_really_aborts_the_request() {
    let fetch = FakeFetch::answering(|| Promise::new(&mut |_, _| {}));
    let mut call = BrowserTransport.send(outgoing(Method::Get, None));
    assert!((&mut call).now_or_never().is_none());
    let signal = fetch.request().signal();
    assert!(!signal.aborted());
    drop(call);
    assert!(signal.aborted());
}

#[wasm_bindgen_test]
async fn a_network_failure_is_lost_and_not_a_panic() {
    let _fetch = FakeFetch::answering(|| Promise::reject(&js_sys::TypeError::new("Failed to fetch")));
    assert_eq!(BrowserTransport.send(outgoing(Method::Get, None)).await, Err(Lost));
}
