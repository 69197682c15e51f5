//! Views in the page.

use super::attached::Attached;
use super::keyed::List;
use super::{Kind, Text, View, create};
use crate::signal::RenderEffect;
use leptos::prelude::{Owner, document};
use leptos::web_sys::{Comment, Element, Node};
use std::any::Any;
use std::{mem, vec};

/// A view that was built: its nodes, and what keeps them up to date until it is dropped.
pub(super) enum Built {
    /// A place where nothing is.
    Nothing(Comment),
    Text(leptos::web_sys::Text, Text),
    Element {
        element: Element,
        what: &'static str,
        attached: Attached,
        inside: Vec<Built>,
    },
    /// Several, and the end of them.
    Many(Vec<Built>, Comment),
    Live(Kept<Built>),
    Keyed(Kept<List>),
    Made(Element, #[allow(dead_code, reason = "it lives as long as this")] Box<dyn Any>),
}

/// What an effect keeps up to date until this is dropped.
pub(super) struct Kept<T: 'static>(RenderEffect<T>);

impl<T> Kept<T> {
    fn new(renew: impl FnMut(Option<T>) -> T + 'static) -> Self {
        Self(RenderEffect::new(renew))
    }
}

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        // The effect's task would keep it until it runs the next time, with effects inside that look at what is gone.
        drop(self.0.take_value());
    }
}

impl View {
    pub(super) fn build(self) -> Built {
        match self.0.map(|kind| *kind) {
            None => Built::Nothing(document().create_comment("")),
            Some(Kind::Text(text)) => Built::Text(document().create_text_node(&text), text),
            Some(Kind::Element { what, attributes, inside }) => {
                let element = create(what);
                let attached = Attached::new(&element, attributes, true);
                let inside = build(inside);
                for built in &inside {
                    built.mount(&element, None);
                }
                Built::Element { element, what, attached, inside }
            }
            Some(Kind::Many(views)) => Built::Many(build(views), document().create_comment("")),
            Some(Kind::Live(mut make)) => Built::Live(Kept::new(move |before: Option<Built>| {
                let view = make.make();
                match before {
                    None => view.build(),
                    Some(mut built) => {
                        built.renew(view);
                        built
                    }
                }
            })),
            Some(Kind::Keyed(mut make)) => {
                let owner = Owner::current().unwrap_or_default();
                Built::Keyed(Kept::new(move |before: Option<List>| {
                    let mut list = before.unwrap_or_else(|| List::new(owner.clone()));
                    list.show(make());
                    list
                }))
            }
            Some(Kind::Made(element, alive)) => Built::Made(element, alive),
        }
    }
}

fn build(views: Vec<View>) -> Vec<Built> {
    views.into_iter().map(View::build).collect()
}

impl Built {
    /// Puts it into an element, before one of its nodes or behind all of them.
    pub(super) fn mount(&self, parent: &Node, before: Option<&Node>) {
        match self {
            Self::Many(several, end) => {
                for built in several {
                    built.mount(parent, before);
                }
                let _ = parent.insert_before(end, before);
            }
            Self::Live(effect) => drop(effect.0.with_value_mut(|built| built.mount(parent, before))),
            Self::Keyed(effect) => drop(effect.0.with_value_mut(|list| list.mount(parent, before))),
            Self::Nothing(node) => put(parent, node, before),
            Self::Text(node, _) => put(parent, node, before),
            Self::Element { element, .. } | Self::Made(element, _) => put(parent, element, before),
        }
    }

    /// Takes it out of the page.
    pub(super) fn unmount(&self) {
        match self {
            Self::Many(several, end) => {
                several.iter().for_each(Self::unmount);
                end.remove();
            }
            Self::Live(effect) => drop(effect.0.with_value_mut(|built| built.unmount())),
            Self::Keyed(effect) => drop(effect.0.with_value_mut(|list| list.unmount())),
            Self::Nothing(node) => node.remove(),
            Self::Text(node, _) => node.remove(),
            Self::Element { element, .. } | Self::Made(element, _) => element.remove(),
        }
    }

    /// The first of its nodes.
    pub(super) fn first(&self) -> Option<Node> {
        match self {
            Self::Many(several, end) => several.first().map_or_else(|| Some(Node::clone(end)), Self::first),
            Self::Live(effect) => effect.0.with_value_mut(|built| built.first()).flatten(),
            Self::Keyed(effect) => effect.0.with_value_mut(|list| list.first()).flatten(),
            _ => self.last(),
        }
    }

    /// The last of its nodes.
    pub(super) fn last(&self) -> Option<Node> {
        match self {
            Self::Live(effect) => effect.0.with_value_mut(|built| built.last()).flatten(),
            Self::Keyed(effect) => effect.0.with_value_mut(|list| list.last()),
            Self::Nothing(node) | Self::Many(_, node) => Some(Node::clone(node)),
            Self::Text(node, _) => Some(Node::clone(node)),
            Self::Element { element, .. } | Self::Made(element, _) => Some(Node::clone(element)),
        }
    }

    /// Another view comes into its place. What is the same stays.
    fn renew(&mut self, view: View) {
        match (&mut *self, view.0.map(|kind| *kind)) {
            (Self::Nothing(_), None) => {}
            (Self::Text(node, now), Some(Kind::Text(text))) => {
                if *now != text {
                    node.set_data(&text);
                    *now = text;
                }
            }
            (
                Self::Element { element, what: now, attached, inside: built },
                Some(Kind::Element { what, attributes, inside }),
            ) if *now == what && built.len() == inside.len() && attached.is_for(&attributes) => {
                // The old ones go first: both would answer to an event.
                drop(mem::take(attached));
                *attached = Attached::new(element, attributes, false);
                renew(built, inside);
            }
            (Self::Many(built, end), Some(Kind::Many(views))) => {
                for gone in built.drain(views.len().min(built.len())..) {
                    gone.unmount();
                }
                for view in renew(built, views) {
                    let new = view.build();
                    if let Some(parent) = end.parent_node() {
                        new.mount(&parent, Some(end));
                    }
                    built.push(new);
                }
            }
            (_, kind) => self.replace(View(kind.map(Box::new))),
        }
    }

    fn replace(&mut self, view: View) {
        let new = view.build();
        if let Some(first) = self.first()
            && let Some(parent) = first.parent_node()
        {
            new.mount(&parent, Some(&first));
        }
        self.unmount();
        *self = new;
    }
}

/// Each view comes into the place of one. Gives back those that are more than there were.
fn renew(built: &mut [Built], views: Vec<View>) -> vec::IntoIter<View> {
    let mut views = views.into_iter();
    for (built, view) in built.iter_mut().zip(&mut views) {
        built.renew(view);
    }
    views
}

fn put(parent: &Node, node: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(node, before);
}
