//! The portal as one file of WebAssembly, as small as the compiler makes it.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{process::Run, workspace};

const TARGET: &str = "wasm32-unknown-unknown";
/// Of Cargo.toml. Its name is that of the folder, too.
const PROFILE: &str = "browser";

/// What only a nightly compiler offers by name; `RUSTC_BOOTSTRAP` lets the pinned one take it.
///
/// The standard library is compiled for size, a panic ends the program without words for nobody to read (src/boot.js
/// shows the screen for it), and neither places in the source nor `Debug` texts come along.
const SMALL_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const SMALL_CODE: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

const METADATA: [&str; 5] = ["metadata", "--no-deps", "--offline", "--format-version", "1"];

/// Compiles the portal for release. Two compilations of the same sources give the same bytes, wherever they lie.
pub fn portal() -> Result<PathBuf> {
    let mut command = workspace::cargo(&["build", "--profile", PROFILE, "--offline", "--locked"]);
    command
        .args(["--bin", "portal", "--target", TARGET])
        .args(SMALL_STD)
        // Added to what .cargo/config.toml says, which a variable would replace.
        .args(["--config", &format!("target.{TARGET}.rustflags = [{}]", quoted(&flags()?))])
        // The names of functions, for the table of what weighs how much. They are not shipped.
        .args(["--config", &format!("profile.{PROFILE}.strip = false")])
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    Run::aloud(&mut command).succeed("Compiling the portal")?;
    let folder = target_folder(&mut workspace::cargo(&METADATA))?;
    Ok(folder.join(TARGET).join(PROFILE).join("portal.wasm"))
}

/// Cargo knows best where a build ends up: target folders can be moved by many settings.
fn target_folder(metadata: &mut Command) -> Result<PathBuf> {
    let output = metadata.stdin(Stdio::null()).output().context("cannot ask cargo for its target folder")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let said: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let folder = said.get("target_directory").and_then(serde_json::Value::as_str);
    Ok(folder.context("cargo did not say where its target folder is")?.into())
}

fn flags() -> Result<Vec<String>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let cargo = cargo.context("neither CARGO_HOME nor HOME says where the crates are")?;
    let elsewhere = |from: PathBuf, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags: Vec<String> = SMALL_CODE.iter().map(ToString::to_string).collect();
    // Where each function and datum is used, for taking the program apart.
    flags.extend(["--cfg=split".to_owned(), "-Clink-args=--emit-relocs".to_owned()]);
    flags.extend([elsewhere(cargo, "/cargo"), elsewhere(workspace::root(), "/portal")]);
    Ok(flags)
}

fn quoted(flags: &[String]) -> String {
    flags.iter().map(|flag| format!("{flag:?}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_a_list_that_cargo_reads() {
        assert_eq!(quoted(&["-a".to_owned(), "b\\c".to_owned()]), r#""-a", "b\\c""#);
    }

    #[test]
    fn a_target_folder_is_found_wherever_it_was_moved_to() {
        for (name, other) in
            [("CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"), ("CARGO_BUILD_TARGET_DIR", "CARGO_TARGET_DIR")]
        {
            let mut command = workspace::cargo(&METADATA);
            command.env(name, "/else/where").env_remove(other);
            assert_eq!(target_folder(&mut command).expect("cargo answers"), PathBuf::from("/else/where"));
        }
        let mut command = workspace::cargo(&METADATA);
        command.env_remove("CARGO_TARGET_DIR").args(["--config", "build.target-dir = 'moved'"]);
        let folder = target_folder(&mut command).expect("cargo answers");
        assert!(folder.is_absolute() && folder.ends_with("moved"), "{}", folder.display());
    }

    #[test]
    fn no_path_of_this_machine_stays_in_the_program() {
        let root = workspace::root().display().to_string();
        let flags = flags().expect("there is a home");
        assert!(flags.iter().any(|flag| flag == &format!("--remap-path-prefix={root}=/portal")), "{flags:?}");
    }
}
