//! What an element can have.

use super::{Pieces, Text, put};
use crate::signal::{RwSignal, Signal};
use js_sys::Reflect;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, Event, HtmlInputElement};
use std::marker::PhantomData;

/// One thing that an element has: an attribute, a property, a listener.
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// What an attribute is set to.
pub(super) enum Value {
    /// This; `None` is no attribute.
    Fixed(Option<Text>),
    /// What comes out, again whenever something has changed that it has looked at.
    Live(Box<dyn Live>),
    /// What runs when something happens to it.
    On(Box<dyn Hear>),
    /// What wants to know it.
    Ref(Box<dyn Know>),
}

// Traits of our own and not those of closures: the table of a `dyn FnMut` has the closure's code a second time, for who
// would call it once and for all.

/// What keeps something of an element up to date.
pub(super) trait Live {
    /// Looks again. An element that is `fresh` has nothing yet.
    fn renew(&mut self, element: &Element, name: &str, fresh: bool);
}

/// What hears of events.
pub(super) trait Hear {
    /// One of them.
    fn hear(&mut self, event: Event);
}

/// What wants to know an element.
pub(super) trait Know {
    /// This one it is.
    fn know(&self, element: &Element);
}

struct Texts<F>(F);

impl<T: IntoText, F: FnMut() -> T> Live for Texts<F> {
    fn renew(&mut self, element: &Element, name: &str, fresh: bool) {
        renew(element, name, (self.0)().into_text(), fresh);
    }
}

pub(super) struct Classes<F>(pub(super) F);

impl<F: FnMut() -> bool> Live for Classes<F> {
    fn renew(&mut self, element: &Element, name: &str, _: bool) {
        let _ = element.class_list().toggle_with_force(name, (self.0)());
    }
}

pub(super) struct Properties<F>(pub(super) F);

impl<T: Into<JsValue>, F: FnMut() -> T> Live for Properties<F> {
    fn renew(&mut self, element: &Element, name: &str, _: bool) {
        set(element, name, &(self.0)().into());
    }
}

pub(super) struct Heard<E, F>(pub(super) F, pub(super) PhantomData<E>);

impl<E: JsCast, F: FnMut(E)> Hear for Heard<E, F> {
    fn hear(&mut self, event: Event) {
        (self.0)(event.unchecked_into());
    }
}

/// What is typed into the element becomes the signal's.
pub(super) fn typed_into(signal: RwSignal<String>) -> impl FnMut(Event) {
    move |event| {
        let value = event.target().and_then(|input| Reflect::get(&input, &"value".into()).ok());
        signal.set(value.and_then(|value| value.as_string()).unwrap_or_default());
    }
}

/// Whether the element is checked becomes the signal's.
pub(super) fn checked_into(signal: RwSignal<bool>) -> impl FnMut(Event) {
    move |event| {
        let input = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        signal.set(input.is_some_and(|input| input.checked()));
    }
}

/// What an attribute can be set to.
pub trait IntoValue {
    /// It in its place.
    fn fill(self, pieces: Pieces) -> Pieces;
}

/// What an attribute can be set to once.
pub trait IntoText {
    /// It as a text; `None` is no attribute.
    fn into_text(self) -> Option<Text>;
}

impl IntoText for &'static str {
    fn into_text(self) -> Option<Text> {
        Some(Text::Borrowed(self))
    }
}

impl IntoText for String {
    fn into_text(self) -> Option<Text> {
        Some(Text::Owned(self))
    }
}

impl IntoText for bool {
    fn into_text(self) -> Option<Text> {
        self.then_some(Text::Borrowed(""))
    }
}

impl IntoText for usize {
    fn into_text(self) -> Option<Text> {
        self.to_string().into_text()
    }
}

impl<T: IntoText> IntoText for Option<T> {
    fn into_text(self) -> Option<Text> {
        self.and_then(T::into_text)
    }
}

macro_rules! fixed {
    ($($type:ty),*) => {
        $(impl IntoValue for $type {
            #[inline(always)]
            fn fill(self, pieces: Pieces) -> Pieces {
                pieces.fixed(self.into_text())
            }
        })*
    };
}

fixed!(String, bool, usize, Option<&'static str>, Option<String>);

impl IntoValue for &'static str {
    #[inline(always)]
    fn fill(self, pieces: Pieces) -> Pieces {
        pieces.constant(self)
    }
}

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + 'static,
    T: IntoText,
{
    #[inline(always)]
    fn fill(self, pieces: Pieces) -> Pieces {
        pieces.live(Box::new(Texts(self)))
    }
}

impl IntoValue for Signal<String> {
    fn fill(self, pieces: Pieces) -> Pieces {
        (move || self.get()).fill(pieces)
    }
}

impl IntoValue for Signal<Option<String>> {
    fn fill(self, pieces: Pieces) -> Pieces {
        (move || self.get()).fill(pieces)
    }
}

/// Sets a property. What is the same is not set: it would move the cursor.
fn set(element: &Element, name: &str, value: &JsValue) {
    let name = name.into();
    if Reflect::get(element, &name).is_ok_and(|now| now != *value) {
        let _ = Reflect::set(element, &name, value);
    }
}

/// Sets an attribute, or takes it away. What is the same is left alone: a screen reader would say it again.
pub(super) fn renew(element: &Element, name: &str, text: Option<Text>, fresh: bool) {
    let before = if fresh { None } else { element.get_attribute(name) };
    if before.as_deref() != text.as_deref() {
        put(element, name, text.as_deref());
    }
}
