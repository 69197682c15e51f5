//! The bubble that shows why something is disabled.
//!
//! One node serves the whole page, in the top layer, so no scrolling table clips it, and a table of hundreds of
//! switches pays nothing for it. It is for the eye only: assistive technology reads the element that the
//! control's `aria-describedby` names, which is also where the bubble takes its text from.
//! As WCAG 1.4.13 asks, it can be pointed at, Escape dismisses it, and it stays until focus and pointer leave.

use super::focus::focused;
use crate::markup::Listener;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, closure::Closure};
use leptos::web_sys::{
    DomRect, Element, Event, EventTarget, HtmlElement, KeyboardEvent, MutationObserver, MutationObserverInit,
};
use std::cell::{Cell, RefCell};

/// A disabled control that names, in `data-why`, the element holding its reason.
const ANCHOR: &str = "[data-why][aria-disabled='true']";
/// Pixels between the control, the bubble and the edge of the window.
const GAP: i32 = 6;

struct Shown {
    anchor: Element,
    bubble: HtmlElement,
}

thread_local! {
    static INSTALLED: Cell<bool> = const { Cell::new(false) };
    static BUBBLE: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
    /// Told of what becomes of the control and its reason while the bubble is there.
    static WATCH: Option<MutationObserver> = watch();
}

/// From here on a disabled control says why when it is pointed at or has the focus. Once for the life of the page.
pub fn show_reasons() {
    if INSTALLED.replace(true) {
        return;
    }
    let page = document();
    for name in ["pointerover", "focusin", "click"] {
        listen(&page, name, attend);
    }
    listen(&page, "focusout", |_| hide());
    listen(&page, "keydown", dismiss);
    listen(&window(), "scroll", |_| renew());
    listen(&window(), "resize", |_| renew());
}

fn watch() -> Option<MutationObserver> {
    MutationObserver::new(Closure::<dyn FnMut()>::new(renew).into_js_value().unchecked_ref()).ok()
}

fn listen(target: &EventTarget, name: &'static str, handle: fn(Event)) {
    Listener::early(target.clone(), name, handle).stay();
}

fn attend(event: Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    match target.closest(ANCHOR).ok().flatten() {
        Some(anchor) => show(anchor),
        None => {
            let keep = SHOWN.with_borrow(|shown| {
                shown.as_ref().is_some_and(|shown| {
                    let stays = event.type_() == "pointerover" && focused().as_deref() == Some(&shown.anchor);
                    stays || shown.bubble.contains(Some(&target))
                })
            });
            if !keep {
                hide();
            }
        }
    }
}

fn dismiss(event: Event) {
    let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape");
    if escape && SHOWN.with_borrow(Option::is_some) {
        // One Escape takes away one thing: the dialog behind the bubble stays.
        event.prevent_default();
        event.stop_propagation();
        hide();
    }
}

fn show(anchor: Element) {
    // What is done to the bubble here is nothing to be told of.
    unwatch();
    let reason = anchor
        .get_attribute("data-why")
        .and_then(|id| document().get_element_by_id(&id))
        .and_then(|element| element.text_content());
    let (Some(reason), Some(bubble)) = (reason, bubble()) else {
        return hide();
    };
    bubble.set_text_content(Some(&reason));
    let dialog = anchor.closest("dialog[open]").ok().flatten();
    let host = dialog.or_else(|| document().body().map(Into::into));
    if let Some(host) = host.filter(|host| bubble.parent_element().as_ref() != Some(host)) {
        let _ = host.append_child(&bubble);
    }
    // It throws when the bubble is shown already, which is as well.
    let _ = bubble.show_popover();
    place(&anchor, &bubble);
    // The reason is in the control or beside it; where it is further away, the control tells at least of its end.
    if let Some(around) = anchor.parent_element() {
        let what = MutationObserverInit::new();
        what.set_attributes(true);
        what.set_child_list(true);
        what.set_character_data(true);
        what.set_subtree(true);
        WATCH.with(|watch| watch.as_ref().map(|watch| watch.observe_with_options(&around, &what)));
    }
    SHOWN.set(Some(Shown { anchor, bubble }));
}

fn unwatch() {
    WATCH.with(|watch| watch.as_ref().map(MutationObserver::disconnect));
}

fn hide() {
    unwatch();
    if let Some(shown) = SHOWN.take() {
        let _ = shown.bubble.hide_popover();
        // It is outside of what goes with the person it may name.
        shown.bubble.set_text_content(None);
    }
}

/// Shows the reason as it is now, where the control is now; nothing when there is none any more.
fn renew() {
    if let Some(anchor) = SHOWN.with_borrow(|shown| Some(shown.as_ref()?.anchor.clone())) {
        let stays = anchor.is_connected() && anchor.matches(ANCHOR).unwrap_or_default();
        if stays { show(anchor) } else { hide() }
    }
}

fn bubble() -> Option<HtmlElement> {
    BUBBLE.with_borrow_mut(|bubble| {
        if bubble.is_none() {
            let made = document().create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
            made.set_class_name("tip");
            let _ = made.set_attribute("popover", "manual");
            let _ = made.set_attribute("aria-hidden", "true");
            *bubble = Some(made);
        }
        bubble.clone()
    })
}

/// Below the control, or above it where there is no room or it would cover a button beside it, or beyond all of these;
/// never past the sides of the window.
fn place(anchor: &Element, bubble: &HtmlElement) {
    let Some(root) = document().document_element() else {
        return;
    };
    let at = anchor.get_bounding_client_rect();
    let (width, height) = (bubble.offset_width(), bubble.offset_height());
    let centred = (at.left() + at.width() / 2.0) as i32 - width / 2;
    let left = centred.min(root.client_width() - width - GAP).max(GAP);
    let (below, above) = (at.bottom() as i32 + GAP, at.top() as i32 - GAP - height);
    let others = neighbours(anchor);
    let covers = |top: i32| others.iter().any(|rect| overlap(rect, left, top, width, height));
    let fits = |top: i32| top >= 0 && top + height <= root.client_height();
    // Beside it, else beyond the whole group.
    let end = others.iter().map(|rect| rect.bottom() as i32).fold(below, i32::max) + GAP;
    let begin = others.iter().map(|rect| rect.top() as i32).fold(above, i32::min) - GAP - height;
    let free = [below, above, end, begin].into_iter().find(|top| fits(*top) && !covers(*top));
    let top = free.unwrap_or(if fits(below) { below } else { above });
    let style = bubble.style();
    let _ = style.set_property("top", &(top.to_string() + "px"));
    let _ = style.set_property("left", &(left.to_string() + "px"));
}

/// Where the other buttons of the same form are, or of the same group where there is none.
fn neighbours(anchor: &Element) -> Vec<DomRect> {
    let group = anchor.closest("form").ok().flatten().or_else(|| anchor.parent_element());
    let Some(found) = group.and_then(|group| group.query_selector_all("button").ok()) else {
        return Vec::new();
    };
    let others = (0..found.length()).filter_map(|n| found.item(n)?.dyn_into::<Element>().ok());
    others.filter(|other| other != anchor).map(|other| other.get_bounding_client_rect()).collect()
}

fn overlap(rect: &DomRect, left: i32, top: i32, width: i32, height: i32) -> bool {
    let beside = rect.right() <= f64::from(left) || rect.left() >= f64::from(left + width);
    let apart = rect.bottom() <= f64::from(top) || rect.top() >= f64::from(top + height);
    !beside && !apart
}
