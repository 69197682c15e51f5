//! The browser that tests drive, and the driver the WebAssembly tests talk to.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{apt, is_program, on_path};

/// A Chromium and its driver.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// Finds both, or installs them where the system's packages are Debian's.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !apt::is_there() {
        bail!("{}", advice(cfg!(target_os = "macos")));
    }
    let what = "Chromium and its driver with apt-get, for the tests";
    apt::install(what, "about 1 min", &["chromium", "chromium-driver"], advice(false))?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!("{}", advice(false)),
    }
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: chromium()?,
        chromedriver: given("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?,
    })
}

fn chromium() -> Option<PathBuf> {
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    const APPLICATIONS: [&str; 2] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    given("CHROMIUM_BIN")
        .or_else(|| NAMES.iter().find_map(|name| on_path(name)))
        .or_else(|| APPLICATIONS.iter().map(PathBuf::from).find(|file| is_program(file)))
}

/// Somebody may know better than a search.
fn given(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|file| is_program(file))
}

fn advice(macos: bool) -> &'static str {
    if macos {
        "the tests need Chrome and chromedriver: brew install --cask google-chrome chromedriver"
    } else {
        "the tests need Chromium and chromedriver of the same version on PATH: install your system's \
         packages for both, or set CHROMIUM_BIN and CHROMEDRIVER"
    }
}
