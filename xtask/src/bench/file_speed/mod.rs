//! How quick the server hands out the portal: beside nginx, the same files, in turns.

mod files;
mod nginx;
mod wrk;

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use self::wrk::Figures;
use crate::{
    http,
    process::{Job, check_interrupted},
    progress::say,
    serve,
    setup::WebServers,
    workspace,
};

/// Each round asks both for every file. Rounds are short and many, so that what else happens on the machine falls on
/// both alike; the median is what counts.
const ROUNDS: usize = 7;
/// What of nginx's requests a second is enough.
const ENOUGH: f64 = 0.8;
const PATIENCE: Duration = Duration::from_secs(10);

/// Measures and prints a table.
pub fn run(program: &Path, tools: &WebServers) -> Result<()> {
    let folder = workspace::scratch()?.join("bench-server");
    let mut files = files::prepare(&folder)?;
    if tools.nginx_brotli.is_none() {
        say(
            "This nginx has no module for brotli (Debian: libnginx-mod-http-brotli-static): brotli is not measured",
        );
        files.retain(|file| !file.needs_brotli());
    }
    let (own_port, nginx_port) = (http::free_port()?, http::free_port()?);
    // It writes a line for each request, nginx none; nobody reads them here.
    let mut own = Command::new("sh");
    own.args(["-c", r#"exec "$0" "$@" 2> /dev/null"#]).arg(program);
    own.args(serve::server_arguments(own_port, &folder.join("dist"), &[]));
    let mut own = started(&mut own, own_port)?;
    let mut nginx = started(&mut nginx::command(tools, &folder, nginx_port)?, nginx_port)?;
    let outcome = measure(&tools.wrk, &files, own_port, nginx_port);
    own.stop();
    nginx.stop();
    say(&outcome?);
    Ok(())
}

/// Starts a server and waits until it answers.
fn started(command: &mut Command, port: u16) -> Result<Job> {
    let mut job = Job::start(command)?;
    let deadline = Instant::now() + PATIENCE;
    while http::get_status(port, "/") != Some(200) {
        check_interrupted()?;
        if job.ended().is_some() || Instant::now() > deadline {
            bail!("{} does not answer:\n{}", command.get_program().to_string_lossy(), job.last_output());
        }
    }
    Ok(job)
}

fn measure(wrk: &Path, files: &[files::Asked], own: u16, nginx: u16) -> Result<String> {
    say("Measuring the server beside nginx (about 2 min; whatever else this machine does is measured too)");
    let mut table = format!(
        "\n{:<24} {:>10} {:>10} {:>7} {:>10} {:>10}\n",
        "file", "own req/s", "nginx", "ratio", "own p99", "nginx p99"
    );
    for file in files {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            // Whoever comes second finds a warmer machine, so they take turns at that, too.
            let mut turns = [(own, &mut ours), (nginx, &mut theirs)];
            turns.rotate_left(round % 2);
            for (port, figures) in turns {
                check_interrupted()?;
                figures.push(wrk::run(wrk, port, file)?);
            }
        }
        table.push_str(&line(&file.name, &middle(&ours), &middle(&theirs)));
    }
    Ok(table)
}

fn line(name: &str, own: &Figures, nginx: &Figures) -> String {
    let ratio = own.rate / nginx.rate;
    // A tenth is what two runs of the same differ by.
    let is_quick = ratio >= ENOUGH && own.p99 <= nginx.p99 * 1.1;
    format!(
        "{name:<24} {:>10.0} {:>10.0} {ratio:>7.2} {:>7.2} ms {:>7.2} ms  {}\n",
        own.rate,
        nginx.rate,
        own.p99,
        nginx.p99,
        if is_quick { "ok" } else { "slow" }
    )
}

/// The median of each figure by itself.
fn middle(all: &[Figures]) -> Figures {
    let of = |figure: fn(&Figures) -> f64| {
        let mut values: Vec<f64> = all.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Figures { rate: of(|figures| figures.rate), p99: of(|figures| figures.p99) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(rate: f64, p99: f64) -> Figures {
        Figures { rate, p99 }
    }

    #[test]
    fn the_middle_is_taken_of_each_figure() {
        let all = [figures(1.0, 9.0), figures(3.0, 2.0), figures(2.0, 3.0)];
        assert_eq!(middle(&all), figures(2.0, 3.0));
    }

    #[test]
    fn what_is_slower_by_more_than_a_fifth_or_has_a_longer_tail_is_said_to_be_slow() {
        let nginx = figures(100.0, 2.0);
        assert!(line("a", &figures(80.0, 2.1), &nginx).ends_with("ok\n"));
        assert!(line("a", &figures(79.0, 1.0), &nginx).ends_with("slow\n"));
        assert!(line("a", &figures(200.0, 2.3), &nginx).ends_with("slow\n"));
    }
}
