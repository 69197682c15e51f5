//! Dialogs.

use super::page::{Page, cancel};
use portal::markup::{Show, View, view};
use portal::signal::{Callback, RwSignal};
use portal::ui::{Button, Dialog, TextField};
use wasm_bindgen_test::wasm_bindgen_test;

fn opener(open: RwSignal<bool>) -> View {
    let on_close = Callback::new(move |()| open.set(false));
    view! {
        <h1>"Page"</h1>
        <Show when=move || !open.get() || !GONE.get()>
            <Button on_press=move |()| open.set(true)>"Open"</Button>
        </Show>
        <Dialog open title="Leave?" about="What was typed is lost." on_close>
            <TextField label="Reason" value=RwSignal::new(String::new()) />
        </Dialog>
    }
}

thread_local! {
    static GONE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_and_gives_it_back_on_escape() {
    GONE.set(false);
    let open = RwSignal::new(false);
    let page = Page::mount(move || opener(open));
    let button = page.find("button");
    button.focus().unwrap();
    button.click();
    page.until(|| page.is_focused("dialog input")).await;
    let dialog = page.find("dialog");
    assert!(dialog.matches(":modal").unwrap());
    assert_eq!(page.label_text(&dialog), "Leave?");
    assert_eq!(page.description(&dialog), "What was typed is lost.");
    cancel(&dialog);
    page.until(|| page.query("dialog").is_none() && page.has_focus(&button)).await;
    assert!(!open.get_untracked());
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_heading_when_the_opener_has_gone() {
    GONE.set(true);
    let open = RwSignal::new(false);
    let page = Page::mount(move || opener(open));
    let button = page.find("button");
    button.focus().unwrap();
    button.click();
    page.until(|| page.query("dialog").is_some_and(|dialog| dialog.matches(":modal").unwrap())).await;
    assert!(!button.is_connected());
    open.set(false);
    page.until(|| page.is_focused("h1")).await;
}

#[wasm_bindgen_test]
async fn each_opening_starts_afresh() {
    GONE.set(false);
    let open = RwSignal::new(true);
    let page = Page::mount(move || opener(open));
    page.until(|| page.is_focused("dialog input")).await;
    page.type_into("dialog input", "a draft");
    open.set(false);
    page.until(|| page.query("dialog").is_none()).await;
    open.set(true);
    page.until(|| page.is_focused("dialog input")).await;
    assert_eq!(page.value("dialog input"), "");
}
