//! What an element can have.

use super::{NodeRef, Text, put};
use js_sys::Reflect;
use leptos::ev::EventDescriptor;
use leptos::prelude::{Get, MaybeProp, RwSignal, Set, Signal};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, Event, HtmlInputElement};
use std::marker::PhantomData;

/// One thing that an element has: an attribute, a property, a listener.
// A pointer, as a view is.
pub struct Attribute(pub(super) Box<Named>);

pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

impl Attribute {
    fn new(name: &'static str, value: Value) -> Self {
        Self(Box::new(Named { name, value }))
    }
}

/// What an attribute is set to.
pub enum Value {
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
pub trait Live {
    /// Looks again. An element that is `fresh` has nothing yet.
    fn renew(&mut self, element: &Element, name: &str, fresh: bool);
}

/// What hears of events.
pub trait Hear {
    /// One of them.
    fn hear(&mut self, event: Event);
}

/// What wants to know an element.
pub trait Know {
    /// This one it is.
    fn know(&self, element: &Element);
}

struct Texts<F>(F);

impl<T: IntoText, F: FnMut() -> T> Live for Texts<F> {
    fn renew(&mut self, element: &Element, name: &str, fresh: bool) {
        renew(element, name, (self.0)().into_text(), fresh);
    }
}

struct Classes<F>(F);

impl<F: FnMut() -> bool> Live for Classes<F> {
    fn renew(&mut self, element: &Element, name: &str, _: bool) {
        let _ = element.class_list().toggle_with_force(name, (self.0)());
    }
}

struct Properties<F>(F);

impl<T: Into<JsValue>, F: FnMut() -> T> Live for Properties<F> {
    fn renew(&mut self, element: &Element, name: &str, _: bool) {
        set(element, name, &(self.0)().into());
    }
}

struct Heard<E, F>(F, PhantomData<E>);

impl<E: JsCast, F: FnMut(E)> Hear for Heard<E, F> {
    fn hear(&mut self, event: Event) {
        (self.0)(event.unchecked_into());
    }
}

/// An attribute.
pub fn attribute(name: &'static str, value: impl IntoValue) -> Attribute {
    Attribute::new(name, value.into_value())
}

/// A class that the element has while `is_set`.
pub fn class(name: &'static str, is_set: impl FnMut() -> bool + 'static) -> Attribute {
    Attribute::new(name, Value::Live(Box::new(Classes(is_set))))
}

/// A property of the element's object.
pub fn property<T: Into<JsValue>>(name: &'static str, value: impl FnMut() -> T + 'static) -> Attribute {
    Attribute::new(name, Value::Live(Box::new(Properties(value))))
}

/// Runs `heard` for each such event.
pub fn on<E: EventDescriptor>(event: E, heard: impl FnMut(E::EventType) + 'static) -> Attribute
where
    E::EventType: JsCast + 'static,
{
    let name = match event.name() {
        Text::Borrowed(name) => name,
        // Only for events that have names of their own making.
        Text::Owned(_) => "",
    };
    Attribute::new(name, Value::On(Box::new(Heard(heard, PhantomData))))
}

/// Tells the element to whom it may concern.
pub fn node_ref<E: 'static>(node: NodeRef<E>) -> Attribute {
    Attribute::new("", Value::Ref(Box::new(node)))
}

/// What is typed into the element becomes the signal's.
pub fn typed_into(signal: RwSignal<String>) -> Attribute {
    on(leptos::ev::input, move |event| {
        let value = event.target().and_then(|input| Reflect::get(&input, &"value".into()).ok());
        signal.set(value.and_then(|value| value.as_string()).unwrap_or_default());
    })
}

/// Whether the element is checked becomes the signal's.
pub fn checked_into(signal: RwSignal<bool>) -> Attribute {
    on(leptos::ev::change, move |event| {
        let input = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        signal.set(input.is_some_and(|input| input.checked()));
    })
}

/// What an attribute can be set to.
pub trait IntoValue {
    /// It as a value.
    fn into_value(self) -> Value;
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
            fn into_value(self) -> Value {
                Value::Fixed(self.into_text())
            }
        })*
    };
}

fixed!(&'static str, String, bool, usize, Option<&'static str>, Option<String>);

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + 'static,
    T: IntoText,
{
    fn into_value(self) -> Value {
        Value::Live(Box::new(Texts(self)))
    }
}

impl IntoValue for Signal<String> {
    fn into_value(self) -> Value {
        (move || self.get()).into_value()
    }
}

impl IntoValue for MaybeProp<String> {
    fn into_value(self) -> Value {
        (move || self.get()).into_value()
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
