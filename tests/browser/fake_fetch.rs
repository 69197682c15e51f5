//! A `fetch` that answers what a test wants.

use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Stands in for `fetch` until it is dropped, and keeps the request it was given.
pub struct FakeFetch {
    real: JsValue,
    asked: Rc<RefCell<Vec<web_sys::Request>>>,
    _fake: Closure<dyn FnMut(JsValue) -> Promise>,
}

impl FakeFetch {
    pub fn answering(answer: impl Fn(&web_sys::Request) -> Promise + 'static) -> Self {
        let global = js_sys::global();
        let real = Reflect::get(&global, &"fetch".into()).unwrap();
        let asked = Rc::new(RefCell::new(Vec::new()));
        let seen = asked.clone();
        let fake = Closure::new(move |request: JsValue| {
            let request: web_sys::Request = request.unchecked_into();
            let answer = answer(&request);
            seen.borrow_mut().push(request);
            answer
        });
        Reflect::set(&global, &"fetch".into(), fake.as_ref()).unwrap();
        Self { real, asked, _fake: fake }
    }

    #[allow(dead_code, reason = "not every test looks at it")]
    pub fn request(&self) -> web_sys::Request {
        self.asked.borrow().first().cloned().unwrap()
    }
}

impl Drop for FakeFetch {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.real).unwrap();
    }
}

/// A reply made by the browser itself.
pub fn reply(script: &str) -> Promise {
    let made = Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
    Promise::resolve(&made)
}
