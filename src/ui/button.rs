use super::focus::{focused, give_back};
use super::id::next_id;
use crate::markup::{Children, View, view};
use crate::signal::{Callback, Signal, StoredValue};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, prelude::*};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonKind {
    /// The one thing this page or dialog is for.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Part of a row or a bar: no border until pointed at.
    Quiet,
    /// Takes something away.
    Danger,
    /// One of several to choose from, with more in it than a word.
    Tile,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
            Self::Tile => "button profile-tile",
        }
    }
}

/// The button that was pressed.
fn pressed(event: &ev::MouseEvent) -> Option<Element> {
    event.current_target().or(event.target())?.dyn_into().ok()
}

/// What a button stands in: it takes the focus when a press makes the button go away.
fn home(button: &Element) -> Option<HtmlElement> {
    button.closest("[tabindex='-1'], [tabindex='0'], [data-home]").ok()??.dyn_into().ok()
}

/// Gives the focus to a button's home.
fn go_home(home: Option<&HtmlElement>) {
    // What begins a dialog may not take the focus before it has to: some browsers would start with it.
    if let Some(home) = home.filter(|home| home.has_attribute("data-home")) {
        let _ = home.set_attribute("tabindex", "-1");
    }
    give_back(home);
}

/// A press runs `on_press` once, or does nothing at all and says why.
///
/// With a `disabled_reason` the button stays in the tab order, is announced as unavailable with the reason as its
/// description, shows the reason on hover, focus and press, and never submits its form: neither by a click
/// nor by Enter in a field. While `busy` presses are ignored and the width does not change.
#[component]
pub fn Button(
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it submits the form it is in.
    #[prop(optional)]
    submit: bool,
    /// The accessible name where the visible text is shorter; it must contain that text.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// Why it cannot be pressed now, as a sentence.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Whether what it started is still under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What a press does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The visible text, perhaps with an icon.
    children: Children,
) -> View {
    let why = StoredValue::new(next_id("why"));
    let blocked = move || disabled_reason.with(Option::is_some);
    let press = move |event: ev::MouseEvent| {
        if busy.get_untracked() || disabled_reason.with_untracked(Option::is_some) {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_press) = on_press {
            let button = pressed(&event);
            let home = button.as_ref().and_then(home);
            on_press.run(());
            // Whoever pressed a button that is gone by then goes on from where it was. One that is still there may be
            // without the focus, too: not every browser gives it to what is pressed.
            request_animation_frame(move || {
                if focused().is_none() && button.is_some_and(|button| !button.is_connected()) {
                    go_home(home.as_ref());
                }
            });
        }
    };

    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            aria-label=move || label.get()
            aria-disabled=move || blocked().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-describedby=move || blocked().then(|| why.get_value())
            data-why=move || blocked().then(|| why.get_value())
            on:click=press
        >
            {children()}
            {move || {
                disabled_reason.get().map(|reason| view! { <span id=why.get_value() hidden>{reason}</span> })
            }}
        </button>
    }
}
