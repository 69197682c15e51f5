//! Members × permissions.

use super::column_heading::ColumnHeading;
use super::team_permission_row::{row, template};
use crate::markup::{NodeRef, Show, View, view};
use crate::memo::Memo;
use crate::queries::{Field, Value};
use crate::routes::{Column, MembersView};
use crate::session::Target;
use crate::signal::{Callback, StoredValue, effect};
use crate::ui::{
    Button, EmptyState, MOST_PRINTED, MakeRow, Rows, VisuallyHidden, bring_into_sight, focus_field,
    forget_place,
};
use crate::views::auth::sign_in::use_sign_in;
use crate::views::user::team::permissions::desk::{Asked, Desk};
use crate::views::user::team::permissions::members::AddMembersButton;
use contract::{CoworkerId, Permission};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FocusEvent, KeyboardEvent, MouseEvent};
use std::mem;
use std::rc::Rc;
use std::sync::Arc;
use words::permissions as say;

/// Every member that the view shows, with their six permissions, each a switch that saves at once.
#[component]
pub fn TeamPermissionTable(
    /// What the page shares.
    desk: Desk,
) -> View {
    let sign_in = use_sign_in();
    let keys = Memo::new(move |_| Arc::new(desk.shown.read().iter().map(|id| id.0).collect::<Vec<_>>()));
    let template = template();
    let make: MakeRow = Rc::new(move |key| row(&template, desk, sign_in, CoworkerId(key)));
    let make = StoredValue::new(make);
    let remembered_as = StoredValue::new(format!("team {}", desk.team));
    let count = Memo::new(move |_| desk.shown.read().len());
    let region = NodeRef::<Div>::new();
    let mut first = true;
    effect(move || {
        desk.view.track();
        if !mem::take(&mut first) {
            // Another view begins at its top.
            remembered_as.with_value(|name| forget_place(name));
            if let Some(region) = region.get_untracked() {
                region.set_scroll_top(0);
            }
        }
    });
    // Not all browsers tell with the press that a key makes whether Shift was held.
    let (shifted, tabbed) = (StoredValue::new(false), StoredValue::new(false));
    let keyed = move |event: KeyboardEvent| {
        shifted.set_value(event.key() == " " && event.shift_key());
        tabbed.set_value(event.key() == "Tab");
    };
    let pressed = move |event: MouseEvent| {
        let by_key = event.detail() == 0;
        let range = event.shift_key() || (by_key && shifted.get_value());
        if let Some((what, id)) = target(&event) {
            press(desk, &what, id, range);
        }
    };
    // Chromium leaves a switch that is half under a column that sticks where it is.
    let focused = move |event: FocusEvent| {
        let tabbed = tabbed.try_update_value(mem::take).unwrap_or_default();
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let in_cell = |element: &Element| element.closest(".cell-switch").is_ok_and(|cell| cell.is_some());
        if let Some(switch) = element.filter(|element| tabbed && in_cell(element)) {
            bring_into_sight(&switch);
        }
    };
    let all_selected = Memo::new(move |_| {
        let (shown, selection) = (desk.shown.read(), desk.selection.read());
        !shown.is_empty() && !selection.is_empty() && shown.iter().all(|id| selection.has(*id))
    });
    let some_selected = Memo::new(move |_| {
        let (shown, selection) = (desk.shown.read(), desk.selection.read());
        !selection.is_empty() && shown.iter().any(|id| selection.has(*id))
    });
    let select_all = move |_| {
        let shown = desk.shown.get_untracked();
        let all = all_selected.get_untracked();
        desk.selection.update(|selection| if all { selection.remove(&shown) } else { selection.add(&shown) });
    };
    view! {
        <Show when=move || count.get() == 0>{nobody(desk)}</Show>
        <Show when=move || { count.get() > MOST_PRINTED }>
            <p class="on-paper">{say::not_all_printed(say::export())}</p>
        </Show>
        <Show when=move || { count.get() > 0 }>
            <div class="permission-table__scroll rows-scroll" node_ref=region role="region" tabindex="0"
                aria-label=say::scrollable()>
                <table class="permission-table" aria-rowcount=move || (count.get() + 1).to_string() on:keydown=keyed on:click=pressed
                    on:focusin=focused>
                    <caption class="visually-hidden">{say::table()}</caption>
                    <thead>
                        <tr aria-rowindex="1">
                            <td class="cell-pick">
                                <label>
                                    <input type="checkbox" class="choice__box" aria-label=say::column_pick()
                                        prop:checked=move || all_selected.get()
                                        prop:indeterminate=move || some_selected.get() && !all_selected.get()
                                        on:change=select_all/>
                                    <span class="cell-label" aria-hidden="true">{say::column_pick()}</span>
                                </label>
                            </td>
                            {Column::all().map(|column| view! { <ColumnHeading desk column/> }).collect::<View>()}
                            <th scope="col" class="cell-actions"><VisuallyHidden>{say::column_actions()}</VisuallyHidden></th>
                        </tr>
                    </thead>
                    <Rows keys=keys.into() make remembered_as/>
                </table>
            </div>
        </Show>
    }
}

/// What was pressed in which row. What is disabled says why, and does nothing.
fn target(event: &MouseEvent) -> Option<(String, CoworkerId)> {
    let pressed: Element = event.target()?.dyn_into().ok()?;
    let control = pressed.closest("[data-do]:not([aria-disabled='true'])").ok()??;
    let row = control.closest("tr[data-id]").ok()??;
    Some((control.get_attribute("data-do")?, row.get_attribute("data-id")?.parse().ok()?))
}

fn press(desk: Desk, what: &str, id: CoworkerId, range: bool) {
    let Some(model) = desk.row_untracked(id) else { return };
    match what {
        "pick" => {
            let shown = desk.shown.get_untracked();
            desk.selection.update(
                |selection| {
                    if range { selection.extend_to(id, &shown) } else { selection.toggle(id) }
                },
            );
        }
        "manage" => desk.ask(Asked::Manage(id)),
        "impersonate" => desk.target.set(Some(Target { id, name: model.name })),
        flag => {
            let mut cells = Permission::ALL.into_iter().zip(&model.cells);
            let Some((permission, cell)) = cells.find(|(permission, _)| permission.field() == flag) else {
                return;
            };
            let (Some(on), None) = (cell.on, &cell.refusal) else { return };
            if permission == Permission::TeamAdministrator && on {
                return desk.ask(Asked::Dismiss(id));
            }
            desk.saving.want(id, Field::Permission(permission), Some(Value::Flag(on)), Value::Flag(!on));
        }
    }
}

fn nobody(desk: Desk) -> View {
    if desk.roster.read().as_ref().is_some_and(|roster| roster.len() == 0) {
        return view! {
            <EmptyState title=say::empty_team() text=say::empty_team_hint()>
                <AddMembersButton desk/>
            </EmptyState>
        };
    }
    let clear = Callback::new(move |()| {
        desk.view.update(|view| {
            *view = MembersView { sort: view.sort, descending: view.descending, ..MembersView::default() }
        });
        focus_field(desk.search);
    });
    let only_sought = desk.view.with(|view| view.only.is_empty() && view.role.is_none());
    if only_sought {
        return view! {
            <EmptyState title=say::nobody_by_name() text=say::nobody_by_name_hint()>
                <Button on_press=clear>{say::clear_search()}</Button>
            </EmptyState>
        };
    }
    view! {
        <EmptyState title=say::nobody_like_that() text=say::nobody_like_that_hint()>
            <Button on_press=clear>{say::show_everybody()}</Button>
        </EmptyState>
    }
}
