//! Scripts and styles, made small by esbuild.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{process::Run, setup::Tools, workspace};

/// What the portal's own CSS and WebAssembly ask of a browser anyway.
const NEW: &str = "--target=es2022";
/// What a browser must be able to read to say that it is too old.
const OLD: &str = "--target=es2017";

/// Several style sheets as one, in this order.
pub fn styles(tools: &Tools, sheets: &[String], scratch: &Path) -> Result<String> {
    let root = workspace::root();
    let mut all = String::new();
    for sheet in sheets {
        all += &fs::read_to_string(root.join(sheet)).with_context(|| format!("cannot read {sheet}"))?;
    }
    let together = scratch.join("styles.css");
    fs::write(&together, all)?;
    esbuild(tools, &together, &[NEW])
}

/// A script of the page itself, not a module.
pub fn script(tools: &Tools, script: &str) -> Result<String> {
    esbuild(tools, &workspace::root().join(script), &[OLD])
}

/// A module with all that it imports.
pub fn module(tools: &Tools, module: &Path) -> Result<String> {
    esbuild(tools, module, &[NEW, "--bundle", "--format=esm"])
}

fn esbuild(tools: &Tools, from: &Path, more: &[&str]) -> Result<String> {
    let to = workspace::scratch()?.join("esbuild.out");
    let mut command = Command::new("esbuild");
    command.args(["--minify", "--log-level=warning", "--legal-comments=none"]).args(more);
    command.arg(format!("--outfile={}", to.display())).arg(from);
    Run::quietly(tools.offer_to(&mut command)).succeed("esbuild")?;
    fs::read_to_string(&to).context("esbuild wrote nothing")
}
