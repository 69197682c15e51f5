//! Elements made by hand: for what thousands of come and go, where one effect for a whole row costs less than one for
//! every attribute.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};
use leptos::web_sys::{Element, Node};
use send_wrapper::SendWrapper;
use std::any::Any;
use std::mem;

/// A new element: a tag with its constant attributes, such as `"button|type=button|class=switch"`, and what is in it.
pub fn element(what: &str, inside: &[&Element]) -> Element {
    let mut parts = what.split('|');
    let tag = parts.next().unwrap_or_default();
    let made = document().create_element(tag);
    // Only for a tag that is none.
    let made = made.unwrap_or_else(|_| document().create_element("div").unwrap_or_else(|_| unreachable!()));
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let _ = made.set_attribute(name, value);
    }
    for child in inside {
        let _ = made.append_child(child);
    }
    made
}

/// Sets an attribute, or takes it away.
pub fn put(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// An element made by hand, as a view, with what keeps it up to date.
pub struct Made(SendWrapper<(Element, Box<dyn Any>)>);

impl Made {
    /// The element is the view; `alive` lives as long as it is in the page.
    pub fn new(element: Element, alive: impl Any) -> Self {
        Self(SendWrapper::new((element, Box::new(alive))))
    }

    fn element(&self) -> &Element {
        &self.0.0
    }
}

impl Render for Made {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        let _ = state.element().replace_with_with_node_1(self.element());
        drop(mem::replace(state, self));
    }
}

impl Mountable for Made {
    fn unmount(&mut self) {
        self.element().remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        let _ = parent.insert_before(self.element(), marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.element().parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(self.element()));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element().clone()]
    }
}

impl AddAnyAttr for Made {
    type Output<New: Attribute> = Self;

    fn add_any_attr<New: Attribute>(self, _: New) -> Self
    where
        Self::Output<New>: RenderHtml,
    {
        self
    }
}

// The portal is never rendered on a server; a view has to say how all the same.
impl RenderHtml for Made {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self {
        self
    }

    fn into_owned(self) -> Self {
        self
    }
}
