//! The heading of a column.

use crate::markup::{View, view};
use crate::memo::Memo;
use crate::routes::Column;
use crate::ui::VisuallyHidden;
use crate::views::user::team::permissions::desk::Desk;
use crate::views::user::team::permissions::wording::label;
use contract::Permission;
use leptos::prelude::*;
use words::permissions as say;

/// What a column is called: a button that sorts by it, and how many of those shown have its permission.
#[component]
pub fn ColumnHeading(
    /// What the page shares.
    desk: Desk,
    /// Which column.
    column: Column,
) -> View {
    let sorted = Memo::new(move |_| desk.view.with(|view| (view.sort == column).then_some(view.descending)));
    let sort = move |_| {
        desk.view.update(|view| {
            view.descending = view.sort == column && !view.descending;
            view.sort = column;
        });
    };
    let direction = move || match sorted.get() {
        None => None,
        Some(false) => Some("ascending"),
        Some(true) => Some("descending"),
    };
    let count = match column {
        Column::Permission(permission) => Some(view! { <Count desk permission/> }),
        _ => None,
    };
    view! {
        <th scope="col" class=class(column) aria-sort=direction>
            <button type="button" class="sort" title=say::sort_by_this() on:click=sort>{heading(column)}</button>
            {count}
        </th>
    }
}

#[component]
fn Count(desk: Desk, permission: Permission) -> View {
    let place = permission.place();
    let on = Memo::new(move |_| desk.counts.read().get(place).copied().unwrap_or_default());
    let shown = Memo::new(move |_| desk.shown.read().len());
    let around = say::have_it();
    view! {
        <span class="count">
            <VisuallyHidden>{around.before}</VisuallyHidden>
            {move || say::on_of_all(on.get(), shown.get())}
            <VisuallyHidden>{around.after}</VisuallyHidden>
        </span>
    }
}

/// What a column is called.
pub(super) fn heading(column: Column) -> &'static str {
    match column {
        Column::Name => say::column_member(),
        Column::Company => say::column_company(),
        Column::Role => say::column_role(),
        Column::Permission(permission) => label(permission),
        Column::Card => say::access_card(),
    }
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Name => "cell-member",
        Column::Company => "cell-company",
        Column::Role => "cell-role",
        Column::Permission(_) => "cell-switch",
        Column::Card => "cell-card",
    }
}
