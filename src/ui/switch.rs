use super::{id::next_id, tip};
use leptos::prelude::*;

/// What an unknown state says. A switch that guesses "off" would lie.
const UNKNOWN: &str = "Unknown. ";
const UNKNOWN_REASON: &str = "It can be changed once its state is known.";

/// Its name never changes with its state, and it never guesses: an unknown state is neither on nor off.
///
/// A press runs `on_toggle` with the state asked for; `checked` moves only when its owner says so. Disabled, busy
/// or unknown, it stays focusable and toggles nothing. The state is told by place and shape, not by colour alone.
/// Unknown is `aria-checked="mixed"`, which a switch exposes as "off", so the description says "Unknown" as well.
///
/// Made for tables of hundreds: two elements each; the reason's bubble is one per page.
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
    /// Whether a change is being saved.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the last change failed; shown beside the switch until it is `None` again.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Runs with the state asked for.
    on_toggle: Callback<bool>,
) -> impl IntoView {
    tip::install();
    let note = next_id("switch");
    let blocked = move || checked.with(Option::is_none) || disabled_reason.with(Option::is_some);
    let press = move |_| {
        if busy.get_untracked() || untrack(blocked) {
            return;
        }
        if let Some(now) = checked.get_untracked() {
            on_toggle.run(!now);
        }
    };
    let reason = move || {
        let reason = disabled_reason.get();
        if checked.with(Option::is_some) {
            return reason;
        }
        Some(String::from(UNKNOWN) + reason.as_deref().unwrap_or(UNKNOWN_REASON))
    };

    view! {
        <span class="switch-box">
            <button
                type="button"
                role="switch"
                class="switch"
                aria-label=label
                aria-checked=move || match checked.get() {
                    Some(true) => "true",
                    Some(false) => "false",
                    None => "mixed",
                }
                aria-disabled=move || blocked().then_some("true")
                aria-busy=move || busy.get().then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=note.clone()
                data-why=note.clone()
                on:click=press
            ></button>
            <span id=note class="switch-box__note">
                {move || error.get().map(|error| view! { <span class="switch-box__error">{error}" "</span> })}
                {move || reason().map(|reason| view! { <span class="visually-hidden">{reason}</span> })}
            </span>
        </span>
    }
}
