//! The location itself; answers without signing in.

use super::Sandbox;
use super::credential::Query;
use super::shape::Shape;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

pub(super) const ID: i64 = 7;
pub(super) const NAME: &str = "Harbour House";
pub(super) const SLUG: &str = "harbourhouse";
pub(super) const HOME: &str = "https://harbourhouse.example.com";

/// What a location can be other than; the rest of it never changes.
pub(super) struct Place {
    language_culture: String,
    time_zone: String,
    configuration: BTreeMap<String, String>,
}

impl Default for Place {
    fn default() -> Self {
        let configuration = [
            ("AllowSelfSignup", "False"),
            ("DefaultLanguage", "en"),
            ("PaymentProvider", "None"),
            ("PublicWebSite.Deliveries", "True"),
            ("PublicWebSite.Tour.TimeSlots.Enabled", "False"),
        ];
        Self {
            language_culture: "en-GB".to_owned(),
            time_zone: "Europe/London".to_owned(),
            configuration: configuration.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        }
    }
}

/// What is to be different. What is left out stays; an entry of the configuration that is `null` is taken away.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Change {
    language_culture: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    configuration: BTreeMap<String, Option<String>>,
}

impl Place {
    pub(super) fn change(&mut self, change: Change) {
        if let Some(language) = change.language_culture {
            self.language_culture = language;
        }
        if let Some(zone) = change.time_zone {
            self.time_zone = zone;
        }
        for (name, value) in change.configuration {
            match value {
                Some(value) => self.configuration.insert(name, value),
                None => self.configuration.remove(&name),
            };
        }
    }
}

impl Sandbox {
    /// The location as it is now. Not to be held over a wait.
    pub(super) fn place(&self) -> MutexGuard<'_, Place> {
        self.0.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /api/public/businesses/current`
pub(super) async fn current(State(sandbox): State<Sandbox>, query: Query) -> Json<Value> {
    let place = sandbox.place();
    Json(Shape::of(&query).apply(json!({
        "Id": ID,
        "UniqueId": "7d0c3f52-1f0e-4b1d-9a55-0d6a4a1f2e07",
        "Name": NAME,
        "WebAddress": SLUG,
        "Currency": { "Code": "GBP", "Name": "British pound", "Format": "£0.00" },
        "LanguageCulture": place.language_culture,
        "TimeZone": place.time_zone,
        "Address": "1 Quay Street",
        "TownCity": "London",
        "PostalCode": "E1 0AA",
        "Country": { "Id": 1221, "Name": "United Kingdom", "TwoDigitsCode": "GB" },
        "NativeHomeUrl": HOME,
        "NativeHomeUrlWithLanguage": format!("{HOME}/en"),
    })))
}

/// `GET /api/public/configuration`
pub(super) async fn configuration(State(sandbox): State<Sandbox>, query: Query) -> Json<Value> {
    let place = sandbox.place();
    let entries = place.configuration.iter().map(|(name, value)| json!({ "Name": name, "Value": value }));
    Json(Shape::of(&query).apply(entries.collect()))
}
