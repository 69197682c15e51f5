//! The kit in a real browser: what the keyboard, the focus and assistive technology meet.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

#[path = "ui_kit/page.rs"]
mod page;

mod button {
    use super::page::{Page, press_key};
    use leptos::prelude::*;
    use portal::ui::{Button, ButtonKind};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_disabled_button_keeps_the_focus_and_does_not_press() {
        let pressed = RwSignal::new(0);
        let page = Page::mount(move || {
            let on_press = move |()| pressed.update(|count| *count += 1);
            let disabled_reason = Some(String::from("Only while signed in."));
            view! { <Button disabled_reason on_press>"Go"</Button> }
        });
        let button = page.find("button");
        button.focus().unwrap();
        button.click();
        assert!(page.has_focus(&button));
        assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
        assert_eq!(pressed.get_untracked(), 0);
        assert_eq!(page.description(&button), "Only while signed in.");
    }

    #[wasm_bindgen_test]
    async fn a_disabled_button_shows_its_reason_until_escape() {
        let page =
            Page::mount(|| view! { <Button disabled_reason=Some(String::from("Not yet."))>"Go"</Button> });
        let button = page.find("button");
        button.focus().unwrap();
        page.until(|| page.is_shown(".tip")).await;
        assert_eq!(page.text_anywhere(".tip"), "Not yet.");
        press_key(&button, "Escape");
        page.until(|| !page.is_shown(".tip")).await;
    }

    #[wasm_bindgen_test]
    fn a_disabled_submit_button_does_not_submit_its_form() {
        let submitted = RwSignal::new(false);
        let page = Page::mount(move || {
            let submit = move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                submitted.set(true);
            };
            view! {
                <form on:submit=submit>
                    <Button submit=true disabled_reason=Some(String::from("Fill in the form."))>"Send"</Button>
                </form>
            }
        });
        page.find("button").click();
        assert!(!submitted.get_untracked());
    }

    #[wasm_bindgen_test]
    async fn a_busy_button_ignores_presses_and_keeps_its_width() {
        let (busy, pressed) = (RwSignal::new(false), RwSignal::new(0));
        let page = Page::mount(move || {
            let on_press = move |()| {
                pressed.update(|count| *count += 1);
                busy.set(true);
            };
            view! { <Button kind=ButtonKind::Primary busy on_press>"Save"</Button> }
        });
        let button = page.find("button");
        let width = button.offset_width();
        button.click();
        button.click();
        assert_eq!(pressed.get_untracked(), 1);
        page.until(|| button.get_attribute("aria-busy").as_deref() == Some("true")).await;
        assert_eq!(button.offset_width(), width);
    }
}

mod dialog {
    use super::page::{Page, cancel};
    use leptos::prelude::*;
    use portal::ui::{Button, Dialog, TextField};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn opener(open: RwSignal<bool>) -> impl IntoView {
        let on_close = Callback::new(move |()| open.set(false));
        view! {
            <h1>"Page"</h1>
            <Show when=move || !open.get() || !GONE.get()>
                <Button attr:id="opener" on_press=move |()| open.set(true)>"Open"</Button>
            </Show>
            <Dialog open title="Leave?" on_close>
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
        let button = page.find("#opener");
        button.focus().unwrap();
        button.click();
        page.until(|| page.is_focused("dialog input")).await;
        let dialog = page.find("dialog");
        assert!(dialog.matches(":modal").unwrap());
        assert_eq!(page.label_text(&dialog), "Leave?");
        cancel(&dialog);
        page.until(|| page.query("dialog").is_none() && page.has_focus(&button)).await;
        assert!(!open.get_untracked());
    }

    #[wasm_bindgen_test]
    async fn the_focus_goes_to_the_heading_when_the_opener_has_gone() {
        GONE.set(true);
        let open = RwSignal::new(false);
        let page = Page::mount(move || opener(open));
        let button = page.find("#opener");
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
}

mod switch {
    use super::page::Page;
    use leptos::prelude::*;
    use portal::ui::Switch;
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
            let on_toggle = Callback::new(|_| ());
            view! { <Switch label="Make bookings for Ada" checked=Some(true) error=Some(String::from("Not saved.")) on_toggle /> }
        });
        let switch = page.find("[role=switch]");
        assert_eq!(page.description(&switch), "Not saved.");
        assert_eq!(switch.get_attribute("aria-invalid").as_deref(), Some("true"));
        assert!(page.find(".switch-box__error").offset_height() > 0);
    }
}

mod menu {
    use super::page::{Page, press_key};
    use leptos::prelude::*;
    use portal::ui::{Menu, MenuItem};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn mounted(chosen: RwSignal<&'static str>) -> Page {
        Page::mount(move || {
            let item = |label: &'static str| MenuItem {
                label: label.into(),
                on_select: Callback::new(move |()| chosen.set(label)),
            };
            let items = vec![item("Switch profile"), item("Help"), item("Sign out")];
            view! {
                <Menu label="Ada Lovelace" items />
                <button id="elsewhere">"Elsewhere"</button>
            }
        })
    }

    async fn opened(page: &Page) {
        let button = page.find(".menu__button");
        button.focus().unwrap();
        press_key(&button, "ArrowDown");
        page.until(|| page.focused_text() == "Switch profile").await;
    }

    #[wasm_bindgen_test]
    async fn the_arrows_home_end_and_letters_move_through_a_menu() {
        let page = mounted(RwSignal::new(""));
        opened(&page).await;
        for (key, expected) in [
            ("ArrowDown", "Help"),
            ("End", "Sign out"),
            ("ArrowDown", "Switch profile"),
            ("ArrowUp", "Sign out"),
            ("Home", "Switch profile"),
            ("s", "Sign out"),
            ("s", "Switch profile"),
            ("h", "Help"),
        ] {
            press_key(&page.focused(), key);
            assert_eq!(page.focused_text(), expected, "after {key}");
        }
    }

    #[wasm_bindgen_test]
    async fn escape_closes_a_menu_and_gives_the_focus_back() {
        let page = mounted(RwSignal::new(""));
        opened(&page).await;
        press_key(&page.focused(), "Escape");
        page.until(|| page.query("[role=menu]").is_none()).await;
        let button = page.find(".menu__button");
        assert!(page.has_focus(&button));
        assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
    }

    #[wasm_bindgen_test]
    async fn a_choice_runs_once_and_closes_the_menu() {
        let chosen = RwSignal::new("");
        let page = mounted(chosen);
        opened(&page).await;
        page.focused().click();
        page.until(|| page.query("[role=menu]").is_none()).await;
        assert_eq!(chosen.get_untracked(), "Switch profile");
        assert!(page.is_focused(".menu__button"));
    }

    /// Signing out does this. A browser tells the menu that it lost the focus once it has already gone.
    #[wasm_bindgen_test]
    async fn a_choice_that_takes_the_menu_off_the_page_does_no_harm() {
        let (there, chosen) = (RwSignal::new(true), RwSignal::new(""));
        let page = Page::mount(move || {
            let leave = Callback::new(move |()| {
                chosen.set("Sign out");
                there.set(false);
            });
            let items = move || vec![MenuItem { label: "Switch profile".into(), on_select: leave }];
            view! { <Show when=move || there.get()><Menu label="Jane" items=items()/></Show> }
        });
        opened(&page).await;
        page.focused().click();
        page.until(|| page.query(".menu").is_none()).await;
        assert_eq!(chosen.get_untracked(), "Sign out");
    }

    #[wasm_bindgen_test]
    async fn a_menu_closes_when_the_focus_leaves_it() {
        let page = mounted(RwSignal::new(""));
        opened(&page).await;
        page.find("#elsewhere").focus().unwrap();
        page.until(|| page.query("[role=menu]").is_none()).await;
        assert!(page.is_focused("#elsewhere"));
    }
}

mod fields {
    use super::page::{Page, press_key};
    use leptos::prelude::*;
    use portal::ui::{FieldKind, RadioGroup, RadioOption, SearchField, Select, TextField};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn showing_a_password_keeps_what_was_typed_and_the_button_keeps_its_name() {
        let value = RwSignal::new(String::new());
        let page =
            Page::mount(move || view! { <TextField label="Password" value kind=FieldKind::Password /> });
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
            let option = |value, label: &str| RadioOption {
                value,
                label: label.into(),
                hint: "What it means.".into(),
            };
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
}

mod toast {
    use super::page::Page;
    use leptos::prelude::*;
    use portal::ui::{ToastRegion, provide_toaster, use_toaster};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_message_said_twice_is_announced_twice_and_stays_until_dismissed() {
        let page = Page::mount(|| {
            let toaster = provide_toaster();
            view! {
                <h1>"Page"</h1>
                <button id="say" on:click=move |_| toaster.say("Saved")>"Say"</button>
                <ToastRegion />
            }
        });
        assert_eq!(page.text("[role=status]"), "");
        page.find("#say").click();
        page.until(|| page.text("[role=status]") == "Saved").await;
        let first = page.find("[role=status] p");
        page.find("#say").click();
        page.until(|| page.count(".toast") == 2).await;
        assert!(!first.is_connected());
        for left in [1, 0] {
            page.find("[aria-label=Dismiss]").click();
            page.until(|| page.count(".toast") == left).await;
        }
        page.until(|| page.is_focused("h1")).await;
    }

    #[wasm_bindgen_test]
    async fn four_messages_stay_and_a_change_of_person_takes_them_all() {
        let page = Page::mount(|| {
            provide_toaster();
            let toaster = use_toaster();
            (0..6).for_each(|_| toaster.warn("Not saved"));
            view! {
                <button id="clear" on:click=move |_| toaster.clear()>"Clear"</button>
                <ToastRegion />
            }
        });
        page.until(|| page.count(".toast [role=alert]") == 4).await;
        page.find("#clear").click();
        page.until(|| page.count(".toast") == 0).await;
    }
}
