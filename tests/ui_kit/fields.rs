//! Form fields.

use super::page::{Page, press_key};
use portal::markup::view;
use portal::signal::{Callback, RwSignal, Signal};
use portal::ui::{FieldKind, RadioGroup, RadioOption, SearchField, Select, TextField};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn showing_a_password_keeps_what_was_typed_and_the_button_keeps_its_name() {
    let value = RwSignal::new(String::new());
    let page = Page::mount(move || view! { <TextField label="Password" value kind=FieldKind::Password /> });
    page.type_into("input", "secret");
    let reveal = page.find("button");
    reveal.click();
    page.until(|| page.find("input").get_attribute("type").as_deref() == Some("text")).await;
    assert_eq!(page.value("input"), "secret");
    assert_eq!(value.get_untracked(), "secret");
    assert_eq!(reveal.get_attribute("aria-label").as_deref(), Some("Show password"));
    assert_eq!(reveal.get_attribute("aria-pressed").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn an_error_is_read_before_the_hint_and_marks_the_field() {
    let error = RwSignal::new(None::<String>);
    let page = Page::mount(move || {
        view! { <TextField label="Email" value=RwSignal::new(String::new()) hint="As on your invoice." error /> }
    });
    let input = page.find("input");
    assert_eq!(page.description(&input), "As on your invoice.");
    error.set(Some("Enter an address.".into()));
    page.until(|| input.get_attribute("aria-invalid").is_some()).await;
    assert_eq!(page.description(&input), "Enter an address. As on your invoice.");
}

#[wasm_bindgen_test]
async fn an_error_is_read_out_to_whoever_is_in_the_field_and_not_twice_to_whoever_is_brought_there() {
    let error = RwSignal::new(None::<String>);
    let page = Page::mount(move || {
        view! {
            <TextField label="Email" value=RwSignal::new(String::new()) error />
            <button>"Send"</button>
        }
    });
    let is_read = |wanted| page.find(".said").get_attribute("aria-live").as_deref() == wanted;
    let (input, button) = (page.find("input"), page.find("button"));
    input.focus().unwrap();
    page.until(|| is_read(Some("assertive"))).await;
    error.set(Some("Enter an address.".into()));
    page.until(|| page.text(".said") == "Enter an address.").await;
    assert!(is_read(Some("assertive")));
    // It is known by now, and the description of the field.
    button.focus().unwrap();
    page.until(|| is_read(None)).await;
    input.focus().unwrap();
    press_key(&input, "a");
    assert!(is_read(None));
    error.set(None);
    page.until(|| page.text(".said").is_empty()).await;
    press_key(&input, "b");
    page.until(|| is_read(Some("assertive"))).await;
}

#[wasm_bindgen_test]
async fn escape_empties_a_search_field() {
    let value = RwSignal::new(String::from("ada"));
    let page = Page::mount(move || view! { <SearchField label="Find a member" value /> });
    press_key(&page.find("input"), "Escape");
    page.until(|| page.value("input").is_empty()).await;
    assert_eq!(value.get_untracked(), "");
}

#[wasm_bindgen_test]
fn a_radio_group_starts_with_its_answer_and_follows_a_press() {
    let selected = RwSignal::new("view");
    let page = Page::mount(move || {
        let option =
            |value, label: &str| RadioOption { value, label: label.into(), hint: "What it means.".into() };
        view! { <RadioGroup legend="Access" options=vec![option("view", "View only"), option("full", "Full access")] selected /> }
    });
    assert!(page.find("[value=view]").matches(":checked").unwrap());
    page.find("[value=full]").click();
    assert_eq!(selected.get_untracked(), "full");
    assert_eq!(page.description(&page.find("[value=full]")), "What it means.");
}

#[wasm_bindgen_test]
fn a_select_shows_the_option_it_is_told() {
    let page = Page::mount(|| {
        let options = Signal::stored(vec![("1".into(), "North".into()), ("2".into(), "South".into())]);
        view! { <Select label="Team" options selected="2" on_change=Callback::new(|_| ()) /> }
    });
    assert_eq!(page.find("option:checked").text_content().as_deref(), Some("South"));
}
