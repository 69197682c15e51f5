//! Installing what only the system's packages have, where those are Debian's.

use std::process::Command;

use anyhow::{Result, bail};
use nix::unistd::Uid;

use super::{announce, on_path};
use crate::{
    process::Run,
    progress::{clock, say},
};

/// Whether the system's packages are Debian's.
pub fn is_there() -> bool {
    on_path("apt-get").is_some()
}

/// Whether they are Ubuntu's, which lack some of them.
pub fn is_ubuntus() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| names_ubuntu(&text))
}

fn names_ubuntu(os_release: &str) -> bool {
    os_release.lines().any(|line| matches!(line.trim(), "ID=ubuntu" | "ID=\"ubuntu\""))
}

/// Installs packages, asking for a password where that is needed. `advice` is what a person is told to do instead when
/// it cannot be done.
pub fn install(what: &str, how_long: &str, packages: &[&str], advice: &'static str) -> Result<()> {
    let as_root = Uid::effective().is_root();
    if !as_root && on_path("sudo").is_none() {
        bail!("{advice} (there is no sudo, so this cannot be done from here)");
    }
    announce(what, &format!("{how_long}, once per machine"));
    if !as_root {
        ask_for_password(advice)?;
    }
    let started = std::time::Instant::now();
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    match apt(as_root, &["update"]).and_then(|()| apt(as_root, &install)) {
        Ok(()) => {
            say(&format!("  done in {}", clock(started.elapsed())));
            Ok(())
        }
        Err(error) => Err(error.context(advice)),
    }
}

/// With the terminal to itself, so that the question is seen; later calls then need no answer.
fn ask_for_password(advice: &str) -> Result<()> {
    match Command::new("sudo").arg("-v").status() {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("{advice} (sudo refused, so this cannot be done from here)"),
    }
}

fn apt(as_root: bool, args: &[&str]) -> Result<()> {
    let mut command = if as_root {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    let run = Run::quietly(&mut command);
    // sudo looks for the person at the terminal, which only the foreground group has.
    let run = if as_root { run } else { run.in_foreground() };
    run.succeed(&format!("apt-get {}", args.join(" ")))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ubuntu_is_known_by_its_own_name_and_not_by_its_relatives() {
        assert!(names_ubuntu("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"));
        assert!(!names_ubuntu("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!names_ubuntu("ID=debian\nVERSION_ID=\"12\"\n"));
    }
}
