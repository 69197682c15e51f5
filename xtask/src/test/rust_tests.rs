//! The tests written in Rust: on the host, and in a headless browser.

use anyhow::{Context, Result};

use super::{libtest, tally::Tally};
use crate::{process::Run, setup::Tools, workspace};

/// All tests that run without a browser.
pub fn host() -> Result<Tally> {
    let mut command = workspace::cargo(&["test", "--workspace", "--no-fail-fast"]);
    let finished = Run::aloud(&mut command).finish()?;
    Ok(libtest::tally("host tests", &finished.lines, finished.status.success())
        .or_failed_if_empty("host tests"))
}

/// The portal's tests in headless Chromium.
pub fn wasm(tools: &Tools) -> Result<Tally> {
    let step = "browser tests (wasm)";
    let browser = tools.browser.as_ref().context("the browser was not set up")?;
    // The tests in `tests/` alone: unit tests run on the host, and need what only builds there.
    let mut command = workspace::cargo(&[
        "test",
        "--package",
        "portal",
        "--target",
        "wasm32-unknown-unknown",
        "--test",
        "*",
        "--no-fail-fast",
    ]);
    tools
        .offer_to(&mut command)
        .env("CHROMEDRIVER", &browser.chromedriver)
        // A test that forgot to ask for a browser would run in Node, where there is no page.
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        // The usual 20 and 5 seconds are short for a busy machine that has just built all this.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    let finished = Run::aloud(&mut command).finish()?;
    Ok(libtest::tally(step, &finished.lines, finished.status.success()).or_failed_if_empty(step))
}
