//! Everything a command needs, installed by the command itself and only when it is absent.

mod apt;
mod browser;
mod cache;
mod cargo_tool;
mod npm_tool;
mod rust;
mod version;
mod web_servers;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

pub use browser::Browser;
use cargo_tool::{TRUNK, TWIGGY, WASM_BINDGEN, WASM_SPLIT};
use npm_tool::{ESBUILD, WASM_OPT};
pub use web_servers::{WebServers, ensure as web_servers};

use crate::{process::Run, progress::say, workspace};

/// Makes cargo see to the standard library's own crates too, which the release build compiles. Macros and build scripts
/// run on this machine: without the crates that they need here a build that is the first on a machine stops.
const STD: &[&str] =
    &["-Zbuild-std=std,panic_abort", "--target", "wasm32-unknown-unknown", "--target", "host-tuple"];

/// What a command needs beyond the Rust toolchain, which all of them need.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needs {
    pub trunk: bool,
    /// `wasm-bindgen` and its test runner.
    pub wasm_bindgen: bool,
    /// What makes the release build of the WebAssembly small, and its scripts and styles.
    pub release: bool,
    pub node: bool,
    pub browser: bool,
}

impl Needs {
    /// What any command may need.
    pub fn all() -> Self {
        Self { trunk: true, wasm_bindgen: true, release: true, node: true, browser: true }
    }

    /// A development build, served: no optimiser, no Node.
    pub fn serve() -> Self {
        Self { trunk: true, wasm_bindgen: true, ..Self::default() }
    }

    /// A release build and its sizes.
    pub fn build() -> Self {
        Self { wasm_bindgen: true, release: true, node: true, ..Self::default() }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            trunk: self.trunk || other.trunk,
            wasm_bindgen: self.wasm_bindgen || other.wasm_bindgen,
            release: self.release || other.release,
            node: self.node || other.node,
            browser: self.browser || other.browser,
        }
    }
}

/// What was found or installed, and how to call programs so that they find it too.
pub struct Tools {
    path: OsString,
    /// Present exactly when it was needed.
    pub browser: Option<Browser>,
}

impl Tools {
    /// Lets a program find the tools.
    pub fn offer_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("PATH", &self.path)
    }

    /// A trunk call in the workspace, which never asks the network.
    pub fn trunk(&self, args: &[&str]) -> Command {
        // Cargo's own folder comes along: trunk calls `cargo` by name.
        let mut command = Command::new("trunk");
        command.args(["--offline", "--skip-version-check"]).args(args).current_dir(workspace::root());
        // Trunk reads a variable of the first name as its own option and knows only true and false.
        command.env_remove("NO_COLOR");
        // Its own stack says nothing to anybody who builds a portal.
        command.env("RUST_BACKTRACE", "0");
        self.offer_to(&mut command);
        command
    }
}

/// Makes sure that everything needed is there.
pub fn prepare(needs: &Needs) -> Result<Tools> {
    if needs.node || needs.release {
        check_node()?;
    }
    rust::ensure_target_and_components()?;
    // What may ask for a password, or has to be installed by hand, comes before what takes minutes.
    let browser = if needs.browser { Some(browser::ensure()?) } else { None };
    let mut folders = Vec::new();
    if needs.trunk {
        folders.extend(cargo_tool::ensure(&TRUNK)?);
    }
    if needs.wasm_bindgen {
        folders.extend(cargo_tool::ensure(&WASM_BINDGEN)?);
    }
    if needs.release {
        for tool in [&WASM_SPLIT, &TWIGGY] {
            folders.extend(cargo_tool::ensure(tool)?);
        }
        for tool in [&WASM_OPT, &ESBUILD] {
            folders.extend(npm_tool::ensure(tool)?);
        }
    }
    for more in fetches(needs) {
        fetch_crates(more)?;
    }
    Ok(Tools { path: path_with(&folders)?, browser })
}

/// With what cargo is told to fetch. Trunk looks at the crates of all systems before it builds for one.
fn fetches(needs: &Needs) -> impl Iterator<Item = &'static [&'static str]> {
    [(needs.release, STD), (needs.trunk, &[])]
        .into_iter()
        .filter_map(|(is_needed, more)| is_needed.then_some(more))
}

/// Builds run offline, so that none asks for newer crates or tools; the crates must be there by then.
fn fetch_crates(more: &[&str]) -> Result<()> {
    let mut command = workspace::cargo(&["fetch", "--locked"]);
    command.args(more).env("RUSTC_BOOTSTRAP", "1");
    Run::quietly(&mut command)
        .succeed("Fetching the crates of Cargo.lock")
        .context("is there a network, and does Cargo.lock fit Cargo.toml?")?;
    Ok(())
}

fn check_node() -> Result<()> {
    judge_node(version::asked("node", "--version"), version::asked("npm", "--version"))
}

/// By what both say of their versions. npm is asked for now, not after minutes of compiling: some systems have it in a
/// package of its own.
fn judge_node(node: Option<String>, npm: Option<String>) -> Result<()> {
    const WANTED: u32 = 20;
    let hint = "install it from https://nodejs.org or with your system's packages";
    let Some(found) = node else {
        bail!("Node {WANTED} or newer is needed and there is none: {hint}");
    };
    if version::major(&found).is_none_or(|major| major < WANTED) {
        bail!("Node {WANTED} or newer is needed and this is {}: {hint}", found.trim());
    }
    if npm.is_none() {
        bail!("npm is needed beside Node and there is none: {hint} (of Debian and Ubuntu: npm)");
    }
    Ok(())
}

fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).context("a folder of the tools cannot be part of PATH")
}

/// The first program of this name on PATH.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Says what is being installed and for how long.
fn announce(what: &str, how_long: &str) {
    say(&format!("Installing {what} ({how_long})"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_of_two_parts_add_up() {
        let both = Needs::serve().and(Needs { browser: true, ..Needs::default() });
        assert!(both.trunk && both.browser && !both.release);
    }

    #[test]
    fn tools_of_the_project_come_before_those_of_the_machine() {
        let path = path_with(&[PathBuf::from("/first/bin")]).expect("a path");
        assert!(path.to_string_lossy().starts_with("/first/bin:"));
    }

    #[test]
    fn after_a_set_up_for_everything_serving_needs_no_network() {
        let of = |needs: Needs| fetches(&needs).collect::<Vec<_>>();
        assert_eq!(of(Needs::build()), [STD]);
        assert!(of(Needs::serve()).iter().all(|serving| of(Needs::all()).contains(serving)));
        assert!(of(Needs::build()).iter().all(|building| of(Needs::all()).contains(building)));
    }

    #[test]
    fn node_is_wanted_new_enough_and_with_npm() {
        let judged = |node: Option<&str>, npm: Option<&str>| {
            judge_node(node.map(String::from), npm.map(String::from)).map_err(|error| error.to_string())
        };
        assert_eq!(judged(Some("v20.20.2\n"), Some("10.8.2\n")), Ok(()));
        for (node, npm, word) in
            [(None, None, "none"), (Some("v18.1.0\n"), Some("9"), "v18.1.0:"), (Some("v22.0.0"), None, "npm")]
        {
            let error = judged(node, npm).expect_err("must not do");
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_folder_is_not_a_program() {
        assert!(!is_program(Path::new("/")));
        assert!(on_path("sh").is_some());
    }
}
