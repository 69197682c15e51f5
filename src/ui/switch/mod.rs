mod parts;

use crate::markup::{View, made};
use crate::signal::{Callback, RenderEffect, Signal};
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, closure::Closure};

pub use parts::{SwitchParts, SwitchState};

/// Its name never changes with its state, and it never guesses: an unknown state is neither on nor off.
///
/// A press runs `on_toggle` with the state asked for; `checked` moves only when its owner says so. Disabled or
/// unknown, it stays focusable and toggles nothing. The state is told by place and shape, not by colour alone.
/// Unknown is `aria-checked="mixed"`, which a switch exposes as "off", so the description says "Unknown" as well.
///
/// Made for tables of hundreds: two elements each, a note only where there is something to say, and one bubble per page
/// for reasons. A table of thousands uses its [`SwitchParts`].
#[component]
pub fn Switch(
    /// The accessible name: what is on when it is on.
    #[prop(into)]
    label: Signal<String>,
    /// The state; `None` is unknown.
    #[prop(into)]
    checked: Signal<Option<bool>>,
    /// Why it cannot be changed now, as a sentence.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Runs with the state asked for.
    on_toggle: Callback<bool>,
) -> View {
    let state = move || SwitchState {
        label: label.get(),
        on: checked.get(),
        refusal: disabled_reason.get(),
        failure: None,
        saving: false,
    };
    let boxed = SwitchParts::make();
    let mut parts = SwitchParts::of(&boxed);
    let effect = RenderEffect::new(move |_| {
        if let Some(parts) = &mut parts {
            parts.show(state());
        }
    });
    let press = Closure::<dyn Fn()>::new(move || {
        let state = untrack(state);
        if let Some(on) = state.on.filter(|_| !state.is_disabled()) {
            on_toggle.run(!on);
        }
    });
    if let Some(button) = boxed.first_element_child() {
        let _ = button.add_event_listener_with_callback("click", press.as_ref().unchecked_ref());
    }
    made(boxed, (effect, press))
}
