//! Tools that come from crates.io: their exact versions and how to build them quickly.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{announce, cache, on_path, version};
use crate::{process::Run, progress::say, workspace};

/// A tool and the recipe for it.
pub struct CargoTool {
    crate_name: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    /// Asked so that one on PATH can be taken; some programs cannot tell.
    tells_version: bool,
    how_long: &'static str,
    args: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

/// The bundler. It declares a newer Rust than ours and builds with ours all the same. The default
/// release profile takes five times as long and gains nothing for a tool that mostly waits.
pub const TRUNK: CargoTool = CargoTool {
    crate_name: "trunk",
    version: "0.22.1",
    programs: &["trunk"],
    tells_version: true,
    how_long: "about 3 min, once per machine",
    args: &["--locked", "--ignore-rust-version", "--no-default-features", "--features", "rustls"],
    env: &[
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_STRIP", "true"),
    ],
};

/// Must be exactly the version of the `wasm-bindgen` crate in Cargo.lock. Its own lock names a crate
/// that cannot be had, so it is built without.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    crate_name: "wasm-bindgen-cli",
    version: "0.2.130",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    tells_version: true,
    how_long: "about 3 min, once per machine",
    args: &[],
    env: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")],
};

/// Takes the WebAssembly apart, so that nobody waits for pages that are not theirs yet.
pub const WASM_SPLIT: CargoTool = CargoTool {
    crate_name: "wasm_split_cli_support",
    version: "0.2.4",
    programs: &["wasm-split-cli"],
    tells_version: false,
    how_long: "about 1 min, once per machine",
    args: &["--locked", "--features", "build-binary"],
    env: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"), ("CARGO_PROFILE_RELEASE_LTO", "off")],
};

/// Tells what each function weighs.
pub const TWIGGY: CargoTool = CargoTool {
    crate_name: "twiggy",
    version: "0.8.0",
    programs: &["twiggy"],
    tells_version: true,
    how_long: "about 30 s, once per machine",
    args: &["--locked"],
    env: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"), ("CARGO_PROFILE_RELEASE_LTO", "off")],
};

/// Makes sure the tool is there. Answers with the folder to put on PATH, or `None` if the tool on
/// PATH is the right one already.
pub fn ensure(tool: &CargoTool) -> Result<Option<PathBuf>> {
    let is_right = |name: &&str| on_path(name).is_some_and(|program| tool.is_version_of(&program));
    if tool.tells_version && tool.programs.iter().all(is_right) {
        return Ok(None);
    }
    let folder = cache::folder_of(tool.crate_name, tool.version)?;
    cache::install_once(&folder, |folder| tool.is_in(folder), |partial| tool.install(partial))?;
    Ok(Some(folder.join("bin")))
}

impl CargoTool {
    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|name| self.is_version_of(&folder.join("bin").join(name)))
    }

    fn is_version_of(&self, program: &Path) -> bool {
        if !self.tells_version {
            return version::asked(program, "--help").is_some();
        }
        version::asked(program, "--version").is_some_and(|answer| version::names(&answer, self.version))
    }

    fn install(&self, partial: &Path) -> Result<PathBuf> {
        announce(&format!("{} {}", self.crate_name, self.version), self.how_long);
        let root = partial.join("root");
        let finished = Run::quietly(&mut self.command(partial, &root)?).succeed(&format!(
            "Installing {} {} (after mending what the lines below name, call the same command again)",
            self.crate_name, self.version
        ))?;
        say(&format!("  done in {}", crate::progress::clock(finished.elapsed)));
        Ok(root)
    }

    /// Built outside the workspace, so that neither its configuration nor its target folder plays
    /// a part, but with its toolchain.
    fn command(&self, partial: &Path, root: &Path) -> Result<Command> {
        let mut command = Command::new(workspace::cargo_program());
        for (name, _) in std::env::vars_os() {
            if disturbs_an_install(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        command
            .args(["install", self.crate_name, "--version", self.version, "--root"])
            .arg(root)
            .args(self.args)
            .envs(self.env.iter().copied())
            .env("CARGO_TARGET_DIR", partial.join("target"))
            .env("RUSTUP_TOOLCHAIN", workspace::pinned_toolchain()?)
            .current_dir(partial);
        Ok(command)
    }
}

/// Variables that mean the workspace, or a person's taste in builds, and would change a tool's.
fn disturbs_an_install(name: &str) -> bool {
    workspace::describes_the_caller(name)
        || name.starts_with("CARGO_PROFILE_")
        || name.starts_with("CARGO_BUILD_")
        || name.starts_with("CARGO_UNSTABLE_")
        || matches!(name, "CARGO_INSTALL_ROOT" | "CARGO_ENCODED_RUSTFLAGS" | "CARGO_INCREMENTAL")
        || matches!(name, "RUSTFLAGS" | "RUSTC_BOOTSTRAP")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_tools_have_the_versions_that_the_project_pins() {
        let lock = fs::read_to_string(workspace::root().join("Cargo.lock")).expect("Cargo.lock");
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{}\"\n", WASM_BINDGEN.version);
        assert!(lock.contains(&entry), "Cargo.lock has another wasm-bindgen");

        let trunk = fs::read_to_string(workspace::root().join("Trunk.toml")).expect("Trunk.toml");
        let pin = format!("wasm_bindgen = \"{}\"", WASM_BINDGEN.version);
        assert!(trunk.contains(&pin), "Trunk.toml has another wasm-bindgen");
    }

    #[test]
    fn an_install_does_not_see_the_workspace_but_keeps_registry_settings() {
        assert!(disturbs_an_install("CARGO_BUILD_TARGET"));
        assert!(disturbs_an_install("CARGO_MANIFEST_DIR"));
        assert!(disturbs_an_install("RUSTFLAGS"));
        assert!(!disturbs_an_install("CARGO_HOME"));
        assert!(!disturbs_an_install("CARGO_NET_OFFLINE"));
        assert!(!disturbs_an_install("CARGO_REGISTRIES_CRATES_IO_PROTOCOL"));
    }
}
