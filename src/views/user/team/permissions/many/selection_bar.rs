//! What can be done with the rows that are selected.

use crate::markup::{Show, View, view};
use crate::memo::Memo;
use crate::queries::{Field, Value};
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Button, ButtonKind, Select, stay_on};
use crate::views::user::team::permissions::desk::{Asked, Desk, Wanted};
use crate::views::user::team::permissions::saving::Aim;
use crate::views::user::team::permissions::wording::label;
use contract::Permission;
use leptos::prelude::*;
use words::many as say;

/// Pixels between the bar and the box that it lay over.
const CLEAR: f64 = 12.0;

/// How many are selected, and what can be changed for all of them. Not there while nobody is.
#[component]
pub fn SelectionBar(
    /// What the page shares.
    desk: Desk,
) -> View {
    let count = Memo::new(move |_| desk.selection.read().len());
    let unselected = Memo::new(move |_| {
        let (shown, selection) = (desk.shown.read(), desk.selection.read());
        shown.iter().any(|id| !selection.has(*id)).then_some(shown.len())
    });
    let hidden = Memo::new(move |_| {
        let selection = desk.selection.read();
        if selection.is_empty() {
            0
        } else {
            selection.len() - desk.shown.read().iter().filter(|id| selection.has(**id)).count()
        }
    });
    let said = move || match (count.get(), hidden.get()) {
        (0, _) => String::new(),
        (selected, 0) => say::selected(selected),
        (selected, hidden) => say::selected_and_hidden(selected, hidden),
    };
    let open = RwSignal::new(false);
    let any = Memo::new(move |_| count.get() > 0);
    effect(move || {
        if any.get() {
            request_animation_frame(uncover);
        } else {
            open.set(false);
        }
    });
    // What goes on is to be seen.
    let changing = Memo::new(move |_| desk.saving.batch_runs());
    effect(move || {
        if changing.get() {
            open.set(false);
        }
    });
    let clear = Callback::new(move |()| {
        let last = desk.selection.with_untracked(super::Selection::last);
        desk.selection.update(super::Selection::clear);
        // The bar goes, with the button.
        let row = last.is_some_and(|id| stay_on(&format!("tr[data-id='{id}'] .cell-pick input")));
        if !row {
            stay_on(".rows-scroll");
        }
    });
    view! {
        <p class="visually-hidden" role="status">{said}</p>
        <Show when=move || any.get()>
            <section class="selection" tabindex="-1" aria-label=say::bar() data-open=move || open.get().then_some("")>
                <p class="selection__count" aria-hidden="true">{said}</p>
                // Where there is little room it shows the rest only when one wants to.
                <button type="button" class="button selection__more" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>{say::bar()}</button>
                <div class="cluster">
                    <Show when=move || unselected.get().is_some()>
                        <Button kind=ButtonKind::Quiet on_press=Callback::new(move |()| {
                            let shown = desk.shown.get_untracked();
                            desk.selection.update(|selection| selection.add(&shown));
                        })>
                            {move || say::select_all(unselected.get().unwrap_or_default())}
                        </Button>
                    </Show>
                    <Button kind=ButtonKind::Quiet on_press=clear>
                        {say::clear_selection()}
                    </Button>
                </div>
                <Changes desk/>
            </section>
        </Show>
    }
}

/// The bar may have come to lie over the box that was pressed: the page moves on by that much, and nothing else does.
fn uncover() {
    let place = |which| Some(document().query_selector(which).ok()??.get_bounding_client_rect());
    // Not every browser gives the focus to a box that is pressed.
    let pressed = place(".cell-pick :focus").or_else(|| place(".cell-pick :checked"));
    if let Some((bar, pressed)) = place(".selection").zip(pressed) {
        let covered = pressed.bottom() + CLEAR - bar.top();
        if covered > 0.0 && pressed.top() < bar.bottom() {
            window().scroll_by_with_x_and_y(0.0, covered);
        }
    }
}

#[component]
fn Changes(desk: Desk) -> View {
    let chosen = RwSignal::new(Permission::MakeBookings);
    let options = Permission::ALL
        .map(|permission| (permission.field().to_owned(), label(permission).to_owned()))
        .to_vec();
    let options = Signal::stored(options);
    let selected = Signal::derive(move || chosen.get().field().to_owned());
    let on_change = Callback::new(move |field: String| {
        if let Some(permission) = Permission::ALL.into_iter().find(|one| one.field() == field) {
            chosen.set(permission);
        }
    });
    let make = move |on: bool| {
        Callback::new(move |()| {
            let permission = chosen.get_untracked();
            let fields = vec![(Field::Permission(permission), Value::Flag(on))];
            desk.ask(Asked::Many(Wanted { aim: Aim::Turn(permission, on), fields }));
        })
    };
    view! {
        <div class="selection__changes">
            <Select label=say::permission() options selected on_change/>
            <Button on_press=make(true)>{say::turn_on_for_all()}</Button>
            <Button on_press=make(false)>{say::turn_off_for_all()}</Button>
            <Button on_press=Callback::new(move |()| desk.ask(Asked::CopyFrom))>{say::copy_from()}</Button>
        </div>
    }
}
