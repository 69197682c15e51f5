//! Points in time.

use crate::api::Millis;
use crate::language::{intl, use_language};
use crate::markup::{View, view};
use crate::signal::Signal;
use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// A time for the eye, as the portal's language writes it, with the exact one for machines.
#[component]
pub fn Moment(
    /// When.
    at: Millis,
    /// Where: the name of a time zone. Where there is none, or none that the browser knows, it is the browser's.
    zone: Signal<String>,
) -> View {
    let language = use_language();
    let shown = move || {
        let tag = language.spoken().unwrap_or_default().locale();
        intl::moment(tag, &zone.read(), at.0)
    };
    view! { <time datetime=iso(at) dir="auto">{shown}</time> }
}

/// The time as ISO 8601, in UTC; empty when no calendar has it.
pub(super) fn iso(at: Millis) -> String {
    date(at).map(|date| date.to_iso_string().into()).unwrap_or_default()
}

/// The day it is here, as year, month and day.
pub(super) fn day(at: Millis) -> String {
    let day = date(at).map(|date| (date.get_full_year(), date.get_month() + 1, date.get_date()));
    day.map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")).unwrap_or_default()
}

/// What storage held may be no time at all, which a `Date` takes and then throws on.
fn date(at: Millis) -> Option<Date> {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    (!date.get_time().is_nan()).then_some(date)
}
