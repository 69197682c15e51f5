//! Reading `/config.json`.

use crate::api::{ApiError, Client};
use contract::{GetSettings, Settings};

/// The settings of this location; the defaults where there is no file.
///
/// # Errors
/// A file that cannot be reached or read is not replaced by the defaults: they could be laxer than what it says.
pub async fn load(client: &Client) -> Result<Settings, ApiError> {
    match client.call_as(None, &GetSettings).await {
        Err(ApiError::NotFound) => Ok(Settings::default()),
        result => result,
    }
}
