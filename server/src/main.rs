//! The server as a program: read the flags, listen, stop when told to.

use portal_server::{
    Command, Options, Report, StartError, command, print_accounts, print_headers, serve, start_log,
};
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    match command(std::env::args_os()) {
        Command::Serve(options) => run(*options),
        Command::Accounts => {
            print_accounts(&mut std::io::stdout().lock());
            ExitCode::SUCCESS
        }
        Command::Headers(options) => headers(&options),
        Command::Show(text) => {
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Command::Check(report) => show(&report),
        Command::Wrong(reason) => fail(&reason, 2),
    }
}

fn headers(options: &Options) -> ExitCode {
    match tokio::runtime::Builder::new_current_thread().build() {
        Ok(runtime) => {
            runtime.block_on(print_headers(options, &mut std::io::stdout().lock()));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&StartError::Runtime(error).to_string(), 1),
    }
}

/// The settings on one output, what is wrong on the other: each can be kept by itself.
fn show(report: &Report) -> ExitCode {
    let _ = std::io::stdout().write_all(report.settings.as_bytes());
    report.problems.iter().fold(ExitCode::SUCCESS, |_, problem| fail(problem, 2))
}

fn run(options: Options) -> ExitCode {
    let log = match start_log(options.edge.log_format) {
        Ok(log) => log,
        Err(error) => return fail(&StartError::Runtime(error).to_string(), 1),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => {
            let outcome = runtime.block_on(serve(options));
            // The system may still look for a name, which cannot be stopped and nobody waits for.
            runtime.shutdown_timeout(Duration::from_secs(1));
            outcome
        }
        Err(error) => Err(StartError::Runtime(error)),
    };
    drop(log);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string(), 1),
    }
}

/// One line, whatever stands in a value or the name of a file.
fn fail(reason: &str, code: u8) -> ExitCode {
    let mut line = String::new();
    for sign in reason.chars() {
        if sign.is_control() { line.extend(sign.escape_default()) } else { line.push(sign) }
    }
    let _ = writeln!(std::io::stderr(), "portal-server: {line}");
    ExitCode::from(code)
}
