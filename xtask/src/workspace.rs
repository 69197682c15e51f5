//! Where things are in this checkout, and how cargo is called for it.

use std::{
    ffi::OsString,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

/// The folder with the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // Asked at run time first: a checkout that was moved keeps working with an old binary.
    let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest_dir.parent().map(Path::to_path_buf).unwrap_or(manifest_dir)
}

/// What this tool itself writes and may always be deleted.
pub fn scratch() -> Result<PathBuf> {
    let dir = root().join("target").join("xtask");
    std::fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    Ok(dir)
}

/// Removes a file or a folder with all that is in it. What is not there needs no removing.
pub fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// The release build of the portal.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder of the browser journeys.
pub fn e2e() -> PathBuf {
    root().join("tests").join("e2e")
}

/// The cargo that runs this very command, so that the toolchain is the pinned one.
pub fn cargo_program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A cargo call in the workspace.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(cargo_program());
    command.args(args).current_dir(root());
    for (name, _) in std::env::vars_os() {
        if describes_the_caller(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo run` tells its program about the program's own package; a cargo below it must not see
/// that, or build scripts that watch these variables run again on every switch.
pub fn describes_the_caller(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_BIN_")
        || matches!(name, "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH" | "CARGO_CRATE_NAME")
        || name == "CARGO_PRIMARY_PACKAGE"
}

/// The toolchain that `rust-toolchain.toml` pins.
pub fn pinned_toolchain() -> Result<String> {
    let path = root().join("rust-toolchain.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    channel(&text).with_context(|| format!("{} names no channel", path.display()))
}

fn channel(toolchain_file: &str) -> Option<String> {
    let line = toolchain_file.lines().find_map(|line| line.trim().strip_prefix("channel"))?;
    Some(line.split('"').nth(1)?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_toolchain_is_read_from_its_file() {
        let file = "[toolchain]\nchannel = \"1.95.0\"\ntargets = [\"wasm32-unknown-unknown\"]\n";
        assert_eq!(channel(file).as_deref(), Some("1.95.0"));
        assert_eq!(channel("[toolchain]\n"), None);
    }

    #[test]
    fn the_container_is_built_with_the_pinned_toolchain() {
        let recipe = std::fs::read_to_string(root().join("deploy/Containerfile")).expect("a recipe");
        let pinned = pinned_toolchain().expect("a toolchain");
        assert!(recipe.contains(&format!("FROM rust:{pinned}-")), "{pinned}");
    }
}
