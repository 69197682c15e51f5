//! The location itself; answers without signing in.

use super::credential::Query;
use super::shape::Shape;
use axum::Json;
use serde_json::{Value, json};

pub(super) const ID: i64 = 7;
pub(super) const NAME: &str = "Harbour House";
pub(super) const SLUG: &str = "harbourhouse";
pub(super) const HOME: &str = "https://harbourhouse.example.com";

/// `GET /api/public/businesses/current`
pub(super) async fn current(query: Query) -> Json<Value> {
    Json(Shape::of(&query).apply(json!({
        "Id": ID,
        "UniqueId": "7d0c3f52-1f0e-4b1d-9a55-0d6a4a1f2e07",
        "Name": NAME,
        "WebAddress": SLUG,
        "Currency": { "Code": "GBP", "Name": "British pound", "Format": "£0.00" },
        "LanguageCulture": "en-GB",
        "TimeZone": "Europe/London",
        "Address": "1 Quay Street",
        "TownCity": "London",
        "PostalCode": "E1 0AA",
        "Country": { "Id": 1221, "Name": "United Kingdom", "TwoDigitsCode": "GB" },
        "NativeHomeUrl": HOME,
        "NativeHomeUrlWithLanguage": format!("{HOME}/en"),
    })))
}

/// `GET /api/public/configuration`
pub(super) async fn configuration(query: Query) -> Json<Value> {
    let entry = |name: &str, value: &str| json!({ "Name": name, "Value": value });
    Json(Shape::of(&query).apply(json!([
        entry("AllowSelfSignup", "False"),
        entry("DefaultLanguage", "en"),
        entry("PaymentProvider", "None"),
        entry("PublicWebSite.Deliveries", "True"),
        entry("PublicWebSite.Tour.TimeSlots.Enabled", "False"),
    ])))
}
