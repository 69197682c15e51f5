//! Reading `/config.json`.

use crate::api::{ApiError, Client};
use crate::boot;
use contract::{Endpoint, GetSettings, Settings};

/// The settings of this location, if the page before the portal has read them by now: the first thing that is shown can be
/// the page itself then. What it cannot use is asked for again by [`load`], which says what is wrong.
pub fn ahead() -> Option<Settings> {
    GetSettings::read(&boot::settings()?).ok()
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::scripted::{Answer, Scripted, run};

    #[test]
    fn a_host_that_answers_every_path_with_the_page_has_no_settings_however_late_it_answers() {
        let client = Client::new(Scripted::new([Answer::Now(200, "<!DOCTYPE html>")]));
        assert_eq!(run(load(&client)), Ok(Settings::default()));
    }
}
