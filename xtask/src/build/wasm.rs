//! From the compiler's WebAssembly to what a browser loads: in parts, bound to JavaScript, and small.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::order;
use crate::{process::Run, setup::Tools};

/// Twice the work gives 2 % more than `-Oz` alone. Nothing here may assume that no instruction traps: a trap is how
/// the portal breaks, and src/boot.js waits for it.
const OPTIMISE: [&str; 7] = [
    "--low-memory-unused",
    "--generate-global-effects",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=20",
];

/// What is loaded with the page; all other modules are loaded by it.
const MAIN: &str = "portal";

/// The portal, ready to be bundled.
pub struct Bound {
    /// The script that starts it, which asks for modules as `./NAME.wasm`.
    pub script: PathBuf,
    /// What is loaded with the page.
    pub main: Module,
    /// What is loaded later.
    pub later: Vec<Module>,
}

/// A file of WebAssembly.
pub struct Module {
    /// What the script calls it.
    pub name: String,
    /// With the names of its functions.
    pub named: PathBuf,
    /// The same without them.
    pub shipped: PathBuf,
}

/// Splits, binds and optimises, into an empty folder.
pub fn bind(tools: &Tools, compiled: &Path, folder: &Path) -> Result<Bound> {
    let split = folder.join("split");
    let mut command = Command::new("wasm-split-cli");
    command.arg(compiled).arg(&split).args(["--out-name", MAIN]);
    Run::quietly(tools.offer_to(&mut command)).succeed("wasm-split-cli")?;

    let mut command = Command::new("wasm-bindgen");
    command.args([
        "--target",
        "web",
        "--no-typescript",
        "--keep-lld-exports",
        "--out-name",
        MAIN,
        "--out-dir",
    ]);
    command.arg(folder).arg(split.join("portal.wasm"));
    Run::quietly(tools.offer_to(&mut command)).succeed("wasm-bindgen")?;
    let loader = "__wasm_split.js";
    fs::copy(split.join(loader), folder.join(loader)).context("nothing was split")?;

    let main = small(tools, MAIN, &folder.join("portal_bg.wasm"), folder, &["--zero-filled-memory"])?;
    let mut later = Vec::new();
    let mut files: Vec<_> = fs::read_dir(&split)?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "wasm")) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if name != MAIN {
            later.push(small(tools, &name, file, folder, &[])?);
        }
    }
    Ok(Bound { script: folder.join("portal.js"), main, later })
}

fn small(tools: &Tools, name: &str, from: &Path, folder: &Path, more: &[&str]) -> Result<Module> {
    let (named, shipped) = (folder.join(format!("{name}.named.wasm")), folder.join(format!("{name}.wasm")));
    wasm_opt(tools, &OPTIMISE, &[more, &["--debuginfo"]].concat(), from, &named)?;
    let ordered = folder.join(format!("{name}.ordered.wasm"));
    fs::write(&ordered, order::by_likeness(&fs::read(&named)?)?)?;
    let strip = ["--reorder-functions-by-name", "--strip-debug", "--strip-producers"];
    wasm_opt(tools, &strip, &[], &ordered, &shipped)?;
    Ok(Module { name: name.to_owned(), named, shipped })
}

fn wasm_opt(tools: &Tools, passes: &[&str], more: &[&str], from: &Path, to: &Path) -> Result<()> {
    let mut command = Command::new("wasm-opt");
    command.args(passes).args(more).arg(from).arg("-o").arg(to);
    Run::quietly(tools.offer_to(&mut command)).succeed("wasm-opt")?;
    Ok(())
}
