//! Messages in the page.

use super::page::Page;
use portal::markup::{IntoView, view};
use portal::signal::RwSignal;
use portal::ui::{AlertKind, status};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_is_no_error_comes_into_a_place_that_was_there_before_it_and_took_no_room() {
    let said = RwSignal::new(None::<&'static str>);
    let page = Page::mount(move || {
        view! { <p>"Before"</p>{status(AlertKind::Info, move || said.get().map(IntoView::into_view))} }
    });
    let place = page.find("[role=status]");
    assert_eq!(place.offset_height(), 0);
    said.set(Some("You are connected again."));
    page.until(|| page.text("[role=status]") == "You are connected again.").await;
    assert!(place.is_connected());
    assert_eq!(page.count("[role=status]"), 1);
    said.set(None);
    page.until(|| page.text("[role=status]").is_empty() && place.is_connected()).await;
}
