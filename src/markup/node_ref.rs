use super::attribute::Know;
use crate::signal::{RwSignal, effect};
use leptos::html::ElementType;
use leptos::prelude::untrack;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use send_wrapper::SendWrapper;
use std::marker::PhantomData;

type There = Option<SendWrapper<Element>>;

/// An element of a view, as soon as it is made: `node_ref=node`.
///
/// It is Leptos' of this name, with one signal for elements of all kinds.
pub struct NodeRef<E>(RwSignal<There>, PhantomData<fn() -> E>);

impl<E: ElementType> NodeRef<E>
where
    E::Output: JsCast,
{
    /// Of no element yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(None), PhantomData)
    }

    /// The element. What looks at it is run again when there is one.
    #[must_use]
    pub fn get(self) -> Option<E::Output> {
        cast::<E>(self.0.get())
    }

    /// The element.
    #[must_use]
    pub fn get_untracked(self) -> Option<E::Output> {
        cast::<E>(self.0.get_untracked())
    }

    /// The element, if what this belongs to is still there.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<Option<E::Output>> {
        self.0.try_get_untracked().map(cast::<E>)
    }

    /// Runs `run` once, when the element is in the page.
    pub fn on_load(self, run: impl FnOnce(E::Output) + 'static) {
        on_load(self.0, Box::new(move |element| run(element.unchecked_into())));
    }
}

fn cast<E: ElementType>(there: There) -> Option<E::Output>
where
    E::Output: JsCast,
{
    there.map(|element| element.take().unchecked_into())
}

fn on_load(there: RwSignal<There>, run: Box<dyn FnOnce(Element)>) {
    let mut run = Some(run);
    effect(move || {
        if let Some(element) = there.get()
            && let Some(run) = run.take()
        {
            untrack(|| run(element.take()));
        }
    });
}

impl<E> Know for NodeRef<E> {
    fn know(&self, element: &Element) {
        self.0.set(Some(SendWrapper::new(element.clone())));
    }
}

impl<E: ElementType> Default for NodeRef<E>
where
    E::Output: JsCast,
{
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}
