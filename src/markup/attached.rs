//! What keeps up to date what an element has.

use super::attribute::{Attribute, Hear, Value, renew};
use super::listener::Listener;
use crate::signal::RenderEffect;
use leptos::prelude::Owner;
use leptos::web_sys::Element;

/// What keeps an element's attributes up to date until it is dropped.
#[derive(Default)]
pub(super) struct Attached {
    names: Vec<&'static str>,
    listeners: Vec<Listener>,
    // One for all of them.
    effect: Option<RenderEffect<()>>,
}

impl Attached {
    /// Whether it is for the same attributes, so that `attributes` can take its place.
    pub(super) fn is_for(&self, attributes: &[Attribute]) -> bool {
        self.names.len() == attributes.len()
            && self.names.iter().zip(attributes).all(|(name, attribute)| *name == attribute.name)
    }

    /// Gives the attributes to an element, which is `fresh` or has others of the same names.
    pub(super) fn new(element: &Element, attributes: Vec<Attribute>, fresh: bool) -> Self {
        let mut attached = Self::default();
        let mut live = Vec::new();
        for Attribute { name, value } in attributes {
            attached.names.push(name);
            match value {
                Value::Fixed(text) => renew(element, name, text, fresh),
                Value::On(heard) => attached.listeners.push(listen(element, name, heard)),
                Value::Ref(known) => known.know(element),
                Value::Live(value) => live.push((name, value)),
            }
        }
        if !live.is_empty() {
            let element = element.clone();
            attached.effect = Some(RenderEffect::new(move |before: Option<()>| {
                let fresh = fresh && before.is_none();
                for (name, value) in &mut live {
                    value.renew(&element, name, fresh);
                }
            }));
        }
        attached
    }
}

/// Hears an event as whoever made the view.
fn listen(element: &Element, name: &'static str, mut heard: Box<dyn Hear>) -> Listener {
    let owner = Owner::current().unwrap_or_default();
    Listener::new(element.clone().into(), name, move |event| {
        #[cfg(debug_assertions)]
        let _zone = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
        owner.with(|| heard.hear(event));
    })
}
