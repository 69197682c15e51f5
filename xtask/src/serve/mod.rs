//! `cargo xtask serve`: the server with its sandbox, and the portal in front of it.

mod portal_server;
mod trunk_config;

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

pub use portal_server::{Profile, arguments as server_arguments, build as build_server};

use crate::{
    cli::ServeOptions,
    http,
    process::{Job, Watch, check_interrupted, is_cargo_noise},
    progress::{Progress, say},
    setup::{self, Needs},
    workspace,
};

const USUAL_API_PORT: u16 = 8787;
/// The first build compiles every crate of the portal; a slow machine may need its time.
const FIRST_BUILD: Duration = Duration::from_secs(20 * 60);
const SERVER_START: Duration = Duration::from_secs(60);
/// What trunk says when it goes on without a page, or with an older one.
const BUILD_FAILED: &str = "error from build pipeline";

/// Serves until Ctrl-C, or until one of the two programs ends.
pub fn run(options: &ServeOptions) -> Result<()> {
    // Before anything long: nobody should wait minutes to be told this.
    portal_server::refuse_what_hides_it(&options.server_args)?;
    let api_port = choose_ports(options)?;
    let tools = setup::prepare(&Needs::serve())?;
    let server_binary = build_server(Profile::Development)?;

    // Not dist/: a release build there stays what it is while somebody works on the portal. And one
    // folder for each port: two may be served from one checkout.
    let folder = workspace::scratch()?.join(format!("serve-{}", options.port));
    let dist = folder.join("dist");
    std::fs::create_dir_all(&dist).with_context(|| format!("cannot create {}", dist.display()))?;
    let config = trunk_config::write(&folder, &dist, api_port)?;

    let mut command = Command::new(&server_binary);
    command.args(portal_server::arguments(api_port, &dist, &options.server_args));
    command.current_dir(workspace::root());
    let mut server = Service::start("server", &mut command)?;
    server.wait_for(api_port, "/healthz", SERVER_START)?;
    let accounts = portal_server::accounts(&server_binary)?;

    say("Building the portal (the first time about 1 min, later a few seconds)");
    let mut command =
        tools.trunk(&["serve", "--config", &config.to_string_lossy(), "--port", &options.port.to_string()]);
    let mut trunk = Service::start("trunk", &mut command)?;
    trunk.wait_for(options.port, "/", FIRST_BUILD)?;

    let builds = !trunk.said.iter().any(|line| line.contains(BUILD_FAILED));
    if !builds {
        trunk.said.iter().for_each(|line| say(line));
    }
    greet(options.port, api_port, builds, &accounts);
    watch_over(&mut [trunk, server])
}

fn choose_ports(options: &ServeOptions) -> Result<u16> {
    let port = options.port;
    if !http::is_free(port) {
        bail!("port {port} is taken; choose another: cargo xtask serve --port {}", free_or(port))
    }
    match options.api_port {
        Some(api) if api == port => bail!("the portal and the server cannot both have port {port}"),
        Some(api) if !http::is_free(api) => {
            bail!("port {api} is taken; choose another for the server: --api-port {}", free_or(api))
        }
        Some(api) => Ok(api),
        None if port != USUAL_API_PORT && http::is_free(USUAL_API_PORT) => Ok(USUAL_API_PORT),
        None => http::free_port().context("there is no free port for the server"),
    }
}

/// A suggestion that works, near the port that does not.
fn free_or(taken: u16) -> u16 {
    (1..20).filter_map(|step| taken.checked_add(step)).find(|port| http::is_free(*port)).unwrap_or(0)
}

fn greet(port: u16, api_port: u16, builds: bool, accounts: &str) {
    if builds {
        say(&format!("\nThe portal is at  http://127.0.0.1:{port}/  (its server: port {api_port})\n"));
    } else {
        say(
            "\nThe portal does not build yet: the messages above say why. It is built again on every change,",
        );
        say(&format!("and will be at  http://127.0.0.1:{port}/  (its server: port {api_port})\n"));
    }
    say(&format!("Demo accounts:\n\n{}\n", accounts.trim_end()));
    say("Changes to the portal show by themselves. Ctrl-C stops everything.\n");
}

/// One of the programs that serving is made of.
struct Service {
    name: &'static str,
    job: Job,
    /// What it printed until it was ready.
    said: Vec<String>,
}

impl Service {
    fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        Ok(Self { name, job: Job::start(command)?, said: Vec::new() })
    }

    /// Waits until somebody answers on the port, whatever the answer is.
    fn wait_for(&mut self, port: u16, path: &str, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        let mut progress = Progress::start();
        let mut watch = Watch::default();
        let mut asked = Instant::now();
        loop {
            check_interrupted()?;
            if let Some(line) = self.job.next_line(Duration::from_millis(100)) {
                watch.see(&line);
                if !is_cargo_noise(&line) {
                    self.said.push(line);
                }
            }
            self.check_alive()?;
            // Not on every line: a build prints many.
            if asked.elapsed() > Duration::from_millis(200) {
                asked = Instant::now();
                if http::get_status(port, path).is_some() {
                    return Ok(());
                }
            }
            if Instant::now() > deadline {
                let minutes = patience.as_secs() / 60;
                bail!(
                    "{} gave no answer in {minutes} min. Its last lines:\n{}",
                    self.name,
                    self.job.last_output()
                );
            }
            progress.tick(&watch.doing());
        }
    }

    fn check_alive(&mut self) -> Result<()> {
        match self.job.ended() {
            None => Ok(()),
            Some(status) => {
                bail!("{} ended by itself ({status}). Its last lines:\n{}", self.name, self.job.last_output())
            }
        }
    }
}

/// Passes on what the programs print, until the end. Dropping the services stops them.
fn watch_over(services: &mut [Service]) -> Result<()> {
    loop {
        check_interrupted()?;
        for service in services.iter_mut() {
            while let Some(line) = service.job.next_line(Duration::from_millis(50)) {
                if !line.trim().is_empty() && !is_cargo_noise(&line) {
                    say(&format!("{:>6} | {line}", service.name));
                }
                check_interrupted()?;
            }
            service.check_alive()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_taken_port_is_named_together_with_the_way_out() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = taken.local_addr().expect("its address").port();
        let options = ServeOptions { port, ..ServeOptions::default() };
        let error = choose_ports(&options).expect_err("it is taken").to_string();
        assert!(error.contains(&format!("port {port} is taken")) && error.contains("--port"), "{error}");
        assert_eq!(error.lines().count(), 1);
    }

    #[test]
    fn portal_and_server_are_not_given_the_same_port() {
        let port = http::free_port().expect("a port");
        let options = ServeOptions { port, api_port: Some(port), ..ServeOptions::default() };
        assert!(choose_ports(&options).is_err());
    }
}
