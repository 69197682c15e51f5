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
        let before = self.descriptors()?;
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

    /// Waits until it has no more descriptors open than that, or for so long that they are not given back.
    pub fn settle(&self, descriptors: usize) -> Result<()> {
        let began = Instant::now();
        while self.descriptors()? > descriptors && began.elapsed() < Duration::from_secs(5) {
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

    /// How many it has open.
    pub fn descriptors(&self) -> Result<usize> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }

    /// In kilobytes.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(held.context("no VmRSS")?.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
