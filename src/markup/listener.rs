use crate::signal::StoredValue;
use leptos::wasm_bindgen::{JsCast, closure::Closure};
use leptos::web_sys::{Event, EventTarget};
use std::mem;

/// Hears an event until it is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    is_early: bool,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Hears it where it happens or comes up to.
    pub fn new(target: EventTarget, name: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        Self::listen(target, name, false, Closure::new(heard))
    }

    /// Hears it on its way down to whatever it is for. So it also hears those that do not come up again, such as
    /// scrolling.
    pub fn early(target: EventTarget, name: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        Self::listen(target, name, true, Closure::new(heard))
    }

    /// From now on as long as the page lives.
    pub fn stay(self) {
        mem::forget(self);
    }

    /// From now on as long as what is being made is there.
    pub fn until_cleanup(self) {
        StoredValue::new(self);
    }

    fn listen(
        target: EventTarget,
        name: &'static str,
        is_early: bool,
        heard: Closure<dyn FnMut(Event)>,
    ) -> Self {
        let function = heard.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback_and_bool(name, function, is_early);
        Self { target, name, is_early, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, heard, self.is_early);
    }
}
