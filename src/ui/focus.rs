//! Where the keyboard is, and where to put it when the place it was in has gone.

use crate::markup::NodeRef;
use crate::signal::on_cleanup;
use leptos::html::Input;
use leptos::prelude::{document, request_animation_frame};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// Puts the focus on the page's `h1`, so that the next key press and the next sentence read aloud start at the
/// top of what is new. Does nothing on a page without one.
///
/// Call it whenever the focused element has vanished.
pub fn focus_heading() {
    if let Some(heading) = heading() {
        let _ = heading.focus();
    }
}

/// The same for a page that has come, also for another person. Nothing scrolls: it begins at its top, or, for who comes back
/// to it, where they were.
pub fn focus_new_heading() {
    // Whoever is in a dialog stays there.
    if focused().is_some_and(|focused| focused.closest("dialog[open]").is_ok_and(|dialog| dialog.is_some())) {
        return;
    }
    let Some(heading) = heading() else { return };
    if document().active_element().as_ref() == Some(heading.as_ref()) {
        // It was another page's: only a focus that comes anew is read out.
        let _ = heading.blur();
    }
    focus_still(&heading);
}

fn heading() -> Option<HtmlElement> {
    // What a dialog lies over is out of reach. The one that lies over all others comes last.
    let dialogs = document().query_selector_all("dialog[open]").ok()?;
    let top = dialogs.length().checked_sub(1).and_then(|last| dialogs.item(last)?.dyn_into::<Element>().ok());
    let heading = match top {
        Some(dialog) => dialog.query_selector("h2").ok()??,
        None => ["main h1", "h1"].into_iter().find_map(find)?.into(),
    };
    focusable(heading)
}

/// A heading that can take the focus from a program, though not from the Tab key.
pub(super) fn focusable(heading: Element) -> Option<HtmlElement> {
    let heading = heading.dyn_into::<HtmlElement>().ok()?;
    if !heading.has_attribute("tabindex") {
        let _ = heading.set_attribute("tabindex", "-1");
    }
    Some(heading)
}

/// When an answer takes away what this is called in, and the focus with it, the heading of the page takes the focus; in a
/// dialog that stays, its heading.
pub fn outlive_focus() {
    on_cleanup(|| {
        let Some(was) = focused() else { return };
        let dialog = was.closest("dialog").ok().flatten();
        // After those that know better: what comes in its place, or a dialog that gives back the focus.
        let settle = move || {
            if was.is_connected() || focused().is_some() {
                return;
            }
            let Some(dialog) = dialog else { return focus_heading() };
            let heading = dialog.query_selector("h2").ok().flatten().filter(|_| dialog.is_connected());
            if let Some(heading) = heading.and_then(focusable) {
                let _ = heading.focus();
            }
        };
        request_animation_frame(move || request_animation_frame(settle));
    });
}

/// Scrolls no further than it has to so that all of this is in sight, out from under what sticks to the edges.
pub fn bring_into_sight(element: &Element) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    nearest.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Whether the middle of what a selector finds is in sight: in the window, and in the list around it.
pub fn is_in_sight(selector: &str) -> bool {
    let Some(found) = find(selector) else { return false };
    let at = found.get_bounding_client_rect();
    let middle = (at.top() + at.bottom()) / 2.0;
    let list = found.closest(".rows-scroll").ok().flatten().map(|list| list.get_bounding_client_rect());
    let window = document().document_element().map(|root| f64::from(root.client_height()));
    window.is_some_and(|height| (0.0..height).contains(&middle))
        && list.is_none_or(|list| (list.top()..list.bottom()).contains(&middle))
}

/// Gives the focus to what a selector finds, which comes into sight with it.
pub fn focus_on(selector: &str) {
    if let Some(found) = find(selector) {
        let _ = found.focus();
    }
}

/// The same, and nothing scrolls: for whoever has pressed what is about to go. Whether there is such a thing.
pub fn stay_on(selector: &str) -> bool {
    find(selector).inspect(focus_still).is_some()
}

pub(super) fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// Gives a field the focus, unless it has gone meanwhile.
pub fn focus_field(input: NodeRef<Input>) {
    if let Some(Some(input)) = input.try_get_untracked() {
        let _ = input.focus();
    }
}

/// Gives the focus to the first field that is wrong of the form that was to be submitted, as soon as it says why.
pub fn attend_to_wrong(submit: &Event) {
    let Some(form) = submit.target().and_then(|form| form.dyn_into::<Element>().ok()) else { return };
    request_animation_frame(move || {
        let wrong = form.query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(wrong) = wrong.and_then(|wrong| wrong.dyn_into::<HtmlElement>().ok()) {
            let _ = wrong.focus();
        }
    });
}

/// The element that has the focus, unless that is the page itself.
pub(super) fn focused() -> Option<HtmlElement> {
    let active = document().active_element()?;
    let nowhere = document().body().is_some_and(|body| *body == active);
    if nowhere { None } else { active.dyn_into().ok() }
}

/// Gives the focus back to `origin`; to the page's heading if `origin` has left the page or cannot take it.
pub(super) fn give_back(origin: Option<&HtmlElement>) {
    if let Some(origin) = origin.filter(|origin| origin.is_connected()) {
        let _ = origin.focus();
        if focused().as_ref() == Some(origin) {
            return;
        }
    }
    stay_near(None);
}

fn focus_still(element: &HtmlElement) {
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    let _ = element.focus_with_options(&still);
}

/// Gives the focus to `near`, or to the page's heading. The person did not ask to go anywhere: only the next key press
/// starts there, nothing scrolls.
pub(super) fn stay_near(near: Option<&HtmlElement>) {
    if let Some(near) = near.filter(|near| near.is_connected()).cloned().or_else(heading) {
        focus_still(&near);
    }
}
