//! A long table of the tests, and what they ask of it.

use super::page::Page;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use portal::markup::{Show, view};
use portal::signal::{RwSignal, StoredValue};
use portal::ui::{MakeRow, Row, Rows};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How tall a row of a key is, in pixels.
pub type Tall = fn(i64) -> u32;

/// A table of two buttons a row, in a box that scrolls.
pub struct List {
    pub page: Page,
    keys: RwSignal<Arc<Vec<i64>>>,
    there: RwSignal<bool>,
    made: Rc<RefCell<BTreeMap<i64, u32>>>,
}

pub fn all(range: impl Iterator<Item = i64>) -> Arc<Vec<i64>> {
    Arc::new(range.collect())
}

impl List {
    /// Rows of the same height, remembered by nobody else.
    pub fn of(name: &str, keys: Arc<Vec<i64>>) -> Self {
        Self::with(name, keys, |_| 30)
    }

    pub fn with(name: &str, keys: Arc<Vec<i64>>, tall: Tall) -> Self {
        let (keys, name, there) = (RwSignal::new(keys), name.to_owned(), RwSignal::new(true));
        let made = Rc::new(RefCell::new(BTreeMap::new()));
        let count = Rc::clone(&made);
        let page = Page::mount(move || {
            let make: MakeRow = Rc::new(move |key| {
                *count.borrow_mut().entry(key).or_insert(0_u32) += 1;
                Some(row(key, tall(key)))
            });
            let make = StoredValue::new(make);
            let remembered_as = StoredValue::new(name);
            view! {
                <style>
                    ".rows-scroll { block-size: 300px; inset: 0 auto auto 0; overflow: auto; overflow-anchor: none; position: fixed }"
                    ".rows-scroll table { border-spacing: 0 } .rows-scroll :is(th, td) { padding: 0 }"
                    ".rows-scroll thead th { block-size: 40px; inset-block-start: 0; position: sticky }"
                </style>
                <h1>"List"</h1>
                <Show when=move || there.get()>
                    <div class="rows-scroll" tabindex="0">
                        <table>
                            <thead><tr aria-rowindex="1"><th>"Name"</th></tr></thead>
                            <Rows keys=keys.into() make remembered_as/>
                        </table>
                    </div>
                </Show>
            }
        });
        Self { page, keys, there, made }
    }

    /// Waits until there are rows.
    pub async fn shown(self) -> Self {
        self.page.until(|| self.page.count("tr[data-key]") > 0).await;
        self
    }

    /// Takes the whole list off the page.
    pub fn put_away(&self) {
        self.there.set(false);
    }

    /// Shows these rows from now on.
    pub fn show(&self, keys: Arc<Vec<i64>>) {
        self.keys.set(keys);
    }

    pub fn scroller(&self) -> HtmlElement {
        self.page.find(".rows-scroll")
    }

    /// Scrolls, and waits until the rows have heard of it and the row at the upper edge is there.
    pub async fn scroll_to(&self, top: i32) {
        let scroller = self.scroller();
        let before = scroller.scroll_top();
        let heard = js_sys::Promise::new(&mut |resolve, _| {
            scroller.set_onscroll(Some(&resolve));
        });
        scroller.set_scroll_top(top);
        if scroller.scroll_top() != before {
            wasm_bindgen_futures::JsFuture::from(heard).await.unwrap();
        }
        scroller.set_onscroll(None);
        self.page.until(|| self.at_the_edge().is_some()).await;
    }

    /// The key of the row below the headings.
    pub fn at_the_edge(&self) -> Option<i64> {
        let edge = self.scroller().get_bounding_client_rect().top() + 41.0;
        self.rows().into_iter().find_map(|(key, row)| {
            let place = row.get_bounding_client_rect();
            (place.top() <= edge && edge < place.bottom()).then_some(key)
        })
    }

    /// The rows in the page, from top to bottom.
    pub fn rows(&self) -> Vec<(i64, HtmlElement)> {
        let found = self.page.find("tbody").query_selector_all("tr[data-key]").unwrap();
        let row = |n| found.item(n).unwrap().unchecked_into::<HtmlElement>();
        (0..found.length()).map(row).map(|row| (key_of(&row), row)).collect()
    }

    pub fn is_there(&self, key: i64) -> bool {
        self.page.query(&selector(key, "")).is_some()
    }

    pub fn button(&self, key: i64, name: &str) -> HtmlElement {
        self.page.find(&selector(key, &format!(" [name={name}]")))
    }

    pub fn focused_in(&self) -> Option<(i64, String)> {
        let focused = self.page.focused();
        let row = focused.closest("tr[data-key]").unwrap()?;
        Some((key_of(&row), focused.get_attribute("name").unwrap_or_default()))
    }

    /// How often the row of a key was made.
    pub fn times_made(&self, key: i64) -> u32 {
        self.made.borrow().get(&key).copied().unwrap_or_default()
    }

    /// How tall all rows are together, as the browser lays them out.
    pub fn height(&self) -> f64 {
        self.page.find("tbody").get_bounding_client_rect().height()
    }

    /// How far below the beginning of the body a row lies.
    pub fn top_of(&self, key: i64) -> f64 {
        let body = self.page.find("tbody").get_bounding_client_rect().top();
        self.page.find(&selector(key, "")).get_bounding_client_rect().top() - body
    }
}

fn selector(key: i64, inside: &str) -> String {
    format!("tr[data-key=\"{key}\"]{inside}")
}

pub fn key_of(row: &Element) -> i64 {
    row.get_attribute("data-key").unwrap().parse().unwrap()
}

pub fn row_index(row: &Element) -> i64 {
    row.get_attribute("aria-rowindex").unwrap().parse().unwrap()
}

fn row(key: i64, tall: u32) -> Row {
    let element: Element = document().create_element("tr").unwrap();
    element.set_attribute("data-key", &key.to_string()).unwrap();
    let cell: HtmlElement = document().create_element("td").unwrap().unchecked_into();
    cell.style().set_property("block-size", &format!("{tall}px")).unwrap();
    for name in ["first", "second"] {
        let button = document().create_element("button").unwrap();
        button.set_attribute("name", name).unwrap();
        button.set_text_content(Some(name));
        cell.append_child(&button).unwrap();
    }
    element.append_child(&cell).unwrap();
    Row { element, alive: Box::new(()) }
}
