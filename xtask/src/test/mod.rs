//! `cargo xtask test`: every check there is, and one line of totals at the end.

mod e2e;
#[cfg(test)]
mod imports;
mod libtest;
mod playwright;
mod rust_tests;
#[cfg(test)]
mod security_table;
#[cfg(test)]
mod spoken_words;
mod tally;

use std::{
    process::{Command, ExitCode},
    time::Instant,
};

use anyhow::Result;

use crate::{
    build,
    cli::{Part, TestOptions},
    process::{Interrupted, Run},
    progress::{clock, is_colourful, say},
    setup::{self, Needs, Tools},
    workspace,
};
pub use e2e::call_playwright;
use tally::Tally;

/// Runs what was asked for. Failures are counted and named, not returned as errors: the only error
/// is to have been interrupted.
pub fn run(options: &TestOptions) -> Result<ExitCode> {
    let started = Instant::now();
    let mut total = Tally::default();
    match setup::prepare(&needs(options)) {
        Ok(tools) => steps(options, &tools, &mut total)?,
        Err(error) => total.add(failed("set-up", error)?),
    }
    Ok(finish(&total, started))
}

fn steps(options: &TestOptions, tools: &Tools, total: &mut Tally) -> Result<()> {
    if options.wants(Part::Lint) {
        step(total, "format", || check("format", &mut format_check()))?;
        step(total, "clippy (host)", || {
            check("clippy (host)", &mut clippy(&["--workspace", "--all-targets"]))
        })?;
        // Unit tests run on the host, and need what only builds there.
        let targets = ["--lib", "--bins", "--test", "*"];
        let wasm = ["-p", "portal", "-p", "contract", "--target", "wasm32-unknown-unknown"];
        let wasm = [&wasm[..], &targets[..]].concat();
        step(total, "clippy (wasm)", || check("clippy (wasm)", &mut clippy(&wasm)))?;
    }
    if options.wants(Part::Host) {
        step(total, "host tests", rust_tests::host)?;
    }
    if options.wants(Part::Wasm) {
        step(total, "browser tests (wasm)", || rust_tests::wasm(tools))?;
    }
    let mut build_failed = false;
    if options.wants(Part::Build) {
        let tally = step(total, "release build", || build::release(tools).map(|()| Tally::one_passed()))?;
        build_failed = tally.failed > 0;
    }
    if options.wants(Part::E2e) {
        step(total, "journeys (e2e)", || {
            if build_failed {
                return Ok(Tally::one_failed("journeys (e2e): not run: the release build failed"));
            }
            e2e::run(tools, &options.playwright_args)
        })?;
    }
    Ok(())
}

fn needs(options: &TestOptions) -> Needs {
    let mut needs = Needs::default();
    if options.wants(Part::Wasm) {
        needs = needs.and(Needs { wasm_bindgen: true, browser: true, node: true, ..Needs::default() });
    }
    if options.wants(Part::Build) {
        needs = needs.and(Needs::build());
    }
    if options.wants(Part::E2e) {
        needs = needs.and(Needs { browser: true, ..Needs::build() });
    }
    needs
}

fn format_check() -> Command {
    let mut command = workspace::cargo(&["fmt", "--all", "--check"]);
    // rustfmt colours its differences also in a log.
    if !is_colourful() {
        command.args(["--", "--color=never"]);
    }
    command
}

fn clippy(selected: &[&str]) -> Command {
    let mut command = workspace::cargo(&["clippy"]);
    command.args(selected).args(["--", "-D", "warnings"]);
    command
}

/// A step that passes or fails as a whole.
fn check(name: &str, command: &mut Command) -> Result<Tally> {
    let finished = Run::aloud(command).finish()?;
    Ok(if finished.status.success() { Tally::one_passed() } else { Tally::one_failed(name) })
}

/// Runs a step under its heading, and adds up.
fn step(total: &mut Tally, name: &str, body: impl FnOnce() -> Result<Tally>) -> Result<Tally> {
    say(&format!("\n== {name}"));
    let started = Instant::now();
    let tally = match body() {
        Ok(tally) => tally,
        Err(error) => failed(name, error)?,
    };
    for failure in &tally.failures {
        say(&format!("   failed: {failure}"));
    }
    say(&format!("-- {name}: {} in {}", tally.line(), clock(started.elapsed())));
    total.add(tally.clone());
    Ok(tally)
}

/// An error inside a step is that step's failure; having been interrupted is the end of all.
fn failed(name: &str, error: anyhow::Error) -> Result<Tally> {
    if error.is::<Interrupted>() {
        return Err(error);
    }
    let text = format!("{error:#}");
    say(&text);
    let reason = text.lines().next().unwrap_or_default();
    Ok(Tally::one_failed(&format!("{name}: {reason}")))
}

fn finish(total: &Tally, started: Instant) -> ExitCode {
    say(&format!("\n== all of it, in {}", clock(started.elapsed())));
    for failure in &total.failures {
        say(&format!("   failed: {failure}"));
    }
    say(&total.line());
    if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lint_run_needs_no_tools_and_no_browser() {
        let needs = needs(&TestOptions { only: vec![Part::Lint], ..TestOptions::default() });
        assert!(!needs.trunk && !needs.browser && !needs.node);
    }

    #[test]
    fn a_full_run_needs_everything() {
        let needs = needs(&TestOptions::default());
        assert!(needs.release && needs.wasm_bindgen && needs.node && needs.browser);
    }

    #[test]
    fn an_error_in_a_step_is_counted_and_the_run_goes_on() {
        let mut total = Tally::default();
        step(&mut total, "first", || anyhow::bail!("it broke")).expect("goes on");
        step(&mut total, "second", || Ok(Tally::one_passed())).expect("goes on");
        assert_eq!(total.line(), "1 passed, 1 failed");
        assert_eq!(total.failures, ["first: it broke"]);
    }

    #[test]
    fn being_interrupted_is_not_a_failed_test() {
        let mut total = Tally::default();
        assert!(step(&mut total, "first", || anyhow::bail!(Interrupted)).is_err());
        assert_eq!(total.failed, 0);
    }
}
