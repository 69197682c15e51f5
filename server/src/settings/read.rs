//! Reading the command line, the environment and the file.

use super::Options;
use super::check::{Report, contradictions, files_missing, page_missing, things_missing};
use super::layers::{self, Environment, Layers};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Serve.
    Serve(Box<Options>),
    /// Print the settings and what is wrong with them.
    Check(Report),
    /// Print the demo accounts.
    Accounts,
    /// Print the headers of every file.
    Headers(Box<Options>),
    /// Print this text: the help or the version.
    Show(String),
    /// Say what is wrong with the settings, in one sentence.
    Wrong(String),
}

/// Reads the command line, with this process's environment.
pub fn command(args: impl IntoIterator<Item = OsString>) -> Command {
    // A name that is no text is not one of ours.
    let environment = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    command_in(args, &environment.collect())
}

/// Reads the command line, with any environment. A variable that is empty is one that is not set, so that `${NAME:-}` can
/// leave a setting out.
pub fn command_in(
    args: impl IntoIterator<Item = OsString>,
    environment: &BTreeMap<String, OsString>,
) -> Command {
    let set = environment.iter().filter(|(_, value)| !value.is_empty());
    let environment = set.map(|(name, value)| (name.clone(), value.clone())).collect();
    read(args.into_iter().collect(), &environment).unwrap_or_else(|wrong| wrong)
}

/// Parses twice: first what the person typed, which says where else to look, then everything together.
fn read(args: Vec<OsString>, environment: &Environment) -> Result<Command, Command> {
    let typed = Options::command().try_get_matches_from(&args).map_err(|error| {
        match layers::no_text(&args).filter(|_| error.kind() == ErrorKind::InvalidUtf8) {
            Some(flag) => {
                Command::Wrong(format!("the value of {flag} must be text in UTF-8 (from the flag)"))
            }
            None => refused(&error, &Layers::default()),
        }
    })?;
    if typed.get_flag("print_accounts") {
        return Ok(Command::Accounts);
    }
    let config = typed.get_one::<PathBuf>("config").cloned();
    let config = config.or_else(|| environment.get("PORTAL_CONFIG").map(PathBuf::from));
    let layers = layers::read(&typed, environment, config.as_deref()).map_err(Command::Wrong)?;
    let (program, own) = args.split_at(args.len().min(1));
    let all = [program, layers.flags.as_slice(), own].concat();
    let mut matches =
        Options::command().try_get_matches_from(all).map_err(|error| refused(&error, &layers))?;
    let shown = matches.clone();
    let mut options =
        Options::from_arg_matches_mut(&mut matches).map_err(|error| refused(&error, &layers))?;
    if options.check {
        return Ok(Command::Check(Report::new(&options, &shown, &layers)));
    }
    let mut problems = contradictions(&options, &shown, &layers);
    if options.print_headers {
        problems.extend(files_missing(&options, &layers));
    } else if problems.is_empty() {
        problems = things_missing(&options, &layers);
        options.without_page = page_missing(&options, &layers);
    }
    match problems.into_iter().next() {
        Some(problem) => Ok(Command::Wrong(problem)),
        None if options.print_headers => Ok(Command::Headers(Box::new(options))),
        None => Ok(Command::Serve(Box::new(options))),
    }
}

fn refused(error: &clap::Error, layers: &Layers) -> Command {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Command::Show(error.to_string());
    }
    let hint = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(flag)) => source_of(flag, layers),
        _ => None,
    };
    let typed = match error.kind() {
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => "from the flag; --help lists the flags",
        _ => "--help lists the flags",
    };
    Command::Wrong(format!("{} ({})", one_line(&error.to_string()), hint.as_deref().unwrap_or(typed)))
}

/// Where the value of a flag such as `--members <N>` came from, unless somebody typed it.
fn source_of(flag: &str, layers: &Layers) -> Option<String> {
    let setting = flag.split(' ').next()?.trim_start_matches("--").replace('-', "_");
    layers.sources.get(&setting).map(ToString::to_string)
}

/// The cause without usage and tips.
fn one_line(report: &str) -> String {
    let cause: Vec<&str> = report
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"))
        .filter(|line| !line.is_empty())
        .collect();
    let cause = cause.join(" ");
    cause.strip_prefix("error: ").unwrap_or(&cause).to_owned()
}
