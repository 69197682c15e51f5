//! Asking for one file again and again.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use super::files::Asked;
use crate::process::Run;

/// What one run came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Requests a second.
    pub rate: f64,
    /// The time that 99 of 100 requests stay below, in milliseconds.
    pub p99: f64,
}

/// Asks a server of this machine for two seconds, on 64 connections.
pub fn run(wrk: &Path, port: u16, file: &Asked) -> Result<Figures> {
    let mut command = Command::new(wrk);
    command.args(["--threads", "1", "--connections", "64", "--duration", "2s", "--latency"]);
    command.arg("--header").arg(format!("Accept-Encoding: {}", file.encoding));
    command.arg(format!("http://127.0.0.1:{port}{}", file.path));
    let finished = Run::quietly(&mut command).succeed("wrk")?;
    let report = finished.lines.join("\n");
    if report.contains("Non-2xx") || report.contains("Socket errors") {
        bail!("not every request was answered:\n{report}");
    }
    read(&report).with_context(|| format!("wrk's figures cannot be understood:\n{report}"))
}

fn read(report: &str) -> Option<Figures> {
    let value = |name: &str| report.lines().find_map(|line| Some(line.trim().strip_prefix(name)?.trim()));
    Some(Figures { rate: value("Requests/sec:")?.parse().ok()?, p99: milliseconds(value("99%")?)? })
}

fn milliseconds(text: &str) -> Option<f64> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
    match unit {
        "us" => Some(number / 1000.0),
        "ms" => Some(number),
        "s" => Some(number * 1000.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_and_the_tail_are_read() {
        let report = "  Latency Distribution\n     50%  500.00us\n     99%    1.25ms\n  9 requests in 2.00s, 1.00MB read\n\
                      Requests/sec:  12345.67\nTransfer/sec:      1.00MB";
        assert_eq!(read(report), Some(Figures { rate: 12345.67, p99: 1.25 }));
        assert_eq!(read(&report.replace("1.25ms", "750.00us")).map(|figures| figures.p99), Some(0.75));
        assert_eq!(read("nothing"), None);
    }
}
