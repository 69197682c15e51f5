//! Tools that come from npm with a ready-made program for every system.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{announce, cache, on_path, version};
use crate::process::Run;

/// A tool and where it is from.
pub struct NpmTool {
    package: &'static str,
    package_version: &'static str,
    program: &'static str,
    /// What the program calls its version.
    version: &'static str,
}

/// The WebAssembly optimiser.
pub const WASM_OPT: NpmTool =
    NpmTool { package: "binaryen", package_version: "132.0.0", program: "wasm-opt", version: "132" };

/// Makes one small script of several, and small styles.
pub const ESBUILD: NpmTool =
    NpmTool { package: "esbuild", package_version: "0.28.2", program: "esbuild", version: "0.28.2" };

/// Makes sure the tool is there. Answers with the folder to put on PATH, or `None` if the one on
/// PATH is right already.
pub fn ensure(tool: &NpmTool) -> Result<Option<PathBuf>> {
    if on_path(tool.program).is_some_and(|program| tool.is_right(&program)) {
        return Ok(None);
    }
    let folder = cache::folder_of(tool.package, tool.package_version)?;
    let is_good = |folder: &Path| tool.is_right(&programs(folder).join(tool.program));
    cache::install_once(&folder, is_good, |partial| tool.install(partial))?;
    Ok(Some(programs(&folder)))
}

fn programs(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".bin")
}

impl NpmTool {
    fn is_right(&self, program: &Path) -> bool {
        version::asked(program, "--version").is_some_and(|answer| version::names(&answer, self.version))
    }

    fn install(&self, partial: &Path) -> Result<PathBuf> {
        announce(&format!("{} {}", self.program, self.version), "about 10 s, once per machine");
        let mut command = Command::new("npm");
        command
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
            .arg(partial)
            .arg(format!("{}@{}", self.package, self.package_version))
            .current_dir(partial);
        Run::quietly(&mut command).succeed(&format!("npm install of {}", self.program))?;
        Ok(partial.to_path_buf())
    }
}
