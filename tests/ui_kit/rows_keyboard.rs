//! Long tables: the focus and the keyboard.

use super::page::{press_ctrl_key, press_key};
use super::rows_list::{List, all};
use wasm_bindgen_test::wasm_bindgen_test;

fn at(key: i64, name: &str) -> Option<(i64, String)> {
    Some((key, name.to_owned()))
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_stays_however_far_one_scrolls_and_is_the_same_when_one_comes_back() {
    let list = List::of("focus", all(0..10_000)).shown().await;
    let button = list.button(3, "second");
    button.focus().unwrap();
    for top in [100_000, 299_000, 50_000] {
        list.scroll_to(top).await;
        assert!(list.page.has_focus(&button), "at {top}");
        assert_eq!(list.height(), 300_000.0, "at {top}");
        assert!(!list.is_there(4), "its neighbours are not needed");
    }
    list.scroll_to(0).await;
    assert!(list.page.has_focus(&button));
    assert_eq!((list.times_made(3), list.top_of(3)), (1, 90.0));
    list.button(5, "first").focus().unwrap();
    list.scroll_to(100_000).await;
    assert!(!list.is_there(3), "it stays only as long as it has the focus");
}

#[wasm_bindgen_test]
async fn the_arrows_move_the_focus_to_the_same_control_of_the_next_row() {
    let list = List::of("arrows", all(0..50)).shown().await;
    list.button(0, "second").focus().unwrap();
    for (key, row) in [("ArrowUp", 0), ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1)] {
        press_key(&list.page.focused(), key);
        assert_eq!(list.focused_in(), at(row, "second"), "after {key}");
    }
    press_key(&list.page.focused(), "ArrowRight");
    assert_eq!(list.focused_in(), at(1, "second"), "other keys are left to the browser");
}

#[wasm_bindgen_test]
async fn ctrl_with_home_and_end_reach_rows_that_were_not_in_the_page() {
    let list = List::of("ends", all(0..10_000)).shown().await;
    list.button(4, "first").focus().unwrap();
    press_ctrl_key(&list.page.focused(), "End");
    assert_eq!(list.focused_in(), at(9_999, "first"));
    assert!(is_seen_whole(&list, 9_999));
    press_key(&list.page.focused(), "ArrowDown");
    assert_eq!(list.focused_in(), at(9_999, "first"), "there is none below");
    press_ctrl_key(&list.page.focused(), "Home");
    assert_eq!(list.focused_in(), at(0, "first"));
    assert!(is_seen_whole(&list, 0));
}

#[wasm_bindgen_test]
async fn ctrl_with_end_reaches_the_last_row_also_where_rows_are_taller_than_assumed() {
    let tall = |key| if key == 0 { 30 } else { 30 + 50 * u32::from(key % 3 == 0) };
    let list = List::with("tall ends", all(0..1_000), tall).shown().await;
    list.button(0, "first").focus().unwrap();
    press_ctrl_key(&list.page.focused(), "End");
    assert_eq!(list.focused_in(), at(999, "first"));
    assert!(is_seen_whole(&list, 999));
}

#[wasm_bindgen_test]
async fn ctrl_with_end_reaches_the_last_row_also_where_it_hangs_far_below_the_window() {
    let list = List::of("hangs", all(0..1_000)).shown().await;
    let style = list.scroller().style();
    style.set_property("inset-block-start", "calc(100vh - 150px)").unwrap();
    style.set_property("block-size", "600px").unwrap();
    list.button(0, "second").focus().unwrap();
    press_ctrl_key(&list.page.focused(), "End");
    assert_eq!(list.focused_in(), at(999, "second"));
    list.scroll_to(3_000).await;
    list.button(100, "second").focus().unwrap();
    press_ctrl_key(&list.page.focused(), "Home");
    assert_eq!(list.focused_in(), at(0, "second"));
}

#[wasm_bindgen_test]
async fn page_up_and_down_move_by_what_is_seen_and_what_has_the_focus_is_never_under_the_headings() {
    let list = List::of("pages", all(0..1_000)).shown().await;
    list.button(0, "second").focus().unwrap();
    let mut before = 0;
    for _ in 0..5 {
        press_key(&list.page.focused(), "PageDown");
        let (key, name) = list.focused_in().unwrap();
        assert!((before + 4..=before + 10).contains(&key), "from {before} to {key}");
        assert_eq!(name, "second");
        assert!(is_seen_whole(&list, key));
        before = key;
    }
    while before > 0 {
        press_key(&list.page.focused(), "PageUp");
        let (key, _) = list.focused_in().unwrap();
        assert!(key < before && is_seen_whole(&list, key), "from {before} to {key}");
        before = key;
    }
}

#[wasm_bindgen_test]
async fn the_keys_lead_on_from_a_row_that_is_out_of_sight() {
    let list = List::of("far", all(0..1_000)).shown().await;
    list.button(2, "first").focus().unwrap();
    list.scroll_to(20_000).await;
    press_key(&list.page.focused(), "ArrowDown");
    assert_eq!(list.focused_in(), at(3, "first"));
    assert!(is_seen_whole(&list, 3));
}

#[wasm_bindgen_test]
async fn another_order_leaves_the_focus_on_the_row_that_had_it() {
    let list = List::of("order", all(0..1_000)).shown().await;
    let button = list.button(2, "second");
    button.focus().unwrap();
    list.show(all((0..1_000).rev()));
    list.page.until(|| list.is_there(999)).await;
    assert!(list.page.has_focus(&button) && list.times_made(2) == 1);
    assert_eq!(list.page.find("tr[data-key=\"2\"]").get_attribute("aria-rowindex").as_deref(), Some("999"));
    press_key(&list.page.focused(), "ArrowDown");
    assert_eq!(list.focused_in(), at(1, "second"));
}

/// A key that was meant for the row that is gone would change another one.
#[wasm_bindgen_test]
async fn when_the_row_with_the_focus_goes_the_list_has_it_and_no_other_row() {
    let list = List::of("gone", all(0..1_000)).shown().await;
    list.button(4, "second").focus().unwrap();
    list.show(all((0..1_000).filter(|key| *key != 4)));
    list.page.until(|| !list.is_there(4)).await;
    assert!(list.page.has_focus(&list.scroller()));
    assert_eq!(list.scroller().scroll_top(), 0);
}

#[wasm_bindgen_test]
async fn when_the_whole_list_goes_the_heading_has_the_focus() {
    let list = List::of("all gone", all(0..3)).shown().await;
    list.button(1, "first").focus().unwrap();
    list.put_away();
    list.page.until(|| list.page.query("table").is_none()).await;
    assert!(list.page.is_focused("h1"));
}

/// Below the headings and above the lower edge.
fn is_seen_whole(list: &List, key: i64) -> bool {
    let scroller = list.scroller().get_bounding_client_rect();
    let row = list.button(key, "first").closest("tr").unwrap().unwrap().get_bounding_client_rect();
    row.top() >= scroller.top() + 39.0
        && row.bottom() <= scroller.top() + f64::from(list.scroller().client_height()) + 1.0
}
