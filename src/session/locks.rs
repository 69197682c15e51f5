//! Doing something in one tab at a time.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Longest wait for another tab: longer than a request of its may take. A tab that broke holds its lock until it is closed.
const PATIENCE_MS: u32 = 25_000;

/// How often a lock is asked for that was refused: Chromium takes one back that it grants while the page stands still, as
/// it does while a window is opened.
const TRIES: u32 = 3;

/// From this time on somebody else held the lock before.
const WAITED_MS: f64 = 20.0;

/// Held by this tab until it is dropped.
pub(crate) struct Lock {
    release: Option<Function>,
    /// Whether another tab may have held it before.
    pub(crate) waited: bool,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Waits until no other tab of this browser holds the lock of this name. Where the browser has no Web Locks, or does not
/// give them to this page, and after long enough, it goes on without: whoever calls must cope with another tab being
/// quicker.
pub(crate) async fn lock(name: &str) -> Lock {
    let asked = js_sys::Date::now();
    let waited = || js_sys::Date::now() - asked > WAITED_MS;
    let mut patience = TimeoutFuture::new(PATIENCE_MS);
    for _ in 0..TRIES {
        let Ok((granted, release)) = request(name, "exclusive") else { break };
        let granted = select(JsFuture::from(granted), &mut patience).await;
        if !matches!(granted, Either::Left((Err(_), _))) {
            return Lock { release: Some(release), waited: waited() };
        }
    }
    Lock { release: None, waited: waited() }
}

/// Waits until the lock of this name is free, however long: whoever held it is done, or gone. False where that cannot be
/// found out.
pub(crate) async fn is_free(name: &str) -> bool {
    for _ in 0..TRIES {
        // Beside others who wait for it: one that sleeps by then does not keep it from the rest.
        let Ok((granted, release)) = request(name, "shared") else { break };
        // Let go also by who does not wait so long: it would be theirs when it is free.
        let _lock = Lock { release: Some(release), waited: true };
        if JsFuture::from(granted).await.is_ok() {
            return true;
        }
    }
    false
}

/// A promise together with what fulfils it.
fn deferred() -> Result<(Promise, Function), JsValue> {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    resolver.map(|resolve| (promise, resolve)).ok_or(JsValue::NULL)
}

fn request(name: &str, mode: &str) -> Result<(Promise, Function), JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.get("navigator").ok_or(JsValue::NULL)?;
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let ask: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let ((granted, grant), (held, release)) = (deferred()?, deferred()?);
    let callback = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        let _ = grant.call0(&JsValue::NULL);
        held
    });
    // Rejected where the browser has locks but does not give them to this page: nothing to wait for then.
    let how = Object::new();
    Reflect::set(&how, &"mode".into(), &mode.into())?;
    let asked: Promise = ask.call3(&locks, &name.into(), &how, &callback)?.dyn_into()?;
    Ok((Promise::race(&js_sys::Array::of2(&granted, &asked)), release))
}
