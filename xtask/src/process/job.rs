//! One running program, with everything it starts in turn.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use nix::{
    sys::signal::{Signal, kill, killpg},
    unistd::Pid,
};

use super::{in_a_hurry, text::last_lines};
use crate::progress::is_colourful;

/// How long a program may take to end in good order.
const GRACE: Duration = Duration::from_secs(6);
/// How long what it started may take after its own end. In a container whose first process does not
/// collect the dead, they look alive for ever.
const GRACE_FOR_ORPHANS: Duration = Duration::from_secs(1);
/// How much of an output is kept to tell why a program failed.
const KEPT: usize = 400;

/// A program in a process group of its own. Dropping it stops the whole group.
pub struct Job {
    child: Child,
    lines: Receiver<String>,
    kept: VecDeque<String>,
    grouped: bool,
    ended: Option<ExitStatus>,
}

impl Job {
    /// Starts a program whose output is read line by line.
    ///
    /// It leads a process group of its own: Ctrl-C in the terminal then reaches only this process,
    /// which passes it on, and a grandchild cannot outlive its parent unseen.
    pub fn start(command: &mut Command) -> Result<Self> {
        command.process_group(0);
        Self::spawn(command, true)
    }

    /// Starts a program that may have to talk with the person at the terminal (`sudo`): only the
    /// foreground group can.
    pub fn start_in_foreground(command: &mut Command) -> Result<Self> {
        Self::spawn(command, false)
    }

    fn spawn(command: &mut Command, grouped: bool) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Programs see a pipe and would print without colour what ends up on a terminal.
        if is_colourful() {
            command.env("CARGO_TERM_COLOR", "always").env("TRUNK_COLOR", "always").env("FORCE_COLOR", "1");
        }
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
        let (sender, lines) = channel();
        if let Some(stdout) = child.stdout.take() {
            forward(stdout, sender.clone());
        }
        if let Some(stderr) = child.stderr.take() {
            forward(stderr, sender);
        }
        Ok(Self { child, lines, kept: VecDeque::new(), grouped, ended: None })
    }

    /// The next line of output, waiting for it no longer than given.
    pub fn next_line(&mut self, patience: Duration) -> Option<String> {
        match self.lines.recv_timeout(patience) {
            Ok(line) => {
                if self.kept.len() == KEPT {
                    self.kept.pop_front();
                }
                self.kept.push_back(line.clone());
                Some(line)
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                // Nothing more will come; without a pause the caller's loop would spin.
                thread::sleep(patience.min(Duration::from_millis(20)));
                None
            }
        }
    }

    /// How the program ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().ok().flatten();
        }
        self.ended
    }

    /// The last lines of what it printed.
    pub fn last_output(&mut self) -> String {
        while self.next_line(Duration::from_millis(100)).is_some() {}
        last_lines(self.kept.iter(), 20)
    }

    /// Stops the program and whatever it started: asks first, insists after a while.
    pub fn stop(&mut self) {
        self.signal(Signal::SIGTERM);
        let mut deadline = Instant::now() + GRACE;
        let mut leader_ended = false;
        while !self.all_gone() && Instant::now() < deadline && !in_a_hurry() {
            if self.ended.is_some() && !leader_ended {
                leader_ended = true;
                deadline = deadline.min(Instant::now() + GRACE_FOR_ORPHANS);
            }
            thread::sleep(Duration::from_millis(50));
        }
        if !self.all_gone() {
            self.signal(Signal::SIGKILL);
            let _ = self.child.wait();
        }
    }

    fn signal(&self, signal: Signal) {
        // Too large to be a process id cannot happen; not signalling anybody is the safe answer.
        let Ok(id) = i32::try_from(self.child.id()) else { return };
        // An error means that nobody is left to be told.
        let _ = if self.grouped {
            killpg(Pid::from_raw(id), signal)
        } else if self.ended.is_none() {
            kill(Pid::from_raw(id), signal)
        } else {
            Ok(())
        };
    }

    fn all_gone(&mut self) -> bool {
        // The child is asked first: until somebody has, it stays in its group as a zombie.
        let leader_gone = self.ended().is_some();
        let Ok(id) = i32::try_from(self.child.id()) else { return leader_gone };
        leader_gone && (!self.grouped || killpg(Pid::from_raw(id), None).is_err())
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        // Also after the program's own end: it may have left others in its group.
        if !self.all_gone() {
            self.stop();
        }
    }
}

fn forward(output: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(output);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
            let text = String::from_utf8_lossy(&bytes);
            // Of a line that was redrawn in place only the last state counts.
            let line = text.trim_end().rsplit('\r').next().unwrap_or_default();
            if sender.send(line.to_owned()).is_err() {
                break;
            }
            bytes.clear();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stopping_a_program_stops_what_it_started() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & echo $!; wait"]);
        let mut job = Job::start(&mut command).expect("sh starts");
        let line = job.next_line(Duration::from_secs(10)).expect("the grandchild's id");
        let grandchild = Pid::from_raw(line.parse().expect("a number"));
        assert!(kill(grandchild, None).is_ok(), "the grandchild runs");

        drop(job);

        // Its new parent reaps it in its own time.
        let deadline = Instant::now() + Duration::from_secs(10);
        while kill(grandchild, None).is_ok() {
            assert!(Instant::now() < deadline, "the grandchild outlived its parent");
            thread::yield_now();
        }
    }

    #[test]
    fn the_output_of_a_program_is_kept_for_the_error_message() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo first; echo second >&2; exit 3"]);
        let mut job = Job::start(&mut command).expect("sh starts");
        let output = job.last_output();
        assert!(output.contains("  | first") && output.contains("  | second"), "{output}");
    }
}
