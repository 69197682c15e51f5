use super::{
    icon::{Icon, IconName},
    id::next_id,
};
use crate::letters::small;
use crate::markup::{Children, NodeRef, View, view};
use crate::signal::{Callback, RwSignal, Signal, StoredValue};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, Node};
use leptos::{ev, html, prelude::*};

/// One command of a [`Menu`].
#[derive(Clone)]
pub struct MenuItem {
    /// The visible text and accessible name.
    pub label: String,
    /// Why it cannot be chosen now, as a sentence.
    pub disabled_reason: Option<String>,
    /// What choosing it does.
    pub on_select: Callback<()>,
}

/// Which command has the focus when the menu opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    First,
    Last,
}

/// A button that opens a menu of commands, as the ARIA Authoring Practices describe it.
///
/// Enter, Space and Down open it on the first command, Up on the last; the arrows go round; Home, End and a first
/// letter jump. Escape, a choice, a press elsewhere or leaving with Tab closes it. After Escape or a choice the
/// button has the focus again, before the command runs, so a dialog it opens gives the focus back to the button.
/// A command that cannot be chosen stays in its place, says why, and leaves the menu open.
#[component]
pub fn Menu(
    /// The button's visible text and accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The commands, in order. A menu that is open keeps those it was opened with: nothing moves under a finger.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// An ornament before the text, such as an avatar.
    #[prop(optional)]
    children: Option<Children>,
) -> View {
    let button_id = StoredValue::new(next_id("menu"));
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(None::<Start>);

    let close = move || {
        open.set(None);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let choose = Callback::new(move |on_select: Callback<()>| {
        close();
        on_select.run(());
    });
    let press = move |_| match open.get_untracked() {
        Some(_) => close(),
        None => open.set(Some(Start::First)),
    };
    let key_on_button = move |event: ev::KeyboardEvent| {
        let start = match event.key().as_str() {
            "ArrowDown" => Start::First,
            "ArrowUp" => Start::Last,
            _ => return,
        };
        event.prevent_default();
        open.set(Some(start));
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked().is_some() {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    // Covers a press elsewhere too: it takes the focus away. A browser also fires this when the menu is taken off
    // the page with the focus in it, and by then there is nothing left to close.
    let leave = move |event: ev::FocusEvent| {
        let Some(root) = root.try_get_untracked() else { return };
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        if !root.is_some_and(|root| root.contains(to.as_ref())) {
            open.try_set(None);
        }
    };

    view! {
        <div class="menu" node_ref=root on:keydown=escape on:focusout=leave>
            <button
                type="button"
                class="button button--quiet menu__button"
                id=button_id.get_value()
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || if open.get().is_some() { "true" } else { "false" }
                on:keydown=key_on_button
                // Some browsers take the focus away from the menu and give it to nothing: it would close, and open again.
                on:mousedown=move |event| {
                    if open.get_untracked().is_some() {
                        event.prevent_default();
                    }
                }
                on:click=press
            >
                {children.map(|children| children())}
                <span class="menu__label">{label}</span>
                <Icon name=IconName::ChevronDown />
            </button>
            {move || {
                open.get().map(|start| {
                    view! { <Commands items=untrack(|| items.get()) start labelled_by=button_id.get_value() choose /> }
                })
            }}
        </div>
    }
}

#[component]
fn Commands(items: Vec<MenuItem>, start: Start, labelled_by: String, choose: Callback<Callback<()>>) -> View {
    let list = NodeRef::<html::Div>::new();
    list.on_load(move |list| {
        let commands = commands(&list);
        let command = if start == Start::First { commands.first() } else { commands.last() };
        if let Some(command) = command {
            let _ = command.focus();
        }
    });
    let buttons = items
        .into_iter()
        .map(|MenuItem { label, disabled_reason, on_select }| {
            let why = disabled_reason.as_ref().map(|_| next_id("why"));
            let blocked = why.is_some();
            let reason = why.clone().zip(disabled_reason);
            let reason = reason.map(|(id, reason)| view! { <span id=id hidden>{reason}</span> });
            view! {
                <button
                    type="button"
                    class="menu__item"
                    role="menuitem"
                    tabindex="-1"
                    aria-disabled=blocked.then_some("true")
                    aria-describedby=why.clone()
                    data-why=why
                    on:click=move |_| {
                        if !blocked {
                            choose.run(on_select);
                        }
                    }
                >
                    {label}
                    {reason}
                </button>
            }
        })
        .collect::<View>();

    view! {
        <div
            class="menu__list"
            role="menu"
            node_ref=list
            aria-labelledby=labelled_by
            // Some browsers do not focus a pressed button: without this the menu would close under the press.
            on:mousedown=|event| event.prevent_default()
            on:keydown=move |event| {
                if let Some(list) = list.get_untracked() {
                    walk(&list, &event);
                }
            }
        >
            {buttons}
        </div>
    }
}

fn commands(list: &HtmlElement) -> Vec<HtmlElement> {
    let children = list.children();
    (0..children.length()).filter_map(|at| children.item(at)?.dyn_into().ok()).collect()
}

/// Moves the focus as the key says.
fn walk(list: &HtmlElement, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let commands = commands(list);
    let count = commands.len();
    let focused = super::focus::focused();
    let here = commands.iter().position(|command| Some(command) == focused.as_ref()).unwrap_or(0);
    let key = event.key();
    let to = match key.as_str() {
        "ArrowDown" => commands.iter().cycle().nth(here + 1),
        "ArrowUp" => commands.iter().cycle().nth(here + count.saturating_sub(1)),
        "Home" => commands.first(),
        "End" => commands.last(),
        letter if letter.chars().count() == 1 && letter != " " => {
            let letter = small(letter);
            let begins = |command: &&HtmlElement| {
                command.text_content().is_some_and(|text| small(text.trim()).starts_with(&letter))
            };
            commands.iter().cycle().skip(here + 1).take(count).find(begins)
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to {
        let _ = to.focus();
    }
}
