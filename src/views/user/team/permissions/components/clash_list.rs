//! What has to be chosen.

use crate::markup::{Keyed, Show, View, keyed, view};
use crate::memo::Memo;
use crate::queries::Clash;
use crate::signal::{Callback, Signal};
use crate::ui::{Button, stay_on};
use crate::views::user::team::permissions::desk::Desk;
use crate::views::user::team::permissions::wording::{change_to, clash as told, keep, name_of};
use contract::CoworkerId;
use leptos::prelude::*;
use words::saving as say;

/// Changes that somebody else has made meanwhile, each with what the server has, what is wanted, and the choice.
/// Nothing is written before it is made.
#[component]
pub fn ClashList(
    /// What the page shares.
    desk: Desk,
) -> View {
    let clashes = Memo::new(move |_| {
        let pending = desk.saving.pending();
        let each = pending.iter();
        each.flat_map(|(id, pending)| pending.clashes().map(|clash| (*id, clash.clone()))).collect::<Vec<_>>()
    });
    let row = move |(id, clash): (CoworkerId, Clash)| {
        let key = format!("{id} {}", told(&clash));
        Keyed::new(key, move || view! { <li><ClashRow desk id clash/></li> })
    };
    let rows = move || clashes.get().into_iter().map(row).collect();
    view! {
        <div role="alert">
            <Show when=move || !clashes.read().is_empty()>
                <div class="clashes stack" tabindex="-1">
                    <h2 class="clashes__title">{say::choose()}</h2>
                    <ul class="list-plain stack">
                        {keyed(rows)}
                    </ul>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn ClashRow(desk: Desk, id: CoworkerId, clash: Clash) -> View {
    let name = Memo::new(move |_| desk.name(id));
    let field = clash.field;
    let (what, keep, take) = (told(&clash), keep(&clash.now), change_to(&clash.wanted));
    // The button goes with the question: one goes on at the row, unless there is more to choose.
    let stay = move || {
        if desk.saving.pending_untracked().values().all(|pending| pending.clashes().next().is_none()) {
            stay_on(&format!("tr[data-id='{id}'] .cell-actions button"));
        }
    };
    let insist = Callback::new(move |()| {
        desk.saving.insist(id, &clash);
        stay();
    });
    let leave = Callback::new(move |()| {
        desk.saving.keep(id, field);
        stay();
    });
    let label =
        move |choice: String| Signal::derive(move || say::choice_for(&choice, name_of(field), &name.get()));
    view! {
        <p><bdi class="member-cell__name">{move || name.get()}</bdi> " " {what}</p>
        <div class="cluster">
            <Button on_press=leave label=label(keep.clone())>{keep}</Button>
            <Button on_press=insist label=label(take.clone())>{take}</Button>
        </div>
    }
}
