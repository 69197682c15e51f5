//! Messages.

use super::page::Page;
use leptos::prelude::*;
use portal::markup::view;
use portal::signal::{Callback, RwSignal};
use portal::ui::{Dialog, ToastRegion, Toaster, provide_toaster, use_toaster};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_message_said_twice_is_announced_twice_and_stays_until_dismissed() {
    let page = Page::mount(|| {
        let toaster = provide_toaster();
        view! {
            <h1>"Page"</h1>
            <button id="say" on:click=move |_| toaster.say("Saved")>"Say"</button>
            <ToastRegion />
        }
    });
    assert_eq!(page.text("[role=status]"), "");
    page.find("#say").click();
    page.until(|| page.text("[role=status]") == "Saved").await;
    let first = page.find("[role=status] p");
    page.find("#say").click();
    page.until(|| page.count(".toast") == 2).await;
    assert!(!first.is_connected());
    for left in [1, 0] {
        page.find("[aria-label=Dismiss]").click();
        page.until(|| page.count(".toast") == left).await;
    }
    page.until(|| page.is_focused("h1")).await;
}

#[wasm_bindgen_test]
async fn four_messages_stay_and_a_change_of_person_takes_them_all() {
    let page = Page::mount(|| {
        provide_toaster();
        let toaster = use_toaster();
        (0..6).for_each(|_| toaster.warn("Not saved"));
        view! {
            <button id="clear" on:click=move |_| toaster.clear()>"Clear"</button>
            <ToastRegion />
        }
    });
    page.until(|| page.count(".toast [role=alert]") == 4).await;
    page.find("#clear").click();
    page.until(|| page.count(".toast") == 0).await;
}

#[wasm_bindgen_test]
async fn messages_that_come_at_once_are_all_announced() {
    let page = Page::mount(|| {
        let toaster = provide_toaster();
        toaster.say("First");
        toaster.say("Second");
        view! {
            <button id="say" on:click=move |_| toaster.say("Third")>"Say"</button>
            <ToastRegion/>
        }
    });
    page.until(|| page.text("[role=status]") == "FirstSecond").await;
    page.find("#say").click();
    page.until(|| page.text("[role=status]") == "Third").await;
}

#[wasm_bindgen_test]
async fn a_message_that_comes_to_the_end_again_is_not_announced_again() {
    let page = Page::mount(|| {
        let toaster = provide_toaster();
        toaster.say("First");
        view! {
            <button id="say" on:click=move |_| toaster.say("Second")>"Say"</button>
            <ToastRegion/>
        }
    });
    page.until(|| page.text("[role=status]") == "First").await;
    page.find("#say").click();
    page.until(|| page.text("[role=status]") == "Second").await;
    page.find(".toast:last-child [aria-label=Dismiss]").click();
    page.until(|| page.count(".toast") == 1).await;
    assert_eq!(page.text("[role=status]"), "");
}

#[wasm_bindgen_test]
async fn news_waits_for_a_pause_as_what_went_well_does_and_has_a_picture_of_its_own() {
    let page = Page::mount(|| {
        let toaster = provide_toaster();
        toaster.say("Saved");
        toaster.tell("Two minutes left");
        view! { <ToastRegion/> }
    });
    page.until(|| page.text("[role=status]") == "SavedTwo minutes left").await;
    assert_eq!(page.count("[role=alert]"), 0);
    let drawn = |toast| page.find(&format!(".toast:{toast}-child .icon path")).get_attribute("d");
    assert_ne!(drawn("first"), drawn("last"));
}

/// A page with a message on it, a dialog, and a way to say something from outside of both.
fn page_with_dialog(open: RwSignal<bool>) -> (Page, Toaster) {
    let toaster = StoredValue::new_local(None);
    let page = Page::mount(move || {
        let made = provide_toaster();
        toaster.set_value(Some(made));
        made.say("Before");
        view! {
            <h1>"Page"</h1>
            <Dialog open title="Leave?" on_close=Callback::new(move |()| open.set(false))>
                <button id="stay">"Stay"</button>
            </Dialog>
            <ToastRegion/>
        }
    });
    (page, toaster.get_value().unwrap())
}

#[wasm_bindgen_test]
async fn what_is_said_while_a_dialog_is_open_is_announced_in_it_and_stays_when_it_closes() {
    let open = RwSignal::new(true);
    let (page, toaster) = page_with_dialog(open);
    page.until(|| page.is_focused("#stay")).await;
    toaster.say("Two minutes left");
    toaster.warn("Not saved");
    page.until(|| page.text("dialog [role=status]") == "Two minutes left").await;
    assert_eq!(page.text("dialog .toast [role=alert]"), "Not saved");
    assert_eq!(page.count("dialog .toast"), 2, "what was said before the dialog is not said again");
    open.set(false);
    page.until(|| page.query("dialog").is_none()).await;
    assert_eq!(page.count(".toast"), 3);
}

#[wasm_bindgen_test]
async fn a_message_dismissed_in_a_dialog_is_gone_everywhere_and_the_focus_stays_in_the_dialog() {
    let open = RwSignal::new(true);
    let (page, toaster) = page_with_dialog(open);
    page.until(|| page.is_focused("#stay")).await;
    toaster.say("Two minutes left");
    page.until(|| page.count("dialog .toast") == 1).await;
    let dismiss = page.find("dialog [aria-label=Dismiss]");
    dismiss.focus().unwrap();
    dismiss.click();
    page.until(|| page.count(".toast") == 1).await;
    page.until(|| page.is_focused("dialog h2")).await;
}
