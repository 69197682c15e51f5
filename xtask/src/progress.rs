//! What a person sees while something long goes on: one heading, and one line that moves.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Without a terminal a moving line would fill a log, so a plain one comes this often.
const PLAIN_EVERY: Duration = Duration::from_secs(30);

/// Prints a line. A reader that went away (`… | head`) is no reason to stop.
pub fn say(line: &str) {
    if cfg!(test) {
        // Only the macro's output is kept out of sight by the test runner.
        println!("{line}");
    } else {
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }
}

/// Whether what is printed may have colours.
pub fn is_colourful() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// A moving line that tells how long something has been going on, and what it is doing.
pub struct Progress {
    started: Instant,
    last_shown: Instant,
    terminal: bool,
    visible: bool,
}

impl Progress {
    /// Starts the clock; nothing is shown yet.
    pub fn start() -> Self {
        let now = Instant::now();
        let terminal = std::io::stderr().is_terminal();
        Self { started: now, last_shown: now, terminal, visible: false }
    }

    /// How long it has been going on.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Shows the current state if it is time to.
    pub fn tick(&mut self, doing: &str) {
        let pause = if self.terminal { Duration::from_millis(200) } else { PLAIN_EVERY };
        if self.last_shown.elapsed() < pause {
            return;
        }
        self.last_shown = Instant::now();
        // Cut short: a line that wraps could not be taken back.
        let line: String = format!("  {}  {doing}", clock(self.elapsed())).chars().take(78).collect();
        let mut out = std::io::stderr().lock();
        let _ = if self.terminal { write!(out, "\r\x1b[2K{line}") } else { writeln!(out, "{line}") };
        let _ = out.flush();
        self.visible = self.terminal;
    }

    /// Takes the moving line away, so that something else can be printed.
    pub fn clear(&mut self) {
        if self.visible {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K");
            self.visible = false;
        }
    }

    /// Prints a line above the moving one.
    pub fn print(&mut self, line: &str) {
        self.clear();
        say(line);
        // What was just printed shows that things go on; a plain line can wait.
        if !self.terminal {
            self.last_shown = Instant::now();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// `83` seconds as `1:23`.
pub fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_secs(0)), "0:00");
        assert_eq!(clock(Duration::from_secs(83)), "1:23");
        assert_eq!(clock(Duration::from_secs(725)), "12:05");
    }
}
