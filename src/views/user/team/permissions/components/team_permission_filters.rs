//! Finding members, and leaving the others out.

use super::column_heading::heading;
use crate::markup::{Children, Listener, Show, View, view};
use crate::memo::Memo;
use crate::routes::{Column, Role};
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Button, SearchField, Select, rows_are_left_out, stay_on};
use crate::views::user::team::permissions::desk::Desk;
use crate::views::user::team::permissions::wording::label;
use contract::Permission;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::KeyboardEvent;
use words::permissions as say;

/// More members than this are not all in the page on any screen.
const LONG: usize = 40;

/// The search, the filters, the order, and how many members that leaves.
#[component]
pub fn TeamPermissionFilters(
    /// What the page shares.
    desk: Desk,
    /// What else stands in the bar.
    children: Children,
) -> View {
    let typed = RwSignal::new(desk.view.with_untracked(|view| view.find.clone()));
    effect(move || {
        let find = desk.view.with(|view| view.find.clone());
        if typed.with_untracked(|typed| *typed != find) {
            typed.set(find);
        }
    });
    effect(move || {
        let find = typed.get();
        if desk.view.with_untracked(|view| view.find != find) {
            desk.view.update(|view| view.find = find);
        }
    });
    let hint = move || {
        let long = desk.roster.read().as_ref().is_some_and(|roster| roster.len() > LONG);
        long.then(|| say::find_hint().to_owned())
    };
    // The browser finds only what is in the page. Pressed again, it is the browser's.
    let listener = Listener::new(window().into(), "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        let find = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        let under_dialog = || document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some());
        if !find || !event.key().eq_ignore_ascii_case("f") || under_dialog() {
            return;
        }
        if let Some(input) = desk.search.get_untracked()
            && rows_are_left_out()
            && document().active_element().as_ref() != Some(input.as_ref())
        {
            event.prevent_default();
            let _ = input.focus();
            input.select();
        }
    });
    listener.until_cleanup();
    let status = move || {
        let all = desk.roster.read().as_ref().map(|roster| roster.len()).unwrap_or_default();
        match (desk.shown.read().len(), all) {
            (found, all) if found == all => say::members(all),
            (found, all) => say::members_found(all, found),
        }
    };
    // What stands on paper must not be taken for the whole team.
    let on_paper = move || {
        let view = desk.view.read();
        let sought = (!view.find.is_empty()).then(|| say::narrowed_by(say::find(), &view.find));
        let role = view.role.map(|role| say::narrowed_by(say::column_role(), role_label(role)));
        let only = view.only.iter().map(|(permission, on)| {
            say::narrowed_by(label(*permission), if *on { say::on() } else { say::off() })
        });
        sought.into_iter().chain(role).chain(only).collect::<Vec<_>>().join(" · ")
    };
    let narrowed =
        Memo::new(move |_| desk.view.with(|view| view.only.len() + usize::from(view.role.is_some())));
    let role = Signal::derive(move || {
        desk.view.with(|view| view.role.map(Role::slug).unwrap_or_default().to_owned())
    });
    let set_role = Callback::new(move |slug: String| {
        desk.view.update(|view| view.role = Role::ALL.into_iter().find(|role| role.slug() == slug));
    });
    let [administrator, member, inactive] = Role::ALL.map(|role| (role.slug(), role_label(role)));
    let roles = options([("", say::any_role()), administrator, member, inactive]);
    let sort = Signal::derive(move || {
        desk.view.with(|view| format!("{}{}", if view.descending { "-" } else { "" }, view.sort.slug()))
    });
    let set_sort = Callback::new(move |slug: String| {
        desk.view.update(|view| {
            view.descending = slug.starts_with('-');
            view.sort = Column::of_slug(slug.trim_start_matches('-')).unwrap_or_default();
        });
    });
    let sorts = Signal::stored(
        Column::all()
            .flat_map(|column| {
                let (slug, name) = (column.slug(), heading(column));
                [(slug.to_owned(), name.to_owned()), (format!("-{slug}"), say::other_way_round(name))]
            })
            .collect(),
    );
    let everybody = Callback::new(move |()| {
        desk.view.update(|view| {
            view.only.clear();
            view.role = None;
        });
        stay_on(".filters summary");
    });
    view! {
        <div class="toolbar">
            <SearchField label=say::find() value=typed hint=Signal::derive(hint) node_ref=desk.search/>
            <p class="muted" role="status">{status}</p>
            <p class="on-paper">{on_paper}</p>
            <div class="cluster toolbar__end">{children()}</div>
        </div>
        <details class="filters" open=desk.view.with_untracked(|view| !view.only.is_empty() || view.role.is_some())>
            <summary>
                {move || match narrowed.get() {
                    0 => say::filter_and_sort().to_owned(),
                    some => say::filter_and_sort_with(some),
                }}
            </summary>
            <div class="filters__all">
                <Select label=say::column_role() options=roles selected=role on_change=set_role/>
                {Permission::ALL.map(|permission| view! { <PermissionFilter desk permission/> }).into_iter().collect::<View>()}
                <Select label=say::sort_by() options=sorts selected=sort on_change=set_sort/>
            </div>
            <Show when=move || { narrowed.get() > 0 }>
                <Button on_press=everybody>{say::clear_filters()}</Button>
            </Show>
        </details>
    }
}

#[component]
fn PermissionFilter(desk: Desk, permission: Permission) -> View {
    let selected = Signal::derive(move || {
        let only = desk.view.with(|view| view.only.get(&permission).copied());
        match only {
            None => "",
            Some(true) => "on",
            Some(false) => "off",
        }
        .to_owned()
    });
    let on_change = Callback::new(move |chosen: String| {
        desk.view.update(|view| match chosen.as_str() {
            "" => {
                view.only.remove(&permission);
            }
            chosen => {
                view.only.insert(permission, chosen == "on");
            }
        });
    });
    let ways = options([("", say::on_or_off()), ("on", say::on()), ("off", say::off())]);
    view! { <Select label=label(permission) options=ways selected on_change/> }
}

fn role_label(role: Role) -> &'static str {
    match role {
        Role::Administrator => say::administrators(),
        Role::Member => say::only_members(),
        Role::Inactive => say::only_inactive(),
    }
}

fn options<const N: usize>(all: [(&str, &str); N]) -> Signal<Vec<(String, String)>> {
    Signal::stored(all.map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec())
}
