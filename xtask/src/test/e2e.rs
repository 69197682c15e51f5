//! The journeys: Playwright drives Chromium through the release build and the sandbox.

use std::{ffi::OsString, path::Path, process::Command};

use anyhow::{Context, Result};

use super::{playwright, tally::Tally};
use crate::{
    build,
    process::Run,
    progress::say,
    serve::{self, Profile},
    setup::Tools,
    workspace,
};

/// Runs all journeys. Each worker of Playwright starts a server of its own, so that no test sees
/// what another one did; it is only told where the program is.
pub fn run(tools: &Tools, args: &[OsString]) -> Result<Tally> {
    build::ensure_release(tools)?;
    let server = serve::build_server(Profile::Development)?;
    let mut command = call_playwright(tools, &server, args)?;

    // Playwright runs what it cannot type, and a test that waits for `undefined` may pass.
    let mut check = Command::new("npm");
    check.args(["run", "--silent", "check"]).current_dir(workspace::e2e());
    let types = Run::aloud(tools.offer_to(&mut check)).finish()?;
    let mut tally = match types.status.success() {
        true => Tally::one_passed(),
        false => Tally::one_failed("types of tests/e2e"),
    };

    let report = workspace::scratch()?.join("e2e-report.json");
    // What an earlier run left must not be taken for this one's.
    workspace::remove(&report)?;
    command.env("PORTAL_E2E_REPORT", &report);
    let finished = Run::aloud(&mut command).finish()?;
    let text = std::fs::read_to_string(&report).ok();
    tally.add(playwright::tally(text.as_deref(), finished.status.success()));
    Ok(tally)
}

/// A call of `playwright test` with these arguments, the browser, dist/ and this server. Installs Playwright if it has to.
pub fn call_playwright(tools: &Tools, server: &Path, args: &[OsString]) -> Result<Command> {
    let browser = tools.browser.as_ref().context("the browser was not set up")?;
    // The shell has no windows.
    let is_watched =
        args.iter().any(|arg| ["--headed", "--debug", "--ui"].iter().any(|window| arg == window));
    let shell = browser.shell.as_ref().filter(|_| !is_watched);
    let folder = workspace::e2e();
    install_packages(tools, &folder)?;
    let mut command = Command::new(folder.join("node_modules").join(".bin").join("playwright"));
    command
        .arg("test")
        .args(args)
        .current_dir(&folder)
        .env("PORTAL_SERVER_BIN", server)
        .env("PORTAL_DIST", workspace::dist())
        .env("CHROMIUM_BIN", shell.unwrap_or(&browser.chromium));
    tools.offer_to(&mut command);
    Ok(command)
}

fn install_packages(tools: &Tools, folder: &Path) -> Result<()> {
    let lock = modified(&folder.join("package-lock.json"));
    // npm writes this file last.
    let installed = modified(&folder.join("node_modules").join(".package-lock.json"));
    if installed.is_some() && installed >= lock {
        return Ok(());
    }
    say("Installing Playwright (about 10 s)");
    let mut command = Command::new("npm");
    command
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        // The system's Chromium is used.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Run::quietly(tools.offer_to(&mut command)).succeed("npm ci in tests/e2e")?;
    Ok(())
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}
