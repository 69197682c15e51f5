//! Markup as a text, and what fills it.

use super::attribute::{
    Attribute, Classes, Hear, Heard, IntoValue, Know, Live, Properties, Value, checked_into, typed_into,
};
use super::{Again, IntoView, Kind, Make, NodeRef, Text, View, many};
use crate::signal::RwSignal;
use leptos::ev::EventDescriptor;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::marker::PhantomData;
use std::vec;

// The marks in a text. The macro writes them, in the order of the markup; after a mark comes what it is about.
/// An element: its tag with its constant attributes, such as `button|type=button`.
const OPEN: u8 = 1;
/// The name of an attribute of the element that was opened last, whose value is not constant.
const ATTRIBUTE: u8 = 2;
/// A view, of which nothing is known beforehand.
const VIEW: u8 = 3;
/// A text.
const TEXT: u8 = 4;
/// Nothing more is in the element that was opened last. The last mark there is.
const CLOSE: u8 = 5;

/// What `view!` makes: a text with all that is known beforehand, and one by one what is not, in the order of the markup.
///
/// It is handed from call to call, and what each type needs of its own is small: a view costs the browser the calls, and
/// elements without anything of their own nothing but their text.
#[must_use]
pub struct Pieces(Box<Filled>);

struct Filled {
    text: &'static str,
    values: Vec<Value>,
    views: Vec<View>,
}

impl Pieces {
    /// What fills this text.
    #[inline(never)]
    pub fn of(text: &'static str) -> Self {
        Self(Box::new(Filled { text, values: Vec::new(), views: Vec::new() }))
    }

    /// The value of an attribute.
    #[inline(always)]
    pub fn attribute(self, value: impl IntoValue) -> Self {
        value.fill(self)
    }

    /// Whether the element has a class.
    #[inline(always)]
    pub fn class(self, is_set: impl FnMut() -> bool + 'static) -> Self {
        self.live(Box::new(Classes(is_set)))
    }

    /// The value of a property of the element's object.
    #[inline(always)]
    pub fn property<T: Into<JsValue>>(self, value: impl FnMut() -> T + 'static) -> Self {
        self.live(Box::new(Properties(value)))
    }

    /// What runs for each event of a kind.
    #[inline(always)]
    pub fn on<E: EventDescriptor>(self, _: E, heard: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: JsCast + 'static,
    {
        self.hear(Box::new(Heard(heard, PhantomData)))
    }

    /// Where what is typed into the element goes.
    #[inline(never)]
    pub fn typed_into(self, signal: RwSignal<String>) -> Self {
        self.on(leptos::ev::input, typed_into(signal))
    }

    /// Where it goes whether the element is checked.
    #[inline(never)]
    pub fn checked_into(self, signal: RwSignal<bool>) -> Self {
        self.on(leptos::ev::change, checked_into(signal))
    }

    /// Who wants to know the element.
    #[inline(always)]
    pub fn node_ref<E: 'static>(self, node: NodeRef<E>) -> Self {
        self.know(Box::new(node))
    }

    /// What is shown in a place.
    #[inline(always)]
    pub fn view(self, view: impl IntoView) -> Self {
        view.fill(self)
    }

    #[inline(never)]
    pub(super) fn live(self, live: Box<dyn Live>) -> Self {
        self.value(Value::Live(live))
    }

    #[inline(never)]
    fn hear(self, hear: Box<dyn Hear>) -> Self {
        self.value(Value::On(hear))
    }

    #[inline(never)]
    fn know(self, know: Box<dyn Know>) -> Self {
        self.value(Value::Ref(know))
    }

    #[inline(never)]
    pub(super) fn fixed(self, text: Option<Text>) -> Self {
        self.value(Value::Fixed(text))
    }

    #[inline(never)]
    pub(super) fn constant(self, text: &'static str) -> Self {
        self.fixed(Some(Text::Borrowed(text)))
    }

    fn value(mut self, value: Value) -> Self {
        self.0.values.push(value);
        self
    }

    #[inline(never)]
    pub(super) fn put(mut self, view: View) -> Self {
        self.0.views.push(view);
        self
    }

    #[inline(never)]
    fn make(self, make: Box<dyn Make>) -> Self {
        self.put(View::new(Kind::Live(make)))
    }

    #[inline(always)]
    pub(super) fn again<V: IntoView>(self, make: impl FnMut() -> V + 'static) -> Self {
        self.make(Box::new(Again(make)))
    }

    #[inline(never)]
    pub(super) fn text(self, text: &'static str) -> Self {
        self.put(Text::Borrowed(text).into_view())
    }

    /// The whole of it.
    #[inline(never)]
    pub fn done(self) -> View {
        let Filled { text, values, views } = *self.0;
        let mut views = Reading { text, values: values.into_iter(), views: views.into_iter() }.inside();
        if views.len() > 1 { many(views) } else { views.pop().unwrap_or(View::NOTHING) }
    }
}

struct Reading {
    text: &'static str,
    values: vec::IntoIter<Value>,
    views: vec::IntoIter<View>,
}

impl Reading {
    /// What comes until an element is closed.
    fn inside(&mut self) -> Vec<View> {
        let mut inside = Vec::new();
        while let Some((mark, what)) = self.next() {
            inside.push(match mark {
                OPEN => {
                    let attributes = self.attributes();
                    View::new(Kind::Element { what, attributes, inside: self.inside() })
                }
                VIEW => self.views.next().unwrap_or(View::NOTHING),
                TEXT => what.into_view(),
                _ => break,
            });
        }
        inside
    }

    fn attributes(&mut self) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        while self.text.bytes().next() == Some(ATTRIBUTE)
            && let Some((_, name)) = self.next()
            && let Some(value) = self.values.next()
        {
            attributes.push(Attribute { name, value });
        }
        attributes
    }

    /// The next mark, and what it is about.
    fn next(&mut self) -> Option<(u8, &'static str)> {
        let mark = self.text.bytes().next()?;
        let after = self.text.get(1..)?;
        let end = after.bytes().position(|byte| byte <= CLOSE).unwrap_or(after.len());
        let (what, rest) = after.split_at_checked(end)?;
        self.text = rest;
        Some((mark, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::view;

    fn written(view: &View) -> String {
        match view.0.as_deref() {
            None => "nothing".to_owned(),
            Some(Kind::Text(text)) => format!("'{text}'"),
            Some(Kind::Element { what, attributes, inside }) => {
                let names: Vec<_> = attributes.iter().map(|attribute| attribute.name).collect();
                format!("<{what} {}>{}</>", names.join(" "), inside.iter().map(written).collect::<String>())
            }
            Some(Kind::Many(views)) => format!("({})", views.iter().map(written).collect::<String>()),
            Some(_) => "…".to_owned(),
        }
    }

    #[test]
    fn what_fills_a_text_comes_where_the_markup_has_it() {
        let (first, second) = ("1", String::from("2"));
        let shown = view! {
            <ul class="list" id=first>
                <li title=second on:click=|_| ()>{first}<b>"é"</b></li>
                {move || first}
                <li hidden class:on=|| true>{()}</li>
            </ul>
        };
        assert_eq!(
            written(&shown),
            "<ul|class=list id><li title click>'1'<b >'é'</></>…<li|hidden= on>nothing</></>"
        );
    }

    #[test]
    fn several_side_by_side_are_one_view_and_one_alone_is_itself() {
        assert_eq!(written(&view! { "a" {"b"} <i></i> }), "('a''b'<i ></>)");
        assert_eq!(written(&view! { <i></i> }), "<i ></>");
        assert_eq!(written(&view! { "a" }), "'a'");
        assert_eq!(written(&view! {}), "nothing");
    }
}
