use leptos::wasm_bindgen::{JsCast, closure::Closure};
use leptos::web_sys::{Event, EventTarget};

/// Hears an event on its way down to whatever it is for, until it is dropped. So it also hears those that do not come up
/// again, such as scrolling.
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(super) fn new(target: EventTarget, name: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        let heard = Closure::<dyn FnMut(Event)>::new(heard);
        let _ = target.add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
        Self { target, name, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, heard, true);
    }
}
