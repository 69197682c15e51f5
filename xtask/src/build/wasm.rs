//! From the compiler's WebAssembly to what a browser loads: bound to JavaScript, and small.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{process::Run, setup::Tools};

/// Twice the work gives 2 % more than `-Oz` alone. Nothing here may assume that no instruction traps: a trap is how
/// the portal breaks, and src/boot.js waits for it.
const OPTIMISE: [&str; 8] = [
    "--low-memory-unused",
    "--zero-filled-memory",
    "--generate-global-effects",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=20",
];

/// The portal, ready to be bundled.
pub struct Bound {
    /// The script that starts it.
    pub script: PathBuf,
    /// The WebAssembly, with the names of its functions.
    pub named: PathBuf,
    /// The same without them.
    pub shipped: PathBuf,
}

/// Binds and optimises, into an empty folder.
pub fn bind(tools: &Tools, compiled: &Path, folder: &Path) -> Result<Bound> {
    let mut command = Command::new("wasm-bindgen");
    command.args(["--target", "web", "--no-typescript", "--out-name", "portal", "--out-dir"]);
    command.arg(folder).arg(compiled);
    Run::quietly(tools.offer_to(&mut command)).succeed("wasm-bindgen")?;

    let bound = folder.join("portal_bg.wasm");
    let named = folder.join("portal.named.wasm");
    wasm_opt(tools, &OPTIMISE, &["--debuginfo"], &bound, &named)?;
    let shipped = folder.join("portal.wasm");
    wasm_opt(tools, &[], &["--strip-debug", "--strip-producers"], &named, &shipped)?;
    fs::remove_file(&bound).with_context(|| format!("cannot remove {}", bound.display()))?;
    Ok(Bound { script: folder.join("portal.js"), named, shipped })
}

fn wasm_opt(tools: &Tools, passes: &[&str], more: &[&str], from: &Path, to: &Path) -> Result<()> {
    let mut command = Command::new("wasm-opt");
    command.args(passes).args(more).arg(from).arg("-o").arg(to);
    Run::quietly(tools.offer_to(&mut command)).succeed("wasm-opt")?;
    Ok(())
}
