//! The browser that tests drive, and the driver the WebAssembly tests talk to.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{apt, is_program, on_path};

/// A Chromium and its driver.
pub struct Browser {
    pub chromium: PathBuf,
    /// The same without what is around its pages, where there is one: that takes a quarter of the processor's time.
    pub shell: Option<PathBuf>,
    pub chromedriver: PathBuf,
}

/// Finds both, or installs them where the system's packages are Debian's.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let system = System::here();
    let advice = system.advice();
    // Ubuntu has a package of this name as a stub for a snap, or not at all: nobody should give a password for that.
    if !apt::is_there() || matches!(system, System::Ubuntu) {
        bail!("{advice}");
    }
    let what = "Chromium and its driver with apt-get, for the tests";
    apt::install(what, "about 1 min", &["chromium", "chromium-driver"], advice)?;
    // Not every system has it, and nothing needs it.
    let _ = apt::install("Chromium's headless shell, for quicker journeys", "some seconds", &[SHELL], advice);
    find().map_or_else(|| bail!("{advice}"), Ok)
}

/// What Debian calls it.
const SHELL: &str = "chromium-headless-shell";

fn find() -> Option<Browser> {
    Some(Browser {
        // Whoever names a browser means that one.
        shell: given("CHROMIUM_BIN").is_none().then(|| on_path(SHELL)).flatten(),
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

/// Whose packages there are.
#[derive(Clone, Copy)]
enum System {
    Mac,
    Ubuntu,
    Other,
}

impl System {
    fn here() -> Self {
        match (cfg!(target_os = "macos"), apt::is_ubuntus()) {
            (true, _) => Self::Mac,
            (false, true) => Self::Ubuntu,
            (false, false) => Self::Other,
        }
    }

    /// In one line, as it is also the reason in a list of failures.
    fn advice(self) -> &'static str {
        match self {
            Self::Mac => {
                "the tests need Chrome and chromedriver: brew install --cask google-chrome chromedriver, or set CHROMIUM_BIN \
             and CHROMEDRIVER to the two programs"
            }
            Self::Ubuntu => {
                "the tests need Chromium or Chrome and chromedriver of the same version, and Ubuntu has no packages with them, \
             only a snap: take both from https://googlechromelabs.github.io/chrome-for-testing and set CHROMIUM_BIN and \
             CHROMEDRIVER to the two programs"
            }
            Self::Other => {
                "the tests need Chromium or Chrome and chromedriver of the same version on PATH: install your system's \
             packages for both, or set CHROMIUM_BIN and CHROMEDRIVER to the two programs"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_no_browser_is_told_in_one_line_which_settings_name_one() {
        for system in [System::Mac, System::Ubuntu, System::Other] {
            let advice = system.advice();
            assert!(advice.contains("CHROMIUM_BIN") && advice.contains("CHROMEDRIVER "), "{advice}");
            assert_eq!(advice.lines().count(), 1);
        }
    }
}
