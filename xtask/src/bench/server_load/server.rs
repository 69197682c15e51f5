//! The server as a process of its own, and what it holds.

use std::{
    io::{self, BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::{CONNECTIONS, HEALTH, client::Client};

/// A server of one's own. Dropping it ends it.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it on a free port.
    pub fn start(program: &Path, flags: &[&str]) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--listen", "127.0.0.1:0"]).args(flags);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().context("the server has no output")?;
        let mut first = String::new();
        BufReader::new(out).read_line(&mut first)?;
        let address =
            first.trim().strip_prefix("listening on http://").context("the server does not start")?;
        let address = address.parse()?;
        Ok(Self { child, address })
    }

    /// Rounds of connections, so that what is measured before and after has the same past.
    pub fn ask_in_vain(&self, rounds: usize) -> Result<()> {
        let before = self.held()?;
        for _ in 0..rounds {
            let mut clients: Vec<Client> =
                (0..CONNECTIONS).map(|_| Client::connect(self.address)).collect::<io::Result<_>>()?;
            for client in &mut clients {
                client.send(HEALTH)?;
            }
            for client in &mut clients {
                client.reply()?;
            }
        }
        self.settle(before)
    }

    /// Waits until it has no more descriptors open than then, or for so long that they are not given back.
    pub fn settle(&self, before: Option<Held>) -> Result<()> {
        let began = Instant::now();
        let is_more = |held: Held| before.is_some_and(|before| held.descriptors > before.descriptors);
        while self.held()?.is_some_and(is_more) && began.elapsed() < Duration::from_secs(5) {
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Tells it to stop, and how long that took.
    pub fn stop(&mut self) -> Result<Duration> {
        let told = Instant::now();
        kill(Pid::from_raw(i32::try_from(self.child.id())?), Signal::SIGTERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(told.elapsed())
    }

    /// What it holds; `None` where the system does not tell.
    pub fn held(&self) -> Result<Option<Held>> {
        Held::of(Path::new("/proc"), self.child.id())
    }
}

/// What a process holds.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// How many it has open.
    pub descriptors: usize,
    /// In kilobytes.
    pub memory: u64,
}

impl Held {
    /// As Linux tells it in its folder of processes. Other systems, such as macOS, have none.
    fn of(processes: &Path, id: u32) -> Result<Option<Self>> {
        if !processes.join("self").join("fd").is_dir() {
            return Ok(None);
        }
        let own = processes.join(id.to_string());
        let descriptors = std::fs::read_dir(own.join("fd"))?.count();
        let status = std::fs::read_to_string(own.join("status"))?;
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.context("no VmRSS")?.trim().trim_end_matches(" kB").parse()?;
        Ok(Some(Self { descriptors, memory }))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_does_not_tell_what_a_process_holds_is_no_failure() {
        assert!(Held::of(Path::new("/nonexistent"), 1).expect("no failure").is_none());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn linux_tells_what_a_process_holds() {
        let held = Held::of(Path::new("/proc"), std::process::id()).expect("is told").expect("by Linux");
        assert!(held.descriptors > 2 && held.memory > 100, "{held:?}");
    }
}
