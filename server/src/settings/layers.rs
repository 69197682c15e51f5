//! Where each setting came from, and the flags that the environment and the file amount to.

use super::variables::{self, variable_of};
use super::{Options, file};
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, CommandFactory, ValueHint};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// Flags that say what to do, and are no settings.
const ERRANDS: [&str; 6] = ["check", "print_accounts", "print_headers", "config", "help", "version"];

/// The variables of a process, by name.
pub(super) type Environment = BTreeMap<String, OsString>;

/// Where a setting's value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Flag(String),
    Environment(String),
    File(PathBuf),
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(out, "from the flag {flag}"),
            Self::Environment(name) => write!(out, "from the environment, {name}"),
            Self::File(path) => write!(out, "from the file {}", path.display()),
            Self::Default => out.write_str("the default"),
        }
    }
}

/// What the environment and the file add to the command line.
#[derive(Debug, Default)]
pub(super) struct Layers {
    /// As flags, to be put before the person's own.
    pub(super) flags: Vec<OsString>,
    /// For every setting that is not its default.
    pub(super) sources: BTreeMap<String, Source>,
}

impl Layers {
    /// Where a setting came from.
    pub(super) fn source(&self, setting: &str) -> &Source {
        self.sources.get(setting).unwrap_or(&Source::Default)
    }
}

/// Every setting: its name, and whether it is true or false alone.
pub(super) fn settings() -> Vec<(String, bool)> {
    let command = Options::command();
    let all = command.get_arguments().filter(|arg| !ERRANDS.contains(&arg.get_id().as_str()));
    all.map(|arg| (arg.get_id().to_string(), matches!(arg.get_action(), ArgAction::SetTrue))).collect()
}

/// What a setting is unless somebody says otherwise.
pub(super) fn default_of(setting: &str) -> Option<String> {
    let command = Options::command();
    let arg = command.get_arguments().find(|arg| arg.get_id() == setting)?;
    Some(
        arg.get_default_values().first().map_or("false".into(), |value| value.to_string_lossy()).into_owned(),
    )
}

pub(super) fn flag_of(setting: &str) -> String {
    format!("--{}", setting.replace('_', "-"))
}

/// Whether a setting is a path, which may be no text. Whoever parses refuses any other such value without saying which.
fn may_be_no_text(setting: &str) -> bool {
    let command = Options::command();
    let arg = command.get_arguments().find(|arg| arg.get_id() == setting);
    arg.is_some_and(|arg| arg.get_value_hint() == ValueHint::AnyPath)
}

/// The first flag among what was typed whose value has to be text and is not.
pub(super) fn no_text(args: &[OsString]) -> Option<String> {
    let mut flag = None;
    args.iter().find_map(|arg| {
        let typed = arg.to_string_lossy();
        if typed.starts_with("--") {
            flag = typed.split('=').next().map(str::to_owned);
        }
        let setting = |flag: &String| flag.trim_start_matches("--").replace('-', "_");
        flag.clone().filter(|flag| arg.to_str().is_none() && !may_be_no_text(&setting(flag)))
    })
}

/// Looks each setting up that `flags` leave out, in the environment and then in the file.
pub(super) fn read(
    flags: &ArgMatches,
    environment: &Environment,
    config: Option<&Path>,
) -> Result<Layers, String> {
    if let Some(reason) = variables::refused(environment) {
        return Err(reason);
    }
    let mut written = config.map(file::read).transpose()?.unwrap_or_default();
    let mut layers = Layers::default();
    for (setting, is_switch) in settings() {
        let in_file = written.remove(&setting).map(OsString::from).zip(config);
        let variable = variable_of(&setting);
        let (source, value) = if flags.value_source(&setting) == Some(ValueSource::CommandLine) {
            layers.sources.insert(setting.clone(), Source::Flag(flag_of(&setting)));
            continue;
        } else if let Some(value) = environment.get(&variable) {
            (Source::Environment(variable), value.clone())
        } else if let Some((value, path)) = in_file {
            (Source::File(path.to_owned()), value)
        } else {
            continue;
        };
        if value.to_str().is_none() && !may_be_no_text(&setting) {
            return Err(format!("the setting `{setting}` must be text in UTF-8 ({source})"));
        }
        if is_switch {
            match value.to_str() {
                Some("true" | "1") => layers.flags.push(flag_of(&setting).into()),
                Some("false" | "0") => {}
                _ => return Err(format!("the setting `{setting}` must be true or false ({source})")),
            }
        } else {
            let mut flag = OsString::from(flag_of(&setting));
            flag.push("=");
            flag.push(&value);
            layers.flags.push(flag);
        }
        layers.sources.insert(setting, source);
    }
    match written.keys().next().zip(config) {
        Some((unknown, path)) => Err(format!(
            "there is no setting `{unknown}` (from the file {}; --help lists all)",
            path.display()
        )),
        None => Ok(layers),
    }
}
