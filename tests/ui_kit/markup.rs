//! Views, and how they change.

use super::page::Page;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use portal::markup::{Keyed, Show, View, keyed, live, mount, view};
use portal::memo::Memo;
use portal::signal::{RwSignal, effect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

fn count() -> (Rc<Cell<u32>>, impl Fn() + Clone + 'static) {
    let times = Rc::new(Cell::new(0));
    let counted = times.clone();
    (times, move || counted.set(counted.get() + 1))
}

#[wasm_bindgen_test]
async fn texts_and_attributes_follow_what_they_read() {
    let name = RwSignal::new("Ada".to_owned());
    let busy = RwSignal::new(false);
    let page = Page::mount(move || {
        view! {
            <p id="who" class:is-busy=move || busy.get() aria-busy=move || busy.get().then_some("true")>
                "I am " {move || name.get()} {move || busy.get().then(|| view! { <em>"busy"</em> })}
            </p>
        }
    });
    let who = page.find("#who");
    assert_eq!(who.outer_html(), "<p id=\"who\">I am Ada<!----></p>");
    name.set("Grace".to_owned());
    busy.set(true);
    page.until(|| page.text("#who") == "I am Gracebusy").await;
    assert_eq!(who.get_attribute("aria-busy").as_deref(), Some("true"));
    assert_eq!(who.class_name(), "is-busy");
    busy.set(false);
    page.until(|| page.text("#who") == "I am Grace").await;
    assert_eq!((who.get_attribute("aria-busy"), who.class_name().as_str()), (None, ""));
    assert_eq!(page.find("#who"), who);
}

#[wasm_bindgen_test]
async fn an_element_that_comes_again_keeps_its_focus_and_what_was_typed() {
    let step = RwSignal::new(1);
    let (times, counted) = count();
    let page = Page::mount(move || {
        live(move || {
            let (step, counted) = (step.get(), counted.clone());
            view! { <div><input class="input" data-step=step.to_string() on:click=move |_| counted()/></div> }
        })
    });
    let input = page.find("input");
    input.focus().unwrap();
    page.type_into("input", "half a word");
    step.set(2);
    page.until(|| input.get_attribute("data-step").as_deref() == Some("2")).await;
    assert!(page.has_focus(&input));
    assert_eq!(page.value("input"), "half a word");
    // Only the listener that came last is left.
    input.click();
    assert_eq!(times.get(), 1);
}

#[wasm_bindgen_test]
async fn an_element_with_other_constants_is_another_one() {
    let code = RwSignal::new(false);
    let page = Page::mount(move || {
        live(move || match code.get() {
            false => view! { <input type="password"/> },
            true => view! { <input type="text"/> },
        })
    });
    let password = page.find("input");
    page.type_into("input", "secret");
    code.set(true);
    page.until(|| page.query("[type=text]").is_some()).await;
    assert!(!password.is_connected());
    assert_eq!((page.count("input"), page.value("input").as_str()), (1, ""));
}

#[wasm_bindgen_test]
async fn a_field_and_its_signal_are_one_and_the_cursor_stays_where_it_is() {
    let typed = RwSignal::new("Maria".to_owned());
    let kept = RwSignal::new(true);
    let page = Page::mount(move || {
        view! { <div><input id="name" bind:value=typed/><input id="keep" type="checkbox" bind:checked=kept/></div> }
    });
    let keep: HtmlInputElement = page.find("#keep").unchecked_into();
    let name: HtmlInputElement = page.find("#name").unchecked_into();
    assert_eq!((name.value().as_str(), keep.checked()), ("Maria", true));
    name.focus().unwrap();
    name.set_selection_range(2, 2).unwrap();
    let input = leptos::web_sys::Event::new("input").unwrap();
    name.dispatch_event(&input).unwrap();
    keep.click();
    page.until(|| !kept.get_untracked()).await;
    assert_eq!(name.selection_start().unwrap(), Some(2));
    page.type_into("#name", "Inés");
    assert_eq!(typed.get_untracked(), "Inés");
    typed.set("Ada".to_owned());
    kept.set(true);
    page.until(|| name.value() == "Ada" && keep.checked()).await;
}

#[wasm_bindgen_test]
async fn a_list_without_keys_keeps_what_stands_before_what_comes_and_goes() {
    let names = RwSignal::new(vec!["a"]);
    let page = Page::mount(move || {
        let item = |name: &'static str| view! { <li><button>{name}</button></li> };
        view! { <ul>{move || names.get().into_iter().map(item).collect::<View>()} <li>"last"</li></ul> }
    });
    let first = page.find("button");
    first.focus().unwrap();
    for (now, shown) in [(vec!["a", "b", "c"], "abclast"), (vec!["x"], "xlast"), (vec!["x", "y"], "xylast")] {
        names.set(now);
        page.until(|| page.text("ul") == shown).await;
        assert!(page.has_focus(&first), "{shown}");
    }
    names.set(Vec::new());
    page.until(|| page.text("ul") == "last").await;
}

#[wasm_bindgen_test]
async fn items_of_a_list_keep_their_nodes_and_what_is_theirs_until_they_go() {
    let keys = RwSignal::new(vec!["a", "b", "c"]);
    let gone = RwSignal::new(String::new());
    let item = move |key: &'static str| {
        Keyed::new(key, move || {
            let pressed = RwSignal::new(0);
            on_cleanup(move || gone.update(|gone| gone.push_str(key)));
            let press = move |_| pressed.update(|pressed| *pressed += 1);
            view! { <li><button id=key on:click=press>{key} {move || pressed.get().to_string()}</button></li> }
        })
    };
    let page = Page::mount(move || {
        view! { <ul>{keyed(move || keys.get().into_iter().map(item).collect())}</ul> }
    });
    assert_eq!(page.text("ul"), "a0b0c0");
    let (a, b) = (page.find("#a"), page.find("#b"));
    b.focus().unwrap();
    keys.set(vec!["x", "b", "a"]);
    page.until(|| page.text("ul") == "x0b0a0").await;
    assert_eq!((page.find("#a"), page.find("#b")), (a, b.clone()));
    assert_eq!(gone.get_untracked(), "c");
    b.click();
    page.until(|| page.text("ul") == "x0b1a0").await;
    keys.set(Vec::new());
    page.until(|| page.text("ul").is_empty()).await;
    assert_eq!(gone.get_untracked().len(), 4);
}

#[wasm_bindgen_test]
async fn an_item_that_stays_in_its_place_keeps_the_focus_whatever_comes_and_goes_around_it() {
    let keys = RwSignal::new(vec!["b"]);
    let item = |key: &'static str| Keyed::new(key, move || view! { <button id=key>{key}</button> <i></i> });
    let page = Page::mount(move || keyed(move || keys.get().into_iter().map(item).collect()));
    let b = page.find("#b");
    b.focus().unwrap();
    for now in [vec!["a", "b", "c"], vec!["b", "c"], vec!["x", "y", "b"]] {
        keys.set(now.clone());
        page.until(|| {
            page.count("button") as usize == now.len()
                && now.iter().all(|key| page.query(&format!("#{key}")).is_some())
        })
        .await;
        assert!(page.has_focus(&b), "{now:?}");
        assert_eq!(page.count("button + i") as usize, now.len());
    }
}

#[wasm_bindgen_test]
async fn what_is_shown_again_is_made_anew_and_not_while_it_is_shown() {
    let number = RwSignal::new(1);
    let (times, counted) = count();
    let page = Page::mount(move || {
        view! {
            <Show when=move || { number.get() > 0 }>
                {
                    counted();
                    view! { <p>"There"</p> }
                }
            </Show>
        }
    });
    assert_eq!((page.text("p").as_str(), times.get()), ("There", 1));
    let there = page.find("p");
    number.set(2);
    number.set(0);
    page.until(|| page.query("p").is_none()).await;
    number.set(3);
    page.until(|| page.query("p").is_some()).await;
    assert!(page.find("p") != there);
    assert_eq!(times.get(), 2);
}

#[wasm_bindgen_test]
async fn what_is_no_longer_mounted_leaves_the_page_and_looks_at_nothing_any_more() {
    let number = RwSignal::new(1);
    let (times, counted) = count();
    let page = Page::mount(|| View::NOTHING);
    let inner = move || {
        live(move || {
            counted();
            view! { <p>{number.get()}</p> <p>"Still there"</p> }
        })
    };
    let mounted = mount(page.root(), inner);
    assert_eq!(page.count("p"), 2);
    number.set(2);
    page.until(|| page.text("p") == "2").await;
    drop(mounted);
    assert_eq!(page.count("p"), 0);
    number.set(3);
    let later = RwSignal::new(0);
    let other = mount(page.root(), move || view! { <b>{move || later.get().to_string()}</b> });
    later.set(1);
    page.until(|| page.text("b") == "1").await;
    assert_eq!(times.get(), 2);
    drop(other);
}

#[wasm_bindgen_test]
async fn what_has_been_replaced_does_not_look_at_what_went_with_it() {
    let (number, times) = (RwSignal::new(1), RwSignal::new(1));
    let (too_late, counted) = count();
    let page = Page::mount(move || {
        live(move || {
            let (own, counted) = (RwSignal::new(number.get()), counted.clone());
            let said = move || {
                let own = own.try_get();
                own.is_none().then(&counted);
                format!("{} {own:?}", times.get())
            };
            view! { <div>{move || view! { <p data-said=said.clone()></p> }}</div> }
        })
    });
    let said = |what| page.find("p").get_attribute("data-said").as_deref() == Some(what);
    times.set(2);
    page.until(|| said("2 Some(1)")).await;
    // The outer one is told first, and `own` goes with it.
    number.set(2);
    times.set(3);
    page.until(|| said("3 Some(2)")).await;
    assert_eq!(too_late.get(), 0);
}

#[wasm_bindgen_test]
async fn a_change_is_seen_also_by_who_looks_first_at_something_made_from_it_that_stays_the_same() {
    let number = RwSignal::new(1);
    let doubled = Memo::new(move |_| number.get() * 2);
    let is_some = Memo::new(move |_| doubled.get() > 0);
    let seen = RwSignal::new(0);
    let page = Page::mount(move || {
        effect(move || {
            if is_some.get() {
                seen.set(doubled.get());
            }
        });
        view! { <p title=move || if is_some.get() { doubled.get() } else { 0 }.to_string()>
            {move || if is_some.get() { doubled.get() } else { 0 }}
        </p> }
    });
    page.until(|| page.text("p") == "2" && seen.get_untracked() == 2).await;
    number.set(2);
    page.until(|| page.text("p") == "4" && seen.get_untracked() == 4).await;
    assert_eq!(page.find("p").title(), "4");
}
