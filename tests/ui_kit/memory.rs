//! What comes and goes leaves nothing behind.

use super::page::Page;
use super::rows_list::{List, all};
use leptos::prelude::*;
use leptos::wasm_bindgen::{self, JsCast};
use portal::markup::{Keyed, keyed, live, view};
use portal::memo::Memo;
use portal::signal::{RwSignal, effect};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// The size of a page of WebAssembly memory, by which it grows.
const PAGE: u32 = 65_536;

fn memory() -> u32 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    memory.buffer().unchecked_into::<js_sys::ArrayBuffer>().byte_length()
}

/// Goes on step by step, each shown before the next, and looks whether that takes memory. In twenty thousand things that
/// come and go, some ten bytes of each would be three pages.
async fn stays_flat(page: &Page, go: impl Fn(usize) -> String) {
    let mut before = 0;
    for step in 1..=1_100 {
        let shown = go(step);
        // Not by frames, of which a second has sixty.
        let mut turns = 0;
        while page.count(&shown) == 0 {
            turns += 1;
            assert!(turns < 1_000, "{shown} does not come");
            JsFuture::from(js_sys::Promise::resolve(&js_sys::Boolean::from(true))).await.unwrap();
        }
        if step == 100 {
            before = memory();
        }
    }
    assert!(memory() - before <= PAGE, "{} bytes are left", memory() - before);
}

/// The next step, and where it is seen.
fn stepping(step: RwSignal<usize>) -> impl Fn(usize) -> String {
    move |to| {
        step.set(to);
        format!("[data-step=\"{to}\"]")
    }
}

#[wasm_bindgen_test]
async fn views_that_look_at_what_stays_take_no_memory_once_they_are_gone() {
    let step = RwSignal::new(0);
    let page = Page::mount(move || {
        let name = RwSignal::new("Ada".to_owned());
        let stays = Memo::new(move |_| name.get());
        live(move || {
            for _ in 0..20 {
                let letters = Memo::new(move |_| stays.with(String::len));
                effect(move || assert_eq!(letters.get(), stays.with(String::len)));
            }
            view! { <p data-step=step.get().to_string()>{move || stays.get()}</p> }
        })
    });
    stays_flat(&page, stepping(step)).await;
}

#[wasm_bindgen_test]
async fn items_of_a_list_take_no_memory_once_they_are_gone() {
    let step = RwSignal::new(0);
    let page = Page::mount(move || {
        keyed(move || {
            let step = step.get();
            let item =
                |n: usize| Keyed::new(step * 20 + n, move || view! { <p data-step=step.to_string()></p> });
            (0..20).map(item).collect()
        })
    });
    stays_flat(&page, stepping(step)).await;
}

#[wasm_bindgen_test]
async fn rows_take_no_memory_once_they_are_gone() {
    let list = List::of("memory", all(0..20)).shown().await;
    let go = |step: usize| {
        let first = if step.is_multiple_of(2) { 0 } else { 20 };
        list.show(all(first..first + 20));
        format!("tr[data-key=\"{first}\"]")
    };
    stays_flat(&list.page, go).await;
}
