//! The browser that tests drive, and the driver the WebAssembly tests talk to.

use std::{path::PathBuf, process::Command};

use anyhow::{Result, bail};
use nix::unistd::Uid;

use super::{announce, is_program, on_path};
use crate::{
    process::Run,
    progress::{clock, say},
};

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
    if on_path("apt-get").is_none() {
        bail!("{}", advice(cfg!(target_os = "macos")));
    }
    install_with_apt()?;
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

fn install_with_apt() -> Result<()> {
    let as_root = Uid::effective().is_root();
    if !as_root && on_path("sudo").is_none() {
        bail!("{} (there is no sudo, so this cannot be done from here)", advice(false));
    }
    announce("Chromium and its driver with apt-get, for the tests", "about 1 min, once per machine");
    if !as_root {
        ask_for_password()?;
    }
    let started = std::time::Instant::now();
    let result = apt(as_root, &["update"]).and_then(|()| {
        apt(as_root, &["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"])
    });
    match result {
        Ok(()) => {
            say(&format!("  done in {}", clock(started.elapsed())));
            Ok(())
        }
        Err(error) => Err(error.context(advice(false))),
    }
}

/// With the terminal to itself, so that the question is seen; later calls then need no answer.
fn ask_for_password() -> Result<()> {
    match Command::new("sudo").arg("-v").status() {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("{} (sudo refused, so this cannot be done from here)", advice(false)),
    }
}

fn apt(as_root: bool, args: &[&str]) -> Result<()> {
    let mut command = if as_root {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    let run = Run::quietly(&mut command);
    // sudo looks for the person at the terminal, which only the foreground group has.
    let run = if as_root { run } else { run.in_foreground() };
    run.succeed(&format!("apt-get {}", args.join(" ")))?;
    Ok(())
}

fn advice(macos: bool) -> &'static str {
    if macos {
        "the tests need Chrome and chromedriver: brew install --cask google-chrome chromedriver"
    } else {
        "the tests need Chromium and chromedriver of the same version on PATH: install your system's \
         packages for both, or set CHROMIUM_BIN and CHROMEDRIVER"
    }
}
