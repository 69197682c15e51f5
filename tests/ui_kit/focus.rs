//! The focus, where an answer takes away what had it.

use super::page::Page;
use portal::markup::{Show, View, view};
use portal::signal::{Callback, RwSignal};
use portal::ui::{Button, Dialog, TextField, outlive_focus};
use wasm_bindgen_test::wasm_bindgen_test;

fn form() -> View {
    outlive_focus();
    view! { <TextField label="Password" value=RwSignal::new(String::new()) /> }
}

#[wasm_bindgen_test]
async fn the_heading_takes_the_focus_of_a_form_that_an_answer_takes_away() {
    let asked = RwSignal::new(true);
    let page = Page::mount(move || {
        view! {
            <h1>"Sign in"</h1>
            {move || asked.get().then(form)}
        }
    });
    page.find("input").focus().unwrap();
    asked.set(false);
    page.until(|| page.is_focused("h1")).await;
}

#[wasm_bindgen_test]
async fn in_a_dialog_that_stays_it_is_the_dialogs_and_one_that_closes_gives_the_focus_back() {
    let (open, asked) = (RwSignal::new(false), RwSignal::new(true));
    let page = Page::mount(move || {
        view! {
            <h1>"Page"</h1>
            <Button on_press=move |()| open.set(true)>"Open"</Button>
            <Dialog open title="Sign in again" on_close=Callback::new(move |()| open.set(false))>
                <Show when=move || asked.get()>{form()}</Show>
            </Dialog>
        }
    });
    let button = page.find("button");
    button.focus().unwrap();
    button.click();
    page.until(|| page.is_focused("dialog input")).await;
    asked.set(false);
    page.until(|| page.is_focused("dialog h2")).await;
    asked.set(true);
    page.until(|| page.query("dialog input").is_some()).await;
    page.find("dialog input").focus().unwrap();
    open.set(false);
    page.until(|| page.query("dialog").is_none() && page.has_focus(&button)).await;
}
