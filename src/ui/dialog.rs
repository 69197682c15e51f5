use super::{
    focus::{focused, give_back},
    id::next_id,
    toast::said_meanwhile,
};
use crate::markup::{Children, ChildrenFn, NodeRef, Show, View, view};
use crate::signal::{Callback, Signal, StoredValue, on_cleanup};
use leptos::{ev, html, prelude::*};

/// While `open`, everything behind the dialog is inert; when it closes, the focus is back where it was.
///
/// A native modal `<dialog>` named by its heading. Escape only asks: it runs `on_close`, and whoever owns `open`
/// decides. The children are made anew at each opening, so no draft of the last one is left in them. If the
/// element that had the focus is gone by then (a row that was removed, a page that changed), the page's `h1` takes it.
/// What a [`Toaster`](super::Toaster) says meanwhile is announced and shown in it, at its foot.
///
/// What it is `about` is read out with its name; what changes by itself, such as a countdown, is among the children.
///
/// Give it a visible way out, such as a "Cancel" button.
#[component]
pub fn Dialog(
    /// Whether it is on the screen.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Runs when the person asks to leave.
    on_close: Callback<()>,
    /// What it is about, in a sentence or two under the heading.
    #[prop(optional, into)]
    about: Option<String>,
    /// What it holds.
    children: ChildrenFn,
) -> View {
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <Opened open title on_close about=about.clone()>
                {children.with_value(|children| children())}
            </Opened>
        </Show>
    }
}

/// One opening of the dialog, from `showModal` to the focus going back.
#[component]
fn Opened(
    open: Signal<bool>,
    title: Signal<String>,
    on_close: Callback<()>,
    #[prop(optional_no_strip)] about: Option<String>,
    children: Children,
) -> View {
    let heading = next_id("dialog");
    let text = about.is_some().then(|| next_id("about"));
    let node = NodeRef::<html::Dialog>::new();
    // Read before the dialog takes it.
    let origin = StoredValue::new(focused());

    node.on_load(|dialog| {
        let _ = dialog.show_modal();
    });
    on_cleanup(move || {
        if let Some(dialog) = node.try_get_untracked().flatten() {
            dialog.close();
        }
        let origin = origin.try_get_value().flatten();
        // After the dialog has left the page: until then what is behind it may be inert, or about to go too.
        queue_microtask(move || request_animation_frame(move || settle(origin.as_ref())));
    });

    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // A browser may close it without asking (a second Escape in a row). `open` is the truth, so follow it.
    let closed = move |_| {
        // Its own closing is told here too, after this opening is over.
        let Some(dialog) = node.try_get_untracked().flatten() else {
            return;
        };
        on_close.run(());
        if open.try_get_untracked() == Some(true) {
            let _ = dialog.show_modal();
        }
    };

    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby=heading.clone()
            aria-describedby=text.clone()
            on:cancel=cancel
            on:close=closed
        >
            <h2 class="dialog__title" id=heading.clone()>
                {title}
            </h2>
            {about.map(|about| view! { <p class="dialog__about" id=text>{about}</p> })}
            {children()}
            {said_meanwhile()}
        </dialog>
    }
}

/// Leaves the focus alone if the page has put it somewhere on purpose in the meantime.
fn settle(origin: Option<&leptos::web_sys::HtmlElement>) {
    if focused().is_none() {
        give_back(origin);
    }
}
