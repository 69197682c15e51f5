//! The project's own server: building it, and what it is told.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{process::Run, progress::say, workspace};

/// How the server is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Its crates are shared with the host tests, and the sandbox is quick enough with it.
    Development,
    /// Where the portal is measured: what it waits for is not to be what is seen.
    Release,
}

/// Builds the server and answers with the program.
pub fn build(profile: Profile) -> Result<PathBuf> {
    say("Building the server (the first time about 2 min, later a few seconds)");
    let mut command = workspace::cargo(&[
        "build",
        "--package",
        "portal-server",
        "--bin",
        "portal-server",
        "--message-format=json-render-diagnostics",
    ]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    let finished = Run::quietly(&mut command).finish()?;
    if !finished.status.success() {
        for line in finished.lines.iter().filter(|line| !line.starts_with('{')) {
            say(line);
        }
        bail!("the server does not build");
    }
    program_in(&finished.lines).context("cargo did not say where it put the server")
}

/// Cargo knows best where a program ended up: target folders can be moved by many settings.
fn program_in(messages: &[String]) -> Option<PathBuf> {
    messages.iter().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    })
}

/// Refuses what would have the server answer where, or how, the portal does not ask it.
pub fn refuse_what_hides_it(extra: &[OsString]) -> Result<()> {
    if names(extra, "--listen") {
        bail!("the portal has to find the server: choose its port with --api-port N, not with --listen");
    }
    match ["--tls-cert", "--tls-key"].into_iter().find(|name| names(extra, name)) {
        Some(name) => {
            bail!("the portal asks the server over plain HTTP, on the port of --api-port: leave {name} out")
        }
        None => Ok(()),
    }
}

/// Whether a flag is among the arguments.
fn names(arguments: &[OsString], flag: &str) -> bool {
    arguments.iter().any(|argument| {
        let argument = argument.to_string_lossy();
        argument.strip_prefix(flag).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })
}

/// What the server is called with. A person's own arguments win over the usual ones.
pub fn arguments(port: u16, dist: &Path, extra: &[OsString]) -> Vec<OsString> {
    let usual: [(&str, OsString); 3] = [
        ("--listen", format!("127.0.0.1:{port}").into()),
        ("--db", ":memory:".into()),
        ("--dist", dist.into()),
    ];
    let mut arguments = Vec::new();
    for (name, value) in usual {
        if !names(extra, name) {
            arguments.extend([name.into(), value]);
        }
    }
    arguments.extend(extra.iter().cloned());
    arguments
}

/// The demo accounts, as the server itself tells them.
pub fn accounts(server: &Path) -> Result<String> {
    let output = Command::new(server)
        .arg("--print-accounts")
        .stdin(Stdio::null())
        .output()
        .context("cannot ask the server for its demo accounts")?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        bail!("the server does not tell its demo accounts: {reason}");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(arguments: &[OsString]) -> String {
        arguments.iter().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_server_gets_the_usual_arguments_and_then_the_persons_own() {
        let extra = ["--members".into(), "1000".into()];
        assert_eq!(
            joined(&arguments(8787, Path::new("/d"), &extra)),
            "--listen 127.0.0.1:8787 --db :memory: --dist /d --members 1000"
        );
    }

    #[test]
    fn an_argument_of_the_person_replaces_the_usual_one() {
        let extra = ["--db=demo.sqlite".into()];
        assert_eq!(
            joined(&arguments(1, Path::new("/d"), &extra)),
            "--listen 127.0.0.1:1 --dist /d --db=demo.sqlite"
        );
    }

    #[test]
    fn where_and_how_the_server_listens_is_not_left_to_its_own_flags() {
        for flag in ["--listen", "--listen=127.0.0.1:9000", "--tls-cert", "--tls-cert=a.pem", "--tls-key"] {
            let reason = refuse_what_hides_it(&["--members".into(), "9".into(), flag.into()]);
            let reason = reason.expect_err("refused").to_string();
            assert!(reason.contains("--api-port"), "{reason}");
        }
        assert!(refuse_what_hides_it(&["--metrics-listen".into(), "--listening".into()]).is_ok());
    }

    #[test]
    fn the_program_is_found_in_what_cargo_reports() {
        let messages = [
            r#"{"reason":"compiler-artifact","executable":null}"#,
            r#"{"reason":"compiler-artifact","executable":"/t/debug/portal-server"}"#,
            "    Finished `dev` profile",
        ]
        .map(String::from);
        assert_eq!(program_in(&messages), Some("/t/debug/portal-server".into()));
        assert_eq!(program_in(&[]), None);
    }
}
