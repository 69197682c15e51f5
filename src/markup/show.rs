use super::{ChildrenFn, View, live};
use crate::memo::Memo;
use leptos::prelude::{Get, component};

/// Shows its inside while a condition holds, and makes it anew each time that it begins to.
#[component]
pub fn Show(
    /// The condition.
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// What is shown while it holds.
    children: ChildrenFn,
) -> View {
    let holds = Memo::new(move |_| when());
    live(move || holds.get().then(|| children()))
}
