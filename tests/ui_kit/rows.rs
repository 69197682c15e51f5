//! Long tables: which rows are in the page, and where.

use super::rows_list::{List, all, row_index};
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn only_rows_near_what_is_seen_are_in_the_page_and_the_others_have_their_room() {
    let list = List::of("few", all(0..10_000)).shown().await;
    assert!(list.page.count("tr[data-key]") < 40, "{}", list.page.count("tr[data-key]"));
    assert_eq!(list.height(), 300_000.0);
    list.scroll_to(150_000).await;
    assert!(list.page.count("tr[data-key]") < 40);
    assert_eq!((list.height(), list.at_the_edge()), (300_000.0, Some(5_000)));
    list.scroll_to(i32::MAX).await;
    list.page.until(|| list.is_there(9_999)).await;
    assert_eq!(list.height(), 300_000.0);
}

#[wasm_bindgen_test]
async fn every_row_says_its_place_in_the_whole_right_after_scrolling() {
    let list = List::of("places", all(0..10_000)).shown().await;
    for top in [0, 90_000, 90_045, 299_000, 45_000] {
        list.scroll_to(top).await;
        let rows = list.rows();
        assert!(rows.iter().all(|(key, row)| row_index(row) == key + 2), "at {top}");
        assert!(rows.is_sorted_by_key(|(key, _)| *key), "from top to bottom, at {top}");
    }
}

#[wasm_bindgen_test]
async fn a_row_that_stays_near_is_neither_made_anew_nor_moved() {
    let list = List::of("near", all(0..1_000)).shown().await;
    let before = list.rows();
    list.scroll_to(90).await;
    list.page.until(|| list.rows().len() > before.len()).await;
    for (key, row) in before {
        assert!(row.is_connected() && list.times_made(key) == 1, "row {key}");
    }
    list.scroll_to(20_000).await;
    list.page.until(|| !list.is_there(0)).await;
    list.scroll_to(0).await;
    assert_eq!((list.times_made(0), list.times_made(300)), (2, 0));
}

#[wasm_bindgen_test]
async fn the_first_picture_has_only_the_rows_that_are_seen_and_those_that_come_later_move_none() {
    let list = List::of("first", all(0..10_000)).shown().await;
    let first = list.rows();
    assert!((10..=13).contains(&first.len()), "{} rows", first.len());
    let tops = || (0..9).map(|key| list.top_of(key)).collect::<Vec<_>>();
    let before = tops();
    list.page.until(|| list.page.count("tr[data-key]") > 13).await;
    assert_eq!(tops(), before);
}

#[wasm_bindgen_test]
async fn after_a_leap_only_what_is_seen_is_made_at_once_and_the_rest_when_the_list_rests() {
    let list = List::of("leap", all(0..10_000)).shown().await;
    for top in [150_000, 30_000, 240_000] {
        list.scroll_to(top).await;
        // Ten are seen, of which one in part, and one more lies on either side.
        let (rows, first) = (list.page.count("tr[data-key]"), i64::from(top) / 30);
        assert!((10..=13).contains(&rows), "{rows} rows at {top}");
        assert!((first..first + 9).all(|key| list.is_there(key)), "at {top}");
    }
    list.page.until(|| list.page.count("tr[data-key]") > 20).await;
    assert_eq!(list.at_the_edge(), Some(8_000));
}

fn uneven(key: i64) -> u32 {
    30 + 17 * u32::try_from(key * 7 % 5).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn rows_of_different_heights_lie_where_the_heights_of_those_above_add_up() {
    let list = List::with("uneven", all(0..200), uneven).shown().await;
    let top = |row: i64| (0..row).map(|key| f64::from(uneven(key))).sum::<f64>();
    // What was never seen is taken to be like the first row; from here on all of it is known.
    for key in (0..200).step_by(4) {
        list.scroll_to(top(key) as i32).await;
        list.page.until(|| list.is_there(key)).await;
        assert_eq!(list.top_of(key), top(key), "row {key}");
    }
    list.scroll_to(i32::MAX).await;
    list.page.until(|| list.is_there(199)).await;
    assert_eq!((list.top_of(199), list.height()), (top(199), top(200)));
    list.scroll_to(0).await;
    list.scroll_to(top(150) as i32).await;
    assert_eq!((list.at_the_edge(), list.top_of(150)), (Some(150), top(150)));
}

#[wasm_bindgen_test]
async fn what_is_seen_is_full_of_rows_even_where_they_are_lower_than_assumed() {
    let list = List::with("lower", all(0..1_000), |key| if key == 0 { 150 } else { 21 }).shown().await;
    for top in [40_000, 90_000, 120] {
        list.scroll_to(top).await;
        let scroller = list.scroller().get_bounding_client_rect();
        let (first, last) = (list.rows().remove(0).1, list.rows().pop().unwrap().1);
        assert!(first.get_bounding_client_rect().top() <= scroller.top(), "at {top}");
        assert!(last.get_bounding_client_rect().bottom() >= scroller.bottom(), "at {top}");
    }
}

#[wasm_bindgen_test]
async fn the_end_is_reached_at_once_also_where_rows_are_taller_than_assumed() {
    let list = List::with("end", all(0..1_000), |key| if key < 900 { 30 } else { 80 }).shown().await;
    list.scroll_to(i32::MAX).await;
    list.page.until(|| list.is_there(999)).await;
    let (list_end, row_end) = (list.scroller(), list.button(999, "first").closest("tr").unwrap().unwrap());
    let end = |element: &leptos::web_sys::Element| element.get_bounding_client_rect().bottom();
    list.page.until(|| (end(&row_end) - end(&list_end)).abs() < 1.0).await;
    // The rows above it that come when the list rests are taller, too.
    list.page.until(|| list.page.count("tr[data-key]") > 8).await;
    assert!((end(&row_end) - end(&list_end)).abs() < 1.0);
}

#[wasm_bindgen_test]
async fn the_end_stays_the_end_when_rows_below_the_window_turn_out_taller() {
    let list = List::with("end below", all(0..1_000), |key| if key < 996 { 30 } else { 80 }).shown().await;
    list.scroller().style().set_property("inset-block-start", "calc(100vh - 80px)").unwrap();
    list.scroll_to(i32::MAX).await;
    list.page.until(|| list.page.count("tr[data-key]") > 8).await;
    let scroller = list.scroller();
    assert_eq!(scroller.scroll_height() - scroller.client_height() - scroller.scroll_top(), 0);
}

#[wasm_bindgen_test]
async fn where_the_page_scrolls_whoever_is_past_the_end_of_the_list_stays_as_far_past_it() {
    let list = List::with("page", all(0..1_000), |key| if key < 900 { 30 } else { 80 }).shown().await;
    let style = list.scroller().style();
    for (name, value) in [("position", "static"), ("block-size", "auto"), ("margin-block-end", "150px")] {
        style.set_property(name, value).unwrap();
    }
    let left = || {
        let page = leptos::prelude::document().document_element().unwrap();
        page.scroll_height() - page.client_height() - page.scroll_top()
    };
    window().scroll_by_with_x_and_y(0.0, f64::from(left()));
    list.page.until(|| list.is_there(999) && left() <= 1).await;
    list.page.until(|| list.page.count("tr[data-key]") > 8).await;
    assert!(left() <= 1, "{} left", left());
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn a_list_can_be_empty_and_become_full() {
    let list = List::of("empty", all(0..0));
    list.page.until(|| list.page.query("tbody").is_some()).await;
    assert_eq!((list.page.count("tbody tr"), list.height()), (0, 0.0));
    list.show(all(5..8));
    list.page.until(|| list.page.count("tr[data-key]") == 3).await;
    assert_eq!(row_index(&list.rows().remove(0).1), 2);
    list.show(all(0..0));
    list.page.until(|| list.page.count("tbody tr[data-key]") == 0).await;
    assert_eq!(list.height(), 0.0);
}

#[wasm_bindgen_test]
async fn a_list_of_a_thousand_becomes_one_of_three_while_it_is_scrolled_far_down() {
    let list = List::of("fewer", all(0..1_000)).shown().await;
    list.scroll_to(20_000).await;
    list.show(all([900, 3, 17].into_iter()));
    list.page.until(|| list.page.count("tr[data-key]") == 3).await;
    let rows = list.rows();
    assert_eq!(
        rows.iter().map(|(key, row)| (*key, row_index(row))).collect::<Vec<_>>(),
        [(900, 2), (3, 3), (17, 4)]
    );
    assert_eq!((list.height(), list.scroller().scroll_top()), (90.0, 0));
    list.show(all(0..1_000));
    list.page.until(|| list.page.count("tr[data-key]") > 3).await;
    assert_eq!((list.height(), list.at_the_edge()), (30_000.0, Some(0)));
}

#[wasm_bindgen_test]
async fn a_list_comes_back_where_it_was_scrolled_to_and_another_one_begins_at_its_top() {
    let list = List::of("remembered", all(0..1_000)).shown().await;
    list.scroll_to(12_000).await;
    assert_eq!(list.at_the_edge(), Some(400));
    drop(list);
    let again = List::of("remembered", all(0..1_000)).shown().await;
    assert_eq!((again.scroller().scroll_top(), again.at_the_edge()), (12_000, Some(400)));
    let other = List::of("not remembered", all(0..1_000)).shown().await;
    assert_eq!((other.scroller().scroll_top(), other.at_the_edge()), (0, Some(0)));
}

#[wasm_bindgen_test]
async fn the_row_that_was_seen_first_is_seen_first_again_whatever_the_heights_of_those_above() {
    let seen = |list: &List| {
        let key = list.at_the_edge().unwrap();
        (key, list.button(key, "first").get_bounding_client_rect().top().round())
    };
    let list = List::with("seen first", all(0..1_000), uneven).shown().await;
    list.scroll_to(9_010).await;
    let before = seen(&list);
    drop(list);
    for _ in 0..3 {
        let again = List::with("seen first", all(0..1_000), uneven).shown().await;
        assert_eq!(seen(&again), before);
    }
}

fn top_of(list: &List, key: i64) -> f64 {
    let rows = list.rows();
    let (_, row) = rows.iter().find(|(one, _)| *one == key).unwrap();
    row.get_bounding_client_rect().top()
}

#[wasm_bindgen_test]
async fn who_comes_or_goes_above_moves_nothing_that_is_looked_at() {
    let even: Vec<i64> = (0..400).step_by(2).collect();
    let list = List::with("come and go", even.clone().into(), uneven).shown().await;
    for to in [1_000, 3_000] {
        list.scroll_to(to).await;
    }
    let looked_at = list.at_the_edge().unwrap();
    let before = top_of(&list, looked_at);
    let other = even.into_iter().filter(|key| *key != 4).chain([1, 3, 5, 7, 9]);
    let other: std::collections::BTreeSet<i64> = other.collect();
    list.show(all(other.into_iter()));
    let now_at = looked_at / 2 + 4 + 2;
    list.page
        .until(|| list.rows().iter().any(|(key, row)| *key == looked_at && row_index(row) == now_at))
        .await;
    assert!((top_of(&list, looked_at) - before).abs() < 1.0, "{before} {}", top_of(&list, looked_at));
}

#[wasm_bindgen_test]
async fn what_is_looked_at_is_not_made_anew_when_more_come_above_than_are_seen() {
    let keys = || (0..40_000).step_by(100);
    let list = List::with("many above", all(keys()), |_| 100).shown().await;
    list.scroll_to(2_000).await;
    list.page.until(|| list.page.count("tr[data-key]") > 8).await;
    let looked_at = list.at_the_edge().unwrap();
    let before = top_of(&list, looked_at);
    let place = looked_at / 100;
    for come in [6, 20] {
        let among = looked_at - come..looked_at;
        let (above, below) = (keys().filter(|key| *key < looked_at), keys().filter(|key| *key >= looked_at));
        list.show(all(above.chain(among).chain(below)));
        let row = || list.rows().into_iter().find(|(key, _)| *key == looked_at);
        list.page.until(|| row().is_some_and(|(_, row)| row_index(&row) == place + come + 2)).await;
        assert_eq!((list.times_made(looked_at), top_of(&list, looked_at)), (1, before), "{come} came");
    }
}

#[wasm_bindgen_test]
async fn a_list_that_is_scrolled_by_less_than_its_headings_is_scrolled() {
    let list = List::of("a little", all(1..100)).shown().await;
    list.scroll_to(31).await;
    let before = top_of(&list, 2);
    list.show(all(0..100));
    list.page.until(|| list.rows().iter().any(|(key, row)| *key == 2 && row_index(row) == 4)).await;
    assert_eq!((list.at_the_edge(), top_of(&list, 2)), (Some(2), before));
}

#[wasm_bindgen_test]
async fn rows_that_come_when_the_list_rests_move_nothing_also_near_its_end() {
    let list = List::with("near the end", all(0..1_000), |key| if key == 0 { 80 } else { 50 }).shown().await;
    let scroller = list.scroller();
    list.scroll_to(scroller.scroll_height() - scroller.client_height() - 100).await;
    let (rows, looked_at) = (list.page.count("tr[data-key]"), list.at_the_edge().unwrap());
    let before = top_of(&list, looked_at);
    list.page.until(|| list.page.count("tr[data-key]") > rows).await;
    assert!((top_of(&list, looked_at) - before).abs() < 1.0, "{before} {}", top_of(&list, looked_at));
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_stays_where_it_is_also_at_the_top() {
    let list = List::of("at the top", all(1..100)).shown().await;
    list.button(3, "first").focus().unwrap();
    let before = top_of(&list, 3);
    list.show(all(0..100));
    list.page.until(|| list.rows().iter().any(|(key, row)| *key == 3 && row_index(row) == 5)).await;
    assert!((top_of(&list, 3) - before).abs() < 1.0);
    // Another list begins as it is.
    list.show(all(200..300));
    list.page.until(|| list.is_there(200)).await;
    assert_eq!(list.top_of(200), 0.0);
}

#[wasm_bindgen_test]
async fn on_paper_all_rows_are_there() {
    let list = List::of("paper", all(0..300)).shown().await;
    let tell = |name| window().dispatch_event(&leptos::web_sys::Event::new(name).unwrap()).unwrap();
    tell("beforeprint");
    assert_eq!(list.page.count("tr[data-key]"), 300);
    tell("afterprint");
    assert!(list.page.count("tr[data-key]") < 40);
    list.show(all(0..2_000));
    list.page.until(|| list.height() == 60_000.0).await;
    tell("beforeprint");
    assert!(list.page.count("tr[data-key]") < 40, "more of them would take minutes");
    tell("afterprint");
}
