//! The parts of the pinned toolchain.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use super::{announce, on_path};
use crate::{process::Run, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target and the components that are missing. `rust-toolchain.toml` names them too, but
/// rustup only acts on that by itself where it was not told to leave installing alone.
pub fn ensure_target_and_components() -> Result<()> {
    let root = workspace::root();
    let sysroot = sysroot(&root)?;
    let libraries = sysroot.join("lib").join("rustlib");
    if !libraries.join(TARGET).join("lib").is_dir() {
        add(&root, "target", TARGET)?;
    }
    let programs = sysroot.join("bin");
    let present = [
        ("rustfmt", programs.join("cargo-fmt").is_file()),
        ("clippy", programs.join("cargo-clippy").is_file()),
        ("rust-src", libraries.join("src").join("rust").join("library").is_dir()),
    ];
    for (component, _) in present.iter().filter(|(_, there)| !there) {
        add(&root, "component", component)?;
    }
    Ok(())
}

fn sysroot(root: &Path) -> Result<PathBuf> {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .context("there is no rustc on PATH: install Rust from https://rustup.rs")?;
    if !output.status.success() {
        bail!("rustc does not run: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

fn add(root: &Path, kind: &str, name: &str) -> Result<()> {
    let toolchain = workspace::pinned_toolchain()?;
    if on_path("rustup").is_none() {
        bail!("the {kind} {name} of Rust {toolchain} is missing and there is no rustup to add it");
    }
    announce(&format!("the {kind} {name} for Rust {toolchain}"), "a few seconds");
    let mut command = Command::new("rustup");
    command.args([kind, "add", "--toolchain", &toolchain, name]).current_dir(root);
    Run::quietly(&mut command).succeed(&format!("rustup {kind} add {name}"))?;
    Ok(())
}
