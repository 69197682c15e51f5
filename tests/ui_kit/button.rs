//! Buttons.

use super::page::{Page, press_key};
use leptos::prelude::{document, request_animation_frame};
use portal::markup::{Show, view};
use portal::signal::{RwSignal, Signal};
use portal::ui::{Button, ButtonKind};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_disabled_button_keeps_the_focus_and_does_not_press() {
    let pressed = RwSignal::new(0);
    let page = Page::mount(move || {
        let on_press = move |()| pressed.update(|count| *count += 1);
        let disabled_reason = Some(String::from("Only while signed in."));
        view! { <Button disabled_reason on_press>"Go"</Button> }
    });
    let button = page.find("button");
    button.focus().unwrap();
    button.click();
    assert!(page.has_focus(&button));
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(pressed.get_untracked(), 0);
    assert_eq!(page.description(&button), "Only while signed in.");
}

#[wasm_bindgen_test]
async fn a_disabled_button_shows_its_reason_until_escape() {
    let page = Page::mount(|| view! { <Button disabled_reason=Some(String::from("Not yet."))>"Go"</Button> });
    let button = page.find("button");
    button.focus().unwrap();
    page.until(|| page.is_shown(".tip")).await;
    assert_eq!(page.text_anywhere(".tip"), "Not yet.");
    press_key(&button, "Escape");
    page.until(|| !page.is_shown(".tip")).await;
}

#[wasm_bindgen_test]
async fn the_reason_that_is_shown_is_the_one_that_holds_now_and_goes_with_it() {
    let disabled_reason = RwSignal::new(Some(String::from("Wait 2 seconds.")));
    let page = Page::mount(move || {
        view! { <Button disabled_reason=Signal::derive(move || disabled_reason.get())>"Go"</Button> }
    });
    page.find("button").focus().unwrap();
    page.until(|| page.is_shown(".tip") && page.text_anywhere(".tip") == "Wait 2 seconds.").await;
    disabled_reason.set(Some("Wait 1 second.".into()));
    page.until(|| page.is_shown(".tip") && page.text_anywhere(".tip") == "Wait 1 second.").await;
    disabled_reason.set(None);
    page.until(|| !page.is_shown(".tip")).await;
}

#[wasm_bindgen_test]
fn a_disabled_submit_button_does_not_submit_its_form() {
    let submitted = RwSignal::new(false);
    let page = Page::mount(move || {
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            submitted.set(true);
        };
        view! {
            <form on:submit=submit>
                <Button submit=true disabled_reason=Some(String::from("Fill in the form."))>"Send"</Button>
            </form>
        }
    });
    page.find("button").click();
    assert!(!submitted.get_untracked());
}

#[wasm_bindgen_test]
async fn a_busy_button_ignores_presses_and_keeps_its_width() {
    let (busy, pressed) = (RwSignal::new(false), RwSignal::new(0));
    let page = Page::mount(move || {
        let on_press = move |()| {
            pressed.update(|count| *count += 1);
            busy.set(true);
        };
        view! { <Button kind=ButtonKind::Primary busy on_press>"Save"</Button> }
    });
    let button = page.find("button");
    let width = button.offset_width();
    button.click();
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
    page.until(|| button.get_attribute("aria-busy").as_deref() == Some("true")).await;
    assert_eq!(button.offset_width(), width);
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_home_of_a_button_that_a_press_takes_away_and_of_no_other() {
    let gone = RwSignal::new(false);
    let page = Page::mount(move || {
        view! {
            <div data-home="">
                <Show when=move || !gone.get()>
                    <Button on_press=move |()| gone.set(true)>"Go"</Button>
                </Show>
                <Button on_press=|()| ()>"Stay"</Button>
            </div>
        }
    });
    // As in browsers that do not focus what is pressed.
    page.find("button:last-of-type").click();
    let later = RwSignal::new(false);
    request_animation_frame(move || later.set(true));
    page.until(|| later.get_untracked()).await;
    assert!(!page.is_focused("[data-home]"));
    page.find("button").click();
    page.until(|| page.is_focused("[data-home]")).await;
}

#[wasm_bindgen_test]
async fn a_reason_lies_over_no_other_button_of_its_group_where_there_is_room_beyond_all_of_them() {
    let page = Page::mount(|| {
        view! {
            <div class="group">
                <Button disabled_reason=Some(String::from("Not yet."))>"One"</Button>
                <Button>"Two"</Button>
                <Button>"Three"</Button>
            </div>
            <style>
                ".group { display: grid; inset: 0 auto auto 0; position: fixed; } .tip { margin: 0; position: fixed; inset: auto; }"
            </style>
        }
    });
    page.find("button").focus().unwrap();
    page.until(|| page.is_shown(".tip")).await;
    let tip = document().query_selector(".tip").unwrap().unwrap().get_bounding_client_rect();
    let group = page.find(".group").get_bounding_client_rect();
    assert!(tip.top() >= group.bottom(), "{} {}", tip.top(), group.bottom());
}
