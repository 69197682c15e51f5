//! Menus.

use super::page::{Page, press_key, press_mouse};
use portal::markup::{Show, view};
use portal::signal::{Callback, RwSignal, Signal};
use portal::ui::{Menu, MenuItem};
use wasm_bindgen_test::wasm_bindgen_test;

fn mounted(chosen: RwSignal<&'static str>) -> Page {
    Page::mount(move || {
        let item = |label: &'static str| MenuItem {
            label: label.into(),
            disabled_reason: None,
            on_select: Callback::new(move |()| chosen.set(label)),
        };
        let items = vec![item("Switch profile"), item("Help"), item("Sign out")];
        view! {
            <Menu label="Ada Lovelace" items />
            <button id="elsewhere">"Elsewhere"</button>
        }
    })
}

async fn opened(page: &Page) {
    let button = page.find(".menu__button");
    button.focus().unwrap();
    press_key(&button, "ArrowDown");
    page.until(|| page.focused_text() == "Switch profile").await;
}

#[wasm_bindgen_test]
async fn the_arrows_home_end_and_letters_move_through_a_menu() {
    let page = mounted(RwSignal::new(""));
    opened(&page).await;
    for (key, expected) in [
        ("ArrowDown", "Help"),
        ("End", "Sign out"),
        ("ArrowDown", "Switch profile"),
        ("ArrowUp", "Sign out"),
        ("Home", "Switch profile"),
        ("s", "Sign out"),
        ("s", "Switch profile"),
        ("h", "Help"),
    ] {
        press_key(&page.focused(), key);
        assert_eq!(page.focused_text(), expected, "after {key}");
    }
}

#[wasm_bindgen_test]
async fn escape_closes_a_menu_and_gives_the_focus_back() {
    let page = mounted(RwSignal::new(""));
    opened(&page).await;
    press_key(&page.focused(), "Escape");
    page.until(|| page.query("[role=menu]").is_none()).await;
    let button = page.find(".menu__button");
    assert!(page.has_focus(&button));
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn a_choice_runs_once_and_closes_the_menu() {
    let chosen = RwSignal::new("");
    let page = mounted(chosen);
    opened(&page).await;
    page.focused().click();
    page.until(|| page.query("[role=menu]").is_none()).await;
    assert_eq!(chosen.get_untracked(), "Switch profile");
    assert!(page.is_focused(".menu__button"));
}

#[wasm_bindgen_test]
async fn a_command_that_cannot_be_chosen_says_why_and_leaves_the_menu_open() {
    let chosen = RwSignal::new("");
    let page = Page::mount(move || {
        let item = MenuItem {
            label: "Switch profile".into(),
            disabled_reason: Some("You are acting as Ana.".into()),
            on_select: Callback::new(move |()| chosen.set("Switch profile")),
        };
        view! { <Menu label="Ada Lovelace" items=vec![item] /> }
    });
    let button = page.find(".menu__button");
    button.focus().unwrap();
    press_key(&button, "ArrowDown");
    page.until(|| page.is_focused("[role=menuitem][aria-disabled=true]")).await;
    let command = page.focused();
    assert_eq!(page.description(&command), "You are acting as Ana.");
    command.click();
    page.until(|| page.is_shown(".tip") && page.text_anywhere(".tip") == "You are acting as Ana.").await;
    assert_eq!(chosen.get_untracked(), "");
    assert!(page.query("[role=menu]").is_some());
}

/// Signing out does this. A browser tells the menu that it lost the focus once it has already gone.
#[wasm_bindgen_test]
async fn a_choice_that_takes_the_menu_off_the_page_does_no_harm() {
    let (there, chosen) = (RwSignal::new(true), RwSignal::new(""));
    let page = Page::mount(move || {
        let leave = Callback::new(move |()| {
            chosen.set("Sign out");
            there.set(false);
        });
        let items = move || {
            vec![MenuItem { label: "Switch profile".into(), disabled_reason: None, on_select: leave }]
        };
        view! { <Show when=move || there.get()><Menu label="Jane" items=items()/></Show> }
    });
    opened(&page).await;
    page.focused().click();
    page.until(|| page.query(".menu").is_none()).await;
    assert_eq!(chosen.get_untracked(), "Sign out");
}

#[wasm_bindgen_test]
async fn a_menu_closes_when_the_focus_leaves_it() {
    let page = mounted(RwSignal::new(""));
    opened(&page).await;
    page.find("#elsewhere").focus().unwrap();
    page.until(|| page.query("[role=menu]").is_none()).await;
    assert!(page.is_focused("#elsewhere"));
}

#[wasm_bindgen_test]
async fn a_menu_that_is_open_stays_as_it_is_when_there_is_more_to_choose() {
    let more = RwSignal::new(false);
    let page = Page::mount(move || {
        let item = |label: &str| MenuItem {
            label: label.into(),
            disabled_reason: None,
            on_select: Callback::new(|()| ()),
        };
        let items = move || {
            let more = more.get().then(|| item("History"));
            [item("Switch profile")].into_iter().chain(more).collect::<Vec<_>>()
        };
        view! { <Menu label="Jane" items=Signal::derive(items)/> <p>{move || more.get().to_string()}</p> }
    });
    opened(&page).await;
    more.set(true);
    page.until(|| page.text("p") == "true").await;
    assert_eq!((page.focused_text().as_str(), page.count("[role=menuitem]")), ("Switch profile", 1));
    press_key(&page.focused(), "Escape");
    page.until(|| page.query("[role=menu]").is_none()).await;
    opened(&page).await;
    assert_eq!(page.count("[role=menuitem]"), 2);
}

/// Without that it would close and open again, where a press takes the focus away and gives it to nothing.
#[wasm_bindgen_test]
async fn a_press_on_its_button_closes_a_menu_and_leaves_the_focus_on_the_button() {
    let page = mounted(RwSignal::new(""));
    opened(&page).await;
    let button = page.find(".menu__button");
    assert!(!press_mouse(&button), "the press takes no focus away");
    button.click();
    page.until(|| page.query("[role=menu]").is_none()).await;
    assert!(page.has_focus(&button));
    button.click();
    page.until(|| page.focused_text() == "Switch profile").await;
}
