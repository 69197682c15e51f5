//! Numbers, plural forms and moments as a language writes them, and as its country does where the browser says which that
//! is. The browser knows how: all of it is `Intl`'s.

use js_sys::{Array, Function, Object, Reflect, global};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use words::{Format, Language};

/// What can be asked of a language, by what it is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Plural,
    Moment,
}

/// A function of a number, which takes milliseconds to make and microseconds to ask.
struct Formatter {
    kind: Kind,
    tag: String,
    zone: String,
    ask: Function,
}

thread_local! {
    static COUNTED: Cell<Language> = const { Cell::new(Language::English) };
    /// As many as there are languages that were chosen: none is ever taken out.
    static MADE: RefCell<Vec<Formatter>> = const { RefCell::new(Vec::new()) };
}

/// From now on the words count and write their numbers as this language does, once [`install_format`] was called.
pub fn count_as(language: Language) {
    COUNTED.set(language);
}

/// From now on the words count and write their numbers as the language does that is spoken, and not as English.
pub fn install_format() {
    words::set_format(Format {
        is_one: |count| is_one(COUNTED.get().locale(), count),
        number: |count| number(COUNTED.get().locale(), count),
    });
}

/// A number as the language writes it.
pub fn number(tag: &str, number: u64) -> String {
    ask(Kind::Number, tag, "", number).unwrap_or_else(|| number.to_string())
}

/// Whether the language takes its first plural form for this many.
pub fn is_one(tag: &str, count: u64) -> bool {
    ask(Kind::Plural, tag, "", count).map_or(count == 1, |form| form == "one")
}

/// A point in time, in milliseconds since 1970, to the second, as the language writes it; `None` when no calendar has it.
///
/// It is the time in `zone`, an IANA name, and says so where the browser is in another zone. Where the browser does not
/// know the zone, it is the browser's time.
pub fn moment(tag: &str, zone: &str, at: u64) -> Option<String> {
    ask(Kind::Moment, tag, zone, at)
}

fn ask(kind: Kind, tag: &str, zone: &str, number: u64) -> Option<String> {
    let is_it = |made: &Formatter| made.kind == kind && made.tag == tag && made.zone == zone;
    let known = MADE.with_borrow(|all| all.iter().find(|made| is_it(made)).map(|made| made.ask.clone()));
    let ask = match known {
        Some(ask) => ask,
        None => {
            let ask = make(kind, tag, zone)?;
            let (tag, zone, kept) = (tag.to_owned(), zone.to_owned(), ask.clone());
            MADE.with_borrow_mut(|all| all.push(Formatter { kind, tag, zone, ask: kept }));
            ask
        }
    };
    ask.call1(&JsValue::UNDEFINED, &(number as f64).into()).ok()?.as_string()
}

fn make(kind: Kind, tag: &str, zone: &str) -> Option<Function> {
    match kind {
        Kind::Number => method(&construct("NumberFormat", tag, &[])?, "format"),
        Kind::Plural => method(&construct("PluralRules", tag, &[])?, "select"),
        Kind::Moment => {
            let medium = [("dateStyle", "medium"), ("timeStyle", "medium")];
            let here = construct("DateTimeFormat", tag, &medium)?;
            let zoned = [("timeZone", zone), ("dateStyle", "medium"), ("timeStyle", "long")];
            // It throws on a zone that it does not know.
            let there = construct("DateTimeFormat", tag, &zoned);
            let there = there.filter(|there| zone_of(there) != zone_of(&here));
            method(&there.unwrap_or(here), "format")
        }
    }
}

/// One of `Intl`'s, where it can be made. What the browser does not speak is English, as the words are.
fn construct(class: &str, tag: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let tags = Array::of2(&tag.into(), &"en".into());
    if let Some(regional) = regional(tag) {
        tags.unshift(&regional);
    }
    let given = Object::new();
    for (name, value) in options {
        Reflect::set(&given, &(*name).into(), &(*value).into()).ok()?;
    }
    let class: Function = get(&get(&global(), "Intl")?, class)?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of2(&tags, &given)).ok()
}

/// The language as it is spoken where the person is: of what the browser prefers, the first of this language that names a
/// country.
fn regional(tag: &str) -> Option<JsValue> {
    let preferred: Array = get(&get(&global(), "navigator")?, "languages")?.dyn_into().ok()?;
    let is_of = |each: &JsValue| {
        each.as_string()
            .is_some_and(|each| each.split_once('-').is_some_and(|(language, _)| tag.starts_with(language)))
    };
    preferred.iter().find(is_of)
}

fn zone_of(format: &JsValue) -> Option<String> {
    let options = method(format, "resolvedOptions")?.call0(&JsValue::UNDEFINED).ok()?;
    get(&options, "timeZone")?.as_string()
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    let method: Function = get(of, name)?.dyn_into().ok()?;
    Some(method.bind0(of))
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok()
}
