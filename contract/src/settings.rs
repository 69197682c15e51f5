//! `/config.json`: what one build needs to know to serve one location. Written by the server, read at start.

use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Read, Reader, Write, Writer};
use crate::words;

/// Which address exchanges the one-time token of a member's impersonation. The documents name both; the reply is the same.
/// Tokens out of mails and replies, and operators', have only the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExchangeForm {
    /// `POST /api/public/auth/login/{token}`, as documented with impersonation.
    #[default]
    AuthLogin,
    /// `POST /api/sys/users/exchange?token=…`, which the shipped portal calls.
    SysUsersExchange,
}

words!(ExchangeForm { "auth/login/{token}" => AuthLogin, "sys/users/exchange" => SysUsersExchange });

/// How one's own profile is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProfileChoice {
    /// `PUT profiles/current`; the token stays.
    #[default]
    Switch,
    /// impersonate → exchange → whoami; the exchanged session replaces one's own.
    Impersonate,
}

words!(ProfileChoice { "switch" => Switch, "impersonate" => Impersonate });

/// The portal's settings. Every field has a default, so `{}` is a valid file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Prefix of every API path: empty for the same origin, else a scheme and host.
    pub api_base: String,
    /// Where the one-time token of an impersonation is exchanged.
    pub exchange: ExchangeForm,
    /// How one's own profile is taken.
    pub profile_choice: ProfileChoice,
    /// Minutes that acting as another person may last at most.
    pub acting_minutes: u32,
    /// Minutes without a touch after which the portal asks whether anybody is still there, and then signs out; 0 for
    /// never.
    pub idle_minutes: u32,
    /// Name shown until the location says its own.
    pub brand: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_base: String::new(),
            exchange: ExchangeForm::default(),
            profile_choice: ProfileChoice::default(),
            acting_minutes: 30,
            idle_minutes: 0,
            brand: "Member portal".to_owned(),
        }
    }
}

impl Read for Settings {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut settings = Self::default();
        json.object(&mut |key, json| {
            match key {
                "api_base" => settings.api_base = json.text()?.into(),
                "exchange" => settings.exchange = json.read()?,
                "profile_choice" => settings.profile_choice = json.read()?,
                "acting_minutes" => settings.acting_minutes = json.read()?,
                "idle_minutes" => settings.idle_minutes = json.read()?,
                "brand" => settings.brand = json.text()?.into(),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(settings)
    }
}

impl Write for Settings {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field("api_base", &self.api_base);
            json.field("exchange", &self.exchange);
            json.field("profile_choice", &self.profile_choice);
            json.field("acting_minutes", &self.acting_minutes);
            json.field("idle_minutes", &self.idle_minutes);
            json.field("brand", &self.brand);
        });
    }
}

/// Asks for the settings. They belong to the portal's own origin, not to the API.
///
/// A host that answers every path with the page has no such file: that gives the defaults, like an empty one.
pub struct GetSettings;

impl Endpoint for GetSettings {
    type Reply = Settings;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/config.json";
    const POLICY: Policy = Policy::Allowed;
    const BEARER: bool = false;
    const ANY_BODY: bool = true;

    fn read(text: &str) -> Result<Settings, Unreadable> {
        if text.trim_start().starts_with('<') { Ok(Settings::default()) } else { json::read(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_place_of_the_file_is_no_file_and_a_mistake_in_it_is_no_default() {
        assert_eq!(GetSettings::read("<!DOCTYPE html>"), Ok(Settings::default()));
        assert_eq!(GetSettings::read(r#"{"acting_minutes":"5"}"#), Err(Unreadable));
        assert_eq!(GetSettings::read(""), Err(Unreadable));
    }

    #[test]
    fn an_empty_file_gives_the_defaults_and_names_are_as_documented() {
        let settings: Settings = json::read("{}").unwrap();
        assert_eq!(settings, Settings::default());
        let settings: Settings = json::read(
            r#"{"exchange":"sys/users/exchange","profile_choice":"impersonate","acting_minutes":5,"idle_minutes":20,"unknown":1}"#,
        )
        .unwrap();
        assert_eq!(settings.exchange, ExchangeForm::SysUsersExchange);
        assert_eq!(settings.profile_choice, ProfileChoice::Impersonate);
        assert_eq!((settings.acting_minutes, settings.idle_minutes), (5, 20));
        let written = json::write(&settings);
        assert_eq!(json::read(&written), Ok(settings));
    }
}
