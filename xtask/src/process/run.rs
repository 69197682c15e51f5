//! Running a program to its end while a person watches.

use std::{
    process::{Command, ExitStatus},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::{Job, check_interrupted, is_cargo_noise, last_lines, without_colour};
use crate::progress::Progress;

/// A program to be run to its end.
pub struct Run<'a> {
    command: &'a mut Command,
    echo: bool,
    foreground: bool,
}

/// How a program ended, and all it printed.
pub struct Finished {
    pub status: ExitStatus,
    pub lines: Vec<String>,
    pub elapsed: Duration,
}

impl<'a> Run<'a> {
    /// A program whose output is shown only if it fails.
    pub fn quietly(command: &'a mut Command) -> Self {
        Self { command, echo: false, foreground: false }
    }

    /// A program whose output is shown as it comes, without cargo's routine reports.
    pub fn aloud(command: &'a mut Command) -> Self {
        Self { command, echo: true, foreground: false }
    }

    /// For a program that may ask the person at the terminal something.
    pub fn in_foreground(mut self) -> Self {
        self.foreground = true;
        self
    }

    /// Runs it to its end, whatever that is.
    pub fn finish(self) -> Result<Finished> {
        let mut job =
            if self.foreground { Job::start_in_foreground(self.command)? } else { Job::start(self.command)? };
        let mut progress = Progress::start();
        let mut watch = Watch::default();
        let mut lines = Vec::new();
        let mut quiet_since = None;
        let status = loop {
            check_interrupted()?;
            if let Some(line) = job.next_line(Duration::from_millis(100)) {
                watch.see(&line);
                if self.echo && !is_cargo_noise(&line) {
                    progress.print(&line);
                }
                lines.push(line);
                quiet_since = None;
            } else if let Some(status) = job.ended() {
                // A short silence after its end: the last lines may still be on their way, but a
                // grandchild that holds the output open must not hold this loop.
                if quiet_since.get_or_insert_with(Instant::now).elapsed() > Duration::from_millis(150) {
                    break status;
                }
            }
            progress.tick(&watch.doing());
        };
        Ok(Finished { status, lines, elapsed: progress.elapsed() })
    }

    /// Runs it and makes an error of a failure, with the last of what it printed.
    pub fn succeed(self, what: &str) -> Result<Finished> {
        let echoed = self.echo;
        let finished = self.finish()?;
        if finished.status.success() {
            return Ok(finished);
        }
        if echoed {
            bail!("{what} failed ({})", finished.status);
        }
        bail!(
            "{what} failed ({}). Its last lines:\n{}",
            finished.status,
            last_lines(finished.lines.iter(), 20)
        )
    }
}

/// What a program seems to be doing, for the moving line.
#[derive(Default)]
pub struct Watch {
    compiled: usize,
    last: String,
}

impl Watch {
    /// Takes notice of a line of output.
    pub fn see(&mut self, line: &str) {
        let plain = without_colour(line);
        let plain = plain.trim();
        if plain.starts_with("Compiling ") || plain.starts_with("Checking ") {
            self.compiled += 1;
        }
        // Messages for programs say nothing to a person.
        if !plain.is_empty() && !plain.starts_with('{') {
            self.last = plain.to_owned();
        }
    }

    /// One short line on it.
    pub fn doing(&self) -> String {
        match self.compiled {
            0 => self.last.clone(),
            count => format!("{count} crates, {}", self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moving_line_counts_crates() {
        let mut watch = Watch::default();
        watch.see("  Downloaded serde v1.0.229");
        assert_eq!(watch.doing(), "Downloaded serde v1.0.229");
        watch.see("   Compiling serde v1.0.229");
        watch.see("   Compiling tokio v1.50.0");
        assert_eq!(watch.doing(), "2 crates, Compiling tokio v1.50.0");
    }

    #[test]
    fn a_failure_is_told_with_what_the_program_last_said() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo the reason >&2; exit 4"]);
        let error = Run::quietly(&mut command).succeed("The example").err().expect("it fails");
        let text = error.to_string();
        assert!(text.contains("The example failed") && text.contains("the reason"), "{text}");
    }
}
