use super::View;
use super::build::Built;
use crate::signal::Owners;
use leptos::prelude::{Owner, document};
use leptos::web_sys::{Comment, Node};
use std::mem;

/// One of the items of [`keyed`](super::keyed()).
pub struct Keyed {
    key: String,
    view: Box<dyn FnOnce() -> View>,
}

impl Keyed {
    /// An item that is the same one as long as its key is; `view` is only called when it is new.
    pub fn new(key: impl ToString, view: impl FnOnce() -> View + 'static) -> Self {
        Self { key: key.to_string(), view: Box::new(view) }
    }
}

/// A list in the page.
pub(super) struct List {
    items: Vec<Item>,
    end: Comment,
    // Beneath the list's, and not that of one time that it was shown: what items own outlives that.
    owners: Owners,
}

struct Item {
    key: String,
    built: Built,
    owner: Owner,
}

impl List {
    /// An empty list, whose items last as long as they are in it or `owner` does.
    pub(super) fn new(owner: Owner) -> Self {
        Self { items: Vec::new(), end: document().create_comment(""), owners: Owners::beneath(owner) }
    }

    /// Shows these items; those that were there before stay as they are, in the new order.
    pub(super) fn show(&mut self, items: Vec<Keyed>) {
        let mut before = mem::take(&mut self.items);
        for Keyed { key, view } in items {
            let there = before.iter().position(|item| item.key == key).map(|at| before.remove(at));
            self.items.push(there.unwrap_or_else(|| {
                let owner = self.owners.take();
                let built = owner.with(|| view().build());
                Item { key, built, owner }
            }));
        }
        for gone in &before {
            gone.built.unmount();
        }
        self.put_in_order();
        for Item { built, owner, .. } in before {
            drop(built);
            self.owners.give_back(owner);
        }
    }

    /// From behind, and only what does not stand there yet: what is moved loses the focus.
    fn put_in_order(&self) {
        let Some(parent) = self.end.parent_node() else { return };
        let mut next: Node = self.end.clone().into();
        for item in self.items.iter().rev() {
            let Some(first) = item.built.first() else { continue };
            if item.built.last().and_then(|last| last.next_sibling()).as_ref() != Some(&next) {
                item.built.mount(&parent, Some(&next));
            }
            next = first;
        }
    }

    pub(super) fn mount(&self, parent: &Node, before: Option<&Node>) {
        for item in &self.items {
            item.built.mount(parent, before);
        }
        let _ = parent.insert_before(&self.end, before);
    }

    pub(super) fn unmount(&self) {
        for item in &self.items {
            item.built.unmount();
        }
        self.end.remove();
    }

    pub(super) fn last(&self) -> Node {
        self.end.clone().into()
    }

    pub(super) fn first(&self) -> Option<Node> {
        self.items.first().map_or_else(|| Some(self.end.clone().into()), |item| item.built.first())
    }
}
