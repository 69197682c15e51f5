//! The keyboard's way through all that can be chosen: own profiles, then team members, as one list.
//!
//! Each of them is a button and a stop of Tab, as buttons are. The keys come on top of that: up and down (and to the sides)
//! one further, Home and End to the ends, a letter back to the search field. From a search field, down leads to the first
//! one below it, up to the last one above it, and Enter takes the only one that was found.

use leptos::ev::KeyboardEvent;
use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, Node};

/// All that can be chosen and is shown.
const CHOICES: &str = "li:not([hidden]) > .profile-tile, .member-row > .button";
const SEARCH: &str = "input[type=search]";

/// Which way a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Back,
    On,
    First,
    Last,
    /// Back to the search field, where the key types.
    Search,
}

/// Moves the focus as a key says that was pressed within `list`, on a choice or in a search field. Every other key, and
/// every other place, is left alone.
pub fn walk(list: &Element, event: &KeyboardEvent) {
    if event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.is_composing()
        || event.default_prevented()
    {
        return;
    }
    let Some(here) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let choices = choices(list);
    let key = event.key();
    let to = if let Some(place) = choices.iter().position(|choice| *choice == here) {
        match way(&key, is_right_to_left(&here)) {
            Some(Way::Search) => {
                // The key itself then types there.
                let _ = search_of(&here).map(|field| field.focus());
                return;
            }
            Some(way) => goal(way, place, choices.len()).map_or_else(
                // Before the first one is what finds them.
                || search_of(&here).filter(|_| way == Way::Back),
                |place| choices.get(place).cloned(),
            ),
            None => return,
        }
    } else if here.matches(SEARCH).unwrap_or(false) {
        let follows = |choice: &&HtmlElement| {
            here.compare_document_position(choice) & Node::DOCUMENT_POSITION_FOLLOWING != 0
        };
        match key.as_str() {
            "ArrowDown" => choices.iter().find(follows).cloned(),
            "ArrowUp" => choices.iter().rev().find(|choice| !follows(choice)).cloned(),
            "Enter" => return take_found(&here, event),
            _ => return,
        }
    } else {
        return;
    };
    event.prevent_default();
    if let Some(to) = to {
        let _ = to.focus();
    }
}

/// Enter in a search field in which something was typed: takes the only one that was found, or goes to the first.
fn take_found(field: &HtmlElement, event: &KeyboardEvent) {
    let typed = field.dyn_ref::<HtmlInputElement>().is_some_and(|field| !field.value().trim().is_empty());
    let Some(section) = field.closest("section").ok().flatten().filter(|_| typed) else { return };
    event.prevent_default();
    match choices(&section).as_slice() {
        [only] => only.click(),
        [first, ..] => drop(first.focus()),
        [] => {}
    }
}

fn choices(within: &Element) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(CHOICES) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn search_of(choice: &HtmlElement) -> Option<HtmlElement> {
    choice.closest("section").ok()??.query_selector(SEARCH).ok()??.dyn_into().ok()
}

fn is_right_to_left(element: &HtmlElement) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value("direction").ok()).as_deref() == Some("rtl")
}

fn way(key: &str, right_to_left: bool) -> Option<Way> {
    let way = match key {
        "ArrowDown" => Way::On,
        "ArrowUp" => Way::Back,
        "ArrowRight" if right_to_left => Way::Back,
        "ArrowRight" => Way::On,
        "ArrowLeft" if right_to_left => Way::On,
        "ArrowLeft" => Way::Back,
        "Home" => Way::First,
        "End" => Way::Last,
        "Backspace" => Way::Search,
        // The space bar presses a button.
        letter if letter != " " && letter.chars().count() == 1 => Way::Search,
        _ => return None,
    };
    Some(way)
}

/// The place out of so many that a way leads to; `None`: there is none.
fn goal(way: Way, place: usize, count: usize) -> Option<usize> {
    match way {
        Way::Back => place.checked_sub(1),
        Way::On => Some(place + 1).filter(|next| *next < count),
        Way::First => Some(0),
        Way::Last => count.checked_sub(1),
        Way::Search => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_along_the_list_and_letters_to_the_search() {
        assert_eq!([way("ArrowDown", false), way("ArrowUp", true)], [Some(Way::On), Some(Way::Back)]);
        assert_eq!([way("ArrowRight", false), way("ArrowRight", true)], [Some(Way::On), Some(Way::Back)]);
        assert_eq!([way("ArrowLeft", false), way("ArrowLeft", true)], [Some(Way::Back), Some(Way::On)]);
        for typed in ["a", "Ж", "é", "#", "Backspace"] {
            assert_eq!(way(typed, false), Some(Way::Search), "{typed}");
        }
        for other in [" ", "Enter", "Tab", "Escape", "Shift", "F5", "Dead"] {
            assert_eq!(way(other, false), None, "{other}");
        }
    }

    #[test]
    fn the_list_has_two_ends() {
        assert_eq!([goal(Way::Back, 0, 3), goal(Way::On, 2, 3)], [None, None]);
        assert_eq!([goal(Way::Back, 2, 3), goal(Way::On, 0, 3)], [Some(1), Some(1)]);
        assert_eq!([goal(Way::First, 2, 3), goal(Way::Last, 0, 3)], [Some(0), Some(2)]);
    }
}
