//! What the portal leaves to the tables of a real browser: `Intl`, and letters of any script.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

use portal::language::intl::{count_as, install_format, is_one, moment, number};
use portal::letters::{capital, is_letter_or_digit, small, small_and_taken_apart};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use words::Language;

wasm_bindgen_test_configure!(run_in_browser);

/// 14 July 2025, 22:30:05 in UTC.
const SUMMER_NIGHT: u64 = 1_752_532_205_000;

/// Browsers write some spaces as narrow or no-break ones, and which ones changes.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn told(tag: &str, zone: &str) -> String {
    plain(&moment(tag, zone, SUMMER_NIGHT).unwrap())
}

#[wasm_bindgen_test]
fn a_number_is_written_as_the_language_writes_it() {
    let written = ["en", "de", "it", "fr"].map(|tag| plain(&number(tag, 1_234_567)));
    assert_eq!(written, ["1,234,567", "1.234.567", "1.234.567", "1 234 567"]);
    assert_eq!(plain(&number(Language::Portuguese.locale(), 12_345)), "12 345");
    assert_eq!(Language::OFFERED.map(|language| number(language.locale(), 7)), ["7"; 6]);
}

#[wasm_bindgen_test]
fn the_plural_form_is_the_languages_own() {
    for language in Language::OFFERED {
        assert!(is_one(language.locale(), 1) && !is_one(language.locale(), 2), "{language:?}");
        // Spanish, French, Italian and Portuguese have a form of their own for it, which reads as the other one.
        assert!(!is_one(language.locale(), 1_000_000), "{language:?}");
    }
    assert_eq!(["en", "de", "es", "it"].map(|tag| is_one(tag, 0)), [false; 4]);
    // Brazil counts none as one; the words are Portugal's.
    assert_eq!(["fr", "pt-BR", Language::Portuguese.locale()].map(|tag| is_one(tag, 0)), [true, true, false]);
}

#[wasm_bindgen_test]
fn words_count_and_write_their_numbers_as_the_language_does() {
    install_format();
    count_as(Language::German);
    assert_eq!(words::home::members(10_000), "10.000 members");
    count_as(Language::French);
    assert_eq!(words::home::members(0), "0 member");
    count_as(Language::English);
    assert_eq!([0, 1, 10_000].map(words::home::members), ["0 members", "1 member", "10,000 members"]);
}

#[wasm_bindgen_test]
fn a_moment_is_that_of_the_zone_in_the_language_and_says_which_zone_it_is() {
    assert!(
        told("en", "Asia/Tokyo").starts_with("Jul 15, 2025, 7:30:05 AM GMT+9"),
        "{}",
        told("en", "Asia/Tokyo")
    );
    assert!(told("de", "Asia/Tokyo").starts_with("15.07.2025, 07:30:05"), "{}", told("de", "Asia/Tokyo"));
    assert!(told("es", "America/Lima").contains("14 jul 2025"), "{}", told("es", "America/Lima"));
}

#[wasm_bindgen_test]
fn an_unknown_zone_is_the_browsers_own_and_so_is_none() {
    let here = told("en", "");
    for unknown in ["Mars/Olympus", "GMT Standard Time", "London", " ", "\u{0}", "🕰"] {
        assert_eq!(told("en", unknown), here, "{unknown}");
    }
}

#[wasm_bindgen_test]
fn the_browsers_own_zone_needs_no_name() {
    let date = js_sys::Date::new(&(SUMMER_NIGHT as f64).into());
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    let zone = js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into()).unwrap();
    assert_eq!(told("en", &zone.as_string().unwrap()), told("en", ""));
    let minutes = format!("{:02}:05", date.get_minutes());
    assert!(told("en", "").contains(&minutes), "{} at {minutes}", told("en", ""));
}

#[wasm_bindgen_test]
fn a_time_of_no_calendar_and_a_tag_of_no_language_throw_nothing() {
    assert_eq!(moment("en", "", u64::MAX), None);
    assert_eq!(moment("en", "Asia/Tokyo", 8_640_000_000_000_001), None);
    for tag in ["", "not a tag", "e", "en_GB", "\u{0}"] {
        assert_eq!(
            (number(tag, 1_000), is_one(tag, 1), is_one(tag, 2)),
            ("1000".into(), true, false),
            "{tag}"
        );
        assert_eq!(moment(tag, "", SUMMER_NIGHT), None, "{tag}");
    }
}

#[wasm_bindgen_test]
fn what_the_browser_does_not_speak_is_english() {
    let pseudo = Language::Pseudo.tag();
    assert_eq!(number(pseudo, 1_000), "1,000");
    assert!(!is_one(pseudo, 0) && is_one(pseudo, 1));
    assert_eq!(told(pseudo, "Asia/Tokyo"), told("en", "Asia/Tokyo"));
}

/// What the browser prefers, until the end of the test.
struct Preferred;

impl Preferred {
    fn set(languages: &[&str]) -> Self {
        let array: js_sys::Array = languages.iter().map(|tag| JsValue::from_str(tag)).collect();
        let given = js_sys::Object::new();
        js_sys::Reflect::set(&given, &"value".into(), &array).unwrap();
        js_sys::Reflect::set(&given, &"configurable".into(), &JsValue::TRUE).unwrap();
        js_sys::Reflect::define_property(&navigator(), &"languages".into(), &given).unwrap();
        Self
    }
}

impl Drop for Preferred {
    fn drop(&mut self) {
        js_sys::Reflect::delete_property(&navigator(), &"languages".into()).unwrap();
    }
}

fn navigator() -> js_sys::Object {
    js_sys::Reflect::get(&js_sys::global(), &"navigator".into()).unwrap().unchecked_into()
}

#[wasm_bindgen_test]
fn a_moment_is_written_as_in_the_country_that_the_browser_prefers_of_the_language() {
    let _preferred = Preferred::set(&["de-AT", "en-GB", "en-US", "de"]);
    // Zones that no other test asks for: what was made once is kept.
    let told = ["en", "de", "it"].map(|tag| told(tag, "Asia/Seoul"));
    assert!(told[0].starts_with("15 Jul 2025, 07:30:05"), "{}", told[0]);
    assert!(told[1].starts_with("15.07.2025, 07:30:05"), "{}", told[1]);
    assert!(told[2].starts_with("15 lug 2025, 07:30:05"), "{}", told[2]);
}

#[wasm_bindgen_test]
fn portuguese_is_portugals_where_the_browser_names_no_country() {
    let _preferred = Preferred::set(&["pt", "en-US"]);
    let told = told(Language::Portuguese.locale(), "Asia/Pyongyang");
    assert!(told.starts_with("15/07/2025, 07:30:05"), "{told}");
}

#[wasm_bindgen_test]
fn letters_are_for_the_browser_what_they_are_for_rust() {
    // Latin, Greek, Cyrillic, Hebrew and Arabic: what is newer in Unicode differs from one browser to the next.
    for letter in '\u{20}'..'\u{700}' {
        assert_eq!(is_letter_or_digit(letter), letter.is_alphanumeric(), "{letter:?}");
    }
    for text in ["Ada", "ÉMILE Straße", "Σωκράτης ΣΩΣ", "ЖЁЛТЫЙ", "İı"] {
        assert_eq!(small(text), text.to_lowercase());
        assert_eq!(capital(text), text.to_uppercase());
    }
    assert_eq!(small_and_taken_apart("ÉÅ Ж"), "e\u{301}a\u{30a} ж");
}
