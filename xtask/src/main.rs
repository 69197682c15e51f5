//! The project's own commands, called as `cargo xtask …`.
//!
//! Everything a command needs is installed by the command itself: the promise to a newcomer is
//! that `cargo xtask serve` is the only thing to type.

mod bench;
mod build;
mod cli;
mod http;
mod process;
mod progress;
mod serve;
mod setup;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Context;
use cli::Command;
use process::Interrupted;

fn main() -> ExitCode {
    let command = match cli::parse() {
        Ok(command) => command,
        Err(error) => {
            eprintln!("{error}\n\n{}", cli::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&command) {
        Ok(code) => code,
        // What the shell expects of a program that ended because it was told to.
        Err(error) if error.is::<Interrupted>() => ExitCode::from(130),
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    if let Command::Help = command {
        println!("{}", cli::USAGE);
        return Ok(ExitCode::SUCCESS);
    }
    process::listen_for_signals()?;
    match command {
        Command::Help => {}
        Command::Setup => {
            setup::prepare(&setup::Needs::all())?;
            progress::say("Everything is in place. Next: cargo xtask serve");
        }
        Command::Serve(options) => serve::run(options)?,
        Command::Build => build::run()?,
        Command::Words => {
            let staging = std::env::var_os("TRUNK_STAGING_DIR").context("only trunk calls this")?;
            build::write_words(&std::path::Path::new(&staging).join("words"))?;
        }
        Command::Bench(options) => bench::run(options)?,
        Command::Test(options) => return test::run(options),
    }
    Ok(ExitCode::SUCCESS)
}
