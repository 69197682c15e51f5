//! The location the portal belongs to. Sources: `/api/endpoints/system/{business-current, portal-configuration}`.

use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::{BusinessId, json, record};

/// The location behind this host; answers without signing in. Errors: 401, 404.
pub struct CurrentBusiness;

impl Endpoint for CurrentBusiness {
    type Reply = Business;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/businesses/current";
    const POLICY: Policy = Policy::Allowed;
    const BEARER: bool = false;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("_shape", "Id,Name,WebAddress,LanguageCulture,TimeZone".to_owned())]
    }

    fn read(text: &str) -> Result<Business, Unreadable> {
        json::read(text)
    }
}

/// A location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// Its slug or host; the sources disagree.
    pub web_address: String,
    /// Its language, such as `en-GB`.
    pub language_culture: String,
    /// Its time zone, an IANA name.
    pub time_zone: String,
}

record!(Business {
    needs "Id" => id;
    "Name" => name,
    "WebAddress" => web_address,
    "LanguageCulture" => language_culture,
    "TimeZone" => time_zone,
});

/// The location's settings; answers without signing in.
pub struct Configuration;

impl Endpoint for Configuration {
    type Reply = Vec<ConfigurationEntry>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/configuration";
    const POLICY: Policy = Policy::Allowed;
    const BEARER: bool = false;

    fn read(text: &str) -> Result<Vec<ConfigurationEntry>, Unreadable> {
        json::read(text)
    }
}

/// One setting of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationEntry {
    /// Its name; compared without regard to case.
    pub name: String,
    /// Its value; flags are `True` and `False`.
    pub value: String,
}

record!(ConfigurationEntry { needs "Name" => name; "Value" => value });

/// The value of a setting; `None` when the location does not have it or it is blank.
fn value<'a>(entries: &'a [ConfigurationEntry], name: &str) -> Option<&'a str> {
    let entry = entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
    Some(entry.value.trim()).filter(|value| !value.is_empty())
}

/// The language that the location speaks, such as `de` or `en-GB`: what its settings say, else what the location itself
/// says. `None` when neither is known.
pub fn default_language<'a>(
    entries: &'a [ConfigurationEntry],
    business: Option<&'a Business>,
) -> Option<&'a str> {
    let own = || business.map(|business| business.language_culture.trim()).filter(|text| !text.is_empty());
    value(entries, "DefaultLanguage").or_else(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_say_the_language_before_the_location_does() {
        let entries = Configuration::read(r#"[{"Name":"defaultlanguage","Value":" de "}]"#).unwrap();
        let business = CurrentBusiness::read(r#"{"Id":7,"LanguageCulture":"en-GB"}"#).unwrap();
        assert_eq!(default_language(&entries, Some(&business)), Some("de"));
        assert_eq!(default_language(&[], Some(&business)), Some("en-GB"));
        let blank = Configuration::read(r#"[{"Name":"DefaultLanguage","Value":null}]"#).unwrap();
        assert_eq!(default_language(&blank, Some(&business)), Some("en-GB"));
        assert_eq!(default_language(&blank, None), None);
    }

    #[test]
    fn a_location_reads_with_the_fields_it_has() {
        let body =
            r#"{"Id":7,"Name":"Main","WebAddress":"main","LanguageCulture":null,"Currency":{"Code":"GBP"}}"#;
        let business = CurrentBusiness::read(body).unwrap();
        assert_eq!((business.name.as_str(), business.language_culture.as_str()), ("Main", ""));
        let written = json::write(&business);
        assert_eq!(CurrentBusiness::read(&written).unwrap(), business);
    }
}
