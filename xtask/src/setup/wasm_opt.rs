//! The WebAssembly optimiser, from npm: the one ready-made build for every system.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{announce, cache, on_path, version};
use crate::process::Run;

const MAJOR: &str = "132";
const PACKAGE: &str = "binaryen";
const PACKAGE_VERSION: &str = "132.0.0";

/// Makes sure `wasm-opt` is there. Answers with the folder to put on PATH, or `None` if the one on
/// PATH is right already.
pub fn ensure() -> Result<Option<PathBuf>> {
    if on_path("wasm-opt").is_some_and(|program| is_right(&program)) {
        return Ok(None);
    }
    let folder = cache::folder_of(PACKAGE, PACKAGE_VERSION)?;
    cache::install_once(&folder, |folder| is_right(&programs(folder).join("wasm-opt")), install)?;
    Ok(Some(programs(&folder)))
}

fn programs(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".bin")
}

fn is_right(program: &Path) -> bool {
    version::asked(program, "--version").is_some_and(|answer| version::names(&answer, MAJOR))
}

fn install(partial: &Path) -> Result<PathBuf> {
    announce(&format!("wasm-opt {MAJOR}"), "about 10 s, once per machine");
    let mut command = Command::new("npm");
    command
        .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
        .arg(partial)
        .arg(format!("{PACKAGE}@{PACKAGE_VERSION}"))
        .current_dir(partial);
    Run::quietly(&mut command).succeed("npm install of wasm-opt")?;
    Ok(partial.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_is_told_the_same_version() {
        let path = crate::workspace::root().join("Trunk.toml");
        let trunk = std::fs::read_to_string(path).expect("Trunk.toml");
        assert!(trunk.contains(&format!("wasm_opt = \"version_{MAJOR}\"")));
    }
}
