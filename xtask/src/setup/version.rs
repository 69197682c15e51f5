//! Asking programs for their version.

use std::{
    ffi::OsStr,
    process::{Command, Stdio},
};

/// What a program answers when asked for its version; `None` when it cannot be run.
pub fn asked(program: impl AsRef<OsStr>, flag: &str) -> Option<String> {
    let output = Command::new(program).arg(flag).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether an answer names exactly this version: `0.2.13` is not in `trunk 0.2.130`.
pub fn names(answer: &str, version: &str) -> bool {
    answer.lines().next().is_some_and(|line| {
        line.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')).any(|word| word == version)
    })
}

/// The first number of an answer such as `v20.19.2`.
pub fn major(answer: &str) -> Option<u32> {
    let digits: String =
        answer.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exactly_the_wanted_version_matches() {
        assert!(names("trunk 0.22.1\n", "0.22.1"));
        assert!(names("wasm-bindgen 0.2.130 (abcdef 2026-01-01)", "0.2.130"));
        assert!(names("wasm-opt version 132 (version_132)", "132"));
        assert!(!names("trunk 0.22.10", "0.22.1"));
        assert!(!names("trunk 0.22.1-beta.1", "0.22.1"));
        assert!(!names("", "0.22.1"));
    }

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.19.2\n"), Some(20));
        assert_eq!(major("Chromium 148.0.7778.167"), Some(148));
        assert_eq!(major("none"), None);
    }

    #[test]
    fn a_program_that_is_not_there_has_no_version() {
        assert_eq!(asked("no-such-program-anywhere", "--version"), None);
    }
}
