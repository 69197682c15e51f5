//! A page with one component on it, and the questions the tests ask of it.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};
use portal::markup::{Mounted, View, mount};
use portal::ui::provide_toaster;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// How long a test waits for what it expects.
const PATIENCE_MS: f64 = 5_000.0;

pub struct Page {
    root: HtmlElement,
    _mounted: Mounted,
}

impl Page {
    pub fn mount(view: impl FnOnce() -> View) -> Self {
        let root: HtmlElement = document().create_element("main").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        portal::ui::show_reasons();
        let mounted = mount(&root, || {
            provide_toaster();
            view()
        });
        Self { root, _mounted: mounted }
    }

    pub fn root(&self) -> &HtmlElement {
        &self.root
    }

    pub fn query(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    pub fn find(&self, selector: &str) -> HtmlElement {
        self.query(selector).unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    pub fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    pub fn text_anywhere(&self, selector: &str) -> String {
        let found = document().query_selector(selector).unwrap();
        found.and_then(|found| found.text_content()).unwrap_or_default()
    }

    pub fn is_shown(&self, popover: &str) -> bool {
        let found = document().query_selector(popover).unwrap();
        found.is_some_and(|found| found.matches(":popover-open").unwrap())
    }

    pub fn focused(&self) -> HtmlElement {
        document().active_element().unwrap().unchecked_into()
    }

    pub fn focused_text(&self) -> String {
        self.focused().text_content().unwrap_or_default()
    }

    pub fn has_focus(&self, element: &Element) -> bool {
        document().active_element().as_ref() == Some(element)
    }

    pub fn is_focused(&self, selector: &str) -> bool {
        self.root.contains(Some(&self.focused())) && self.focused().matches(selector).unwrap()
    }

    /// The text of what `aria-describedby` names, as assistive technology joins it.
    pub fn description(&self, element: &Element) -> String {
        self.referenced(element, "aria-describedby")
    }

    pub fn label_text(&self, element: &Element) -> String {
        self.referenced(element, "aria-labelledby")
    }

    fn referenced(&self, element: &Element, attribute: &str) -> String {
        let ids = element.get_attribute(attribute).unwrap_or_default();
        let text = |id: &str| document().get_element_by_id(id)?.text_content();
        ids.split(' ').filter_map(text).map(|text| text.trim().to_owned()).collect::<Vec<_>>().join(" ")
    }

    pub fn type_into(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.find(selector).unchecked_into();
        input.set_value(text);
        dispatch(&input, "input");
    }

    pub fn value(&self, selector: &str) -> String {
        self.find(selector).unchecked_into::<HtmlInputElement>().value()
    }

    /// Waits, frame by frame, until the page is as expected.
    pub async fn until(&self, expected: impl Fn() -> bool) {
        let now = || js_sys::Date::now();
        let deadline = now() + PATIENCE_MS;
        while !expected() {
            assert!(
                now() < deadline,
                "still not so: {}, focus on {}",
                self.root.inner_html(),
                self.focused().outer_html()
            );
            frame().await;
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Lets the browser paint; a timer stands in where it does not (a page in the background).
async fn frame() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        let resolve = Closure::once_into_js(move || resolve.call0(&JsValue::NULL));
        window().set_timeout_with_callback_and_timeout_and_arguments_0(resolve.unchecked_ref(), 5).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(next).await.unwrap();
}

pub fn press_key(element: &Element, key: &str) {
    press(element, key, &[]);
}

pub fn press_ctrl_key(element: &Element, key: &str) {
    press(element, key, &["ctrlKey"]);
}

fn press(element: &Element, key: &str, held: &[&str]) {
    let event = KeyboardEvent::new("keydown").unwrap();
    event.init_event_with_bubbles_and_cancelable("keydown", true, true);
    // The event's own `initKeyboardEvent` differs between browsers in what it takes for the key.
    let own = |name: &str, value: JsValue| {
        let property = js_sys::Object::new();
        js_sys::Reflect::set(&property, &"value".into(), &value).unwrap();
        js_sys::Object::define_property(&event, &name.into(), &property);
    };
    own("key", key.into());
    for name in held {
        own(name, true.into());
    }
    element.dispatch_event(&event).unwrap();
}

/// The beginning of a press. Says whether the browser does with it what it does by itself.
pub fn press_mouse(element: &Element) -> bool {
    dispatch(element, "mousedown")
}

/// What the browser sends a dialog when the person presses Escape.
pub fn cancel(dialog: &Element) {
    dispatch(dialog, "cancel");
}

fn dispatch(element: &Element, name: &str) -> bool {
    let event = Event::new(name).unwrap();
    event.init_event_with_bubbles_and_cancelable(name, true, true);
    element.dispatch_event(&event).unwrap()
}
