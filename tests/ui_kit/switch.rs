//! Switches.

use super::page::Page;
use portal::markup::{made, view};
use portal::signal::{Callback, RwSignal};
use portal::ui::{Switch, SwitchParts, SwitchState};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_name_of_a_switch_stays_when_its_state_changes() {
    let checked = RwSignal::new(Some(false));
    let page = Page::mount(move || {
        let on_toggle = Callback::new(move |on| checked.set(Some(on)));
        view! { <Switch label="Make bookings for Ada" checked on_toggle /> }
    });
    let switch = page.find("[role=switch]");
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("false"));
    switch.click();
    page.until(|| switch.get_attribute("aria-checked").as_deref() == Some("true")).await;
    assert_eq!(switch.get_attribute("aria-label").as_deref(), Some("Make bookings for Ada"));
    assert_eq!(checked.get_untracked(), Some(true));
}

#[wasm_bindgen_test]
fn an_unknown_switch_says_so_and_does_not_toggle() {
    let toggled = RwSignal::new(false);
    let page = Page::mount(move || {
        let on_toggle = Callback::new(move |_| toggled.set(true));
        view! { <Switch label="Make bookings for Ada" checked=None on_toggle /> }
    });
    let switch = page.find("[role=switch]");
    switch.focus().unwrap();
    switch.click();
    assert!(page.has_focus(&switch));
    assert!(!toggled.get_untracked());
    assert!(page.description(&switch).starts_with("Unknown"));
}

#[wasm_bindgen_test]
fn a_failed_change_is_told_beside_the_switch_and_by_it() {
    let page = Page::mount(|| {
        let boxed = SwitchParts::make();
        let label = String::from("Make bookings for Ada");
        let failure = Some(String::from("Not saved."));
        SwitchParts::of(&boxed).unwrap().show(SwitchState {
            label,
            on: Some(true),
            failure,
            ..SwitchState::default()
        });
        made(boxed, ())
    });
    let switch = page.find("[role=switch]");
    assert_eq!(page.description(&switch), "Not saved.");
    assert_eq!(switch.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(page.find(".switch-box__error").offset_height() > 0);
}
