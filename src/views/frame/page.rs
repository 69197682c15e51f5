//! The heading, the title and the focus of a page.

use crate::markup::{Children, View, view};
use crate::queries::use_location;
use crate::session::{Phase, use_snapshot};
use crate::signal::{Signal, effect};
use crate::ui::focus::focus_new_heading;
use leptos::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use words::frame;

/// Whether a page was shown before: the first one leaves the focus where the browser put it.
#[derive(Clone, Default)]
struct ShownBefore(Arc<AtomicBool>);

/// Lets pages know whether they are the first. Call it once, in the shell.
pub fn provide_page_focus() {
    provide_context(ShownBefore::default());
}

/// A page: one h1, the same words in the document's title, followed by the place as soon as its name is known, and the
/// focus on the h1 when one navigates to it, so that assistive technology reads it out.
#[component]
pub fn Page(
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
    /// What it is about, where there are several such pages: told in the document's title.
    #[prop(optional, into)]
    about: Signal<Option<String>>,
    /// The rest.
    children: Children,
) -> View {
    let snapshot = use_snapshot();
    // Before the settings are read it is not known whom to ask.
    let location = (snapshot.read_untracked().phase != Phase::Restoring).then(use_location);
    effect(move || {
        let acting = snapshot.read().acting.as_ref().map(|acting| acting.name.clone());
        let mut title = title.get();
        if let Some(about) = about.get() {
            title = frame::title_at(&title, &about);
        }
        let place = location.and_then(|location| location.get()?.ok()).map(|place| place.name.clone());
        if let Some(place) = place.filter(|place| !place.is_empty()) {
            title = frame::title_at(&title, &place);
        }
        document().set_title(&match acting {
            Some(name) => frame::title_while_acting(&name, &title),
            None => title,
        });
    });
    let first = use_context::<ShownBefore>().is_none_or(|shown| !shown.0.swap(true, Ordering::Relaxed));
    if !first {
        // Once the page is in the document.
        request_animation_frame(focus_new_heading);
    }
    view! {
        <div class="page">
            <div class="page-header"><h1 tabindex="-1">{title}</h1></div>
            {children()}
        </div>
    }
}
