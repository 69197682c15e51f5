//! Reading `/config.json`.

use contract::Settings;
use gloo_net::http::Request;

/// The settings of this location. A file that is missing, unreadable or out of reach gives the defaults: the portal
/// starts, and says what is wrong when somebody wants something of the server.
pub async fn load() -> Settings {
    let Ok(reply) = Request::get("/config.json").send().await else { return Settings::default() };
    if !reply.ok() {
        return Settings::default();
    }
    let text = reply.text().await.unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
