use crate::client::Server;
use axum::http::Method;
use contract::Endpoint;
use contract::location::{Business, Configuration, ConfigurationEntry, CurrentBusiness, default_language};
use serde_json::{Value, json};

async fn change(server: &Server, change: Value) -> u16 {
    server.call(Method::POST, "/sandbox/location", "", &change.to_string()).await.status.as_u16()
}

async fn place(server: &Server) -> (Business, Vec<ConfigurationEntry>) {
    let business = server.ask(&CurrentBusiness).await.text;
    let configuration = server.ask(&Configuration).await.text;
    (CurrentBusiness::read(&business).unwrap(), Configuration::read(&configuration).unwrap())
}

#[tokio::test]
async fn language_time_zone_and_flags_can_be_others_and_the_rest_stays() {
    let server = Server::start();
    let (business, entries) = place(&server).await;
    assert_eq!(
        (business.time_zone.as_str(), default_language(&entries, None)),
        ("Europe/London", Some("en"))
    );
    let wanted = json!({
        "LanguageCulture": "pt-BR", "TimeZone": "America/Sao_Paulo",
        "Configuration": { "DefaultLanguage": "pt", "AllowSelfSignup": "TRUE", "New": "x" },
    });
    assert_eq!(change(&server, wanted).await, 200);
    let (business, entries) = place(&server).await;
    assert_eq!(
        (business.language_culture.as_str(), business.time_zone.as_str()),
        ("pt-BR", "America/Sao_Paulo")
    );
    assert_eq!(default_language(&entries, Some(&business)), Some("pt"));
    let value = |name: &str| Some(&*entries.iter().find(|entry| entry.name == name)?.value);
    assert_eq!((value("AllowSelfSignup"), value("New")), (Some("TRUE"), Some("x")));
    assert_eq!(value("PublicWebSite.Deliveries"), Some("True"));
    assert_eq!(change(&server, json!({ "Configuration": { "DefaultLanguage": null } })).await, 200);
    let (business, entries) = place(&server).await;
    assert_eq!(default_language(&entries, Some(&business)), Some("pt-BR"));
}

#[tokio::test]
async fn a_change_that_is_none_is_refused_and_changes_nothing() {
    let server = Server::start();
    for wrong in [json!([]), json!({ "Language": "de" }), json!({ "TimeZone": 1 })] {
        assert_eq!(change(&server, wrong.clone()).await, 400, "{wrong}");
    }
    assert_eq!(place(&server).await.0.language_culture, "en-GB");
}
