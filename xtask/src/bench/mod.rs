//! `cargo xtask bench`: how quick the release build is in the browser, what it holds, what the server bears, and how
//! quick it is beside nginx.

mod file_speed;
mod server_load;
mod table;

use anyhow::{Context, Result, bail};

use crate::{
    build,
    cli::{BenchOptions, Measured},
    process::Run,
    progress::{clock, say},
    serve::{self, Profile},
    setup::{self, Needs, WebServers},
    test, workspace,
};

/// Measures, and prints a table. What is over its limit is said, not an error; what could not be measured is one.
pub fn run(options: &BenchOptions) -> Result<()> {
    // What may ask for a password comes before what takes minutes.
    let web_servers = options.wants(Measured::Files).then(setup::web_servers).transpose()?;
    if options.wants(Measured::Pages) {
        pages(options)?;
    }
    if options.wants(Measured::Server) {
        server()?;
    }
    if let Some(web_servers) = web_servers {
        files(&web_servers)?;
    }
    Ok(())
}

fn server() -> Result<()> {
    setup::prepare(&Needs::default())?;
    let program = serve::build_server(Profile::Release)?;
    say("Measuring the server (about 1 min)");
    let lines = serde_json::to_string(&server_load::measure(&program)?)?;
    say(&format!("\n{}", table::table(&table::parse(&lines).context("the figures cannot be understood")?)));
    Ok(())
}

fn files(web_servers: &WebServers) -> Result<()> {
    build::ensure_release(&setup::prepare(&Needs::build())?)?;
    file_speed::run(&serve::build_server(Profile::Release)?, web_servers)
}

fn pages(options: &BenchOptions) -> Result<()> {
    let tools = setup::prepare(&Needs { browser: true, ..Needs::build() })?;
    build::ensure_release(&tools)?;
    let server = serve::build_server(Profile::Release)?;
    let report = workspace::scratch()?.join("bench.json");
    // What an earlier run left must not be taken for this one's.
    workspace::remove(&report)?;

    say("Measuring the pages (about 4 min; whatever else this machine does is measured too)");
    let mut command = test::call_playwright(&tools, &server, &options.playwright_args)?;
    command.args(["--config", "bench.config.ts"]).env("PORTAL_BENCH_REPORT", &report);
    let finished = Run::aloud(&mut command).finish()?;

    // The lines that are there are shown even when others are not.
    if let Ok(text) = std::fs::read_to_string(&report) {
        let lines = table::parse(&text).context("the figures cannot be understood")?;
        say(&format!("\n{}", table::table(&lines)));
        say(&format!(
            "measured in {}; all values of the pages are in {}",
            clock(finished.elapsed),
            report.display()
        ));
    } else if finished.status.success() {
        bail!("nothing was measured");
    }
    if !finished.status.success() {
        bail!("not everything could be measured (see above)");
    }
    Ok(())
}
