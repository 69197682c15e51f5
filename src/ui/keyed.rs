use leptos::prelude::*;

/// One of the items of [`keyed`].
pub struct Keyed {
    key: String,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Keyed {
    /// An item that is the same one as long as its key is; `view` is only called when it is new.
    pub fn new(key: impl ToString, view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key: key.to_string(), view: Box::new(view) }
    }
}

/// A list in which an item that stays keeps its nodes, and with them the focus and what was announced of it.
///
/// It is Leptos's `For`, which is made anew for each kind of item; here all share one.
pub fn keyed(items: impl Fn() -> Vec<Keyed> + Send + 'static) -> AnyView {
    let each: Box<dyn Fn() -> Vec<Keyed> + Send> = Box::new(items);
    view! { <For each key=|item| item.key.clone() children=|item| (item.view)()/> }.into_any()
}
