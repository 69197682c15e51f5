//! The flags.

use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{Parser, ValueEnum};
use contract::{ExchangeForm, ProfileChoice, Settings};
use std::ffi::OsString;
use std::path::PathBuf;

/// Serves the portal and answers its API from an embedded sandbox.
#[derive(Clone, Debug, Parser)]
#[command(name = "portal-server", version, args_override_self = true)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8787")]
    pub listen: String,
    /// The folder of the built portal.
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    pub dist: PathBuf,
    /// The sandbox's database: a file, or `:memory:` for one that is forgotten at the end.
    #[arg(long, value_name = "FILE", default_value = crate::sandbox::MEMORY)]
    pub db: String,
    /// Grows the first team to this many members.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=200_000))]
    pub members: u32,
    /// How a person takes another of their own profiles.
    #[arg(long, value_name = "HOW", default_value = "switch")]
    pub profile_choice: ProfileChoiceFlag,
    /// Which address the portal exchanges one-time tokens at; the sandbox answers both.
    #[arg(long, value_name = "ADDRESS", default_value = "auth/login")]
    pub exchange: ExchangeFlag,
    /// Minutes that acting as another person may last.
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub acting_minutes: u32,
    /// The location whose API the portal calls instead of the sandbox, such as `https://name.spaces.nexudus.com`.
    #[arg(long, value_name = "URL", default_value = "", value_parser = origin, hide_default_value = true)]
    pub api_base: String,
    /// The name shown until the location says its own.
    #[arg(long, value_name = "NAME", default_value_t = Settings::default().brand)]
    pub brand: String,
    /// Answers `/sandbox/…`: reads the audit, removes members, moves the clock. For tests only: anybody may call it.
    #[arg(long)]
    pub sandbox_controls: bool,
    /// Seconds that a bearer lives.
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, value_parser = clap::value_parser!(u32).range(1..=1_209_600))]
    pub access_token_seconds: u32,
    /// Requests that change something, for each session and minute; more are answered with 429. 0 takes any number.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub writes_per_minute: u32,
    /// Prints the demo accounts and ends.
    #[arg(long)]
    pub print_accounts: bool,
}

impl Options {
    /// What the portal reads at `/config.json`.
    pub fn settings(&self) -> Settings {
        Settings {
            api_base: self.api_base.clone(),
            exchange: self.exchange.0,
            profile_choice: self.profile_choice.0,
            acting_minutes: self.acting_minutes,
            brand: self.brand.clone(),
        }
    }
}

/// [`ProfileChoice`] as a flag.
#[derive(Clone, Copy, Debug)]
pub struct ProfileChoiceFlag(ProfileChoice);

impl ValueEnum for ProfileChoiceFlag {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(ProfileChoice::Switch), Self(ProfileChoice::Impersonate)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self.0 {
            ProfileChoice::Switch => "switch",
            ProfileChoice::Impersonate => "impersonate",
        }))
    }
}

/// [`ExchangeForm`] as a flag.
#[derive(Clone, Copy, Debug)]
pub struct ExchangeFlag(ExchangeForm);

impl ValueEnum for ExchangeFlag {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(ExchangeForm::AuthLogin), Self(ExchangeForm::SysUsersExchange)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            ExchangeForm::AuthLogin => PossibleValue::new("auth/login").alias("auth/login/{token}"),
            ExchangeForm::SysUsersExchange => PossibleValue::new("sys/users/exchange"),
        })
    }
}

/// A scheme and a host, nothing else: the value also goes into the Content-Security-Policy.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return Ok(String::new());
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |host: &str| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c))
    };
    match host {
        Some(host) if fits(host) => Ok(text.to_owned()),
        _ => Err("expected a scheme and a host, such as https://name.spaces.nexudus.com".to_owned()),
    }
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Serve.
    Serve(Box<Options>),
    /// Print the demo accounts.
    Accounts,
    /// Print this text: the help or the version.
    Show(String),
    /// Say what is wrong with the flags, in one line.
    Wrong(String),
}

/// Reads the command line.
pub fn command(args: impl IntoIterator<Item = OsString>) -> Command {
    match Options::try_parse_from(args) {
        Ok(options) if options.print_accounts => Command::Accounts,
        Ok(options) => Command::Serve(Box::new(options)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Command::Show(error.to_string())
        }
        Err(error) => Command::Wrong(one_line(&error.to_string())),
    }
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
    format!("{} (--help lists the flags)", cause.strip_prefix("error: ").unwrap_or(&cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(flags: &[&str]) -> Command {
        command(std::iter::once("portal-server").chain(flags.iter().copied()).map(OsString::from))
    }

    #[test]
    fn every_flag_of_the_settings_reaches_the_portal() {
        let flags = [
            "--profile-choice",
            "impersonate",
            "--exchange",
            "sys/users/exchange",
            "--acting-minutes",
            "5",
            "--api-base",
            "https://harbour.example.com/",
            "--brand",
            "Harbour",
        ];
        let Command::Serve(options) = read(&flags) else { panic!("the flags are right") };
        let settings = options.settings();
        assert_eq!(settings.profile_choice, ProfileChoice::Impersonate);
        assert_eq!(settings.exchange, ExchangeForm::SysUsersExchange);
        assert_eq!((settings.acting_minutes, settings.brand.as_str()), (5, "Harbour"));
        assert_eq!(settings.api_base, "https://harbour.example.com");
    }

    #[test]
    fn a_wrong_flag_is_explained_in_one_line() {
        let wrong: [&[&str]; 5] = [
            &["--nonsense"],
            &["--members", "many"],
            &["--profile-choice", "guess"],
            &["--acting-minutes", "0"],
            &["--api-base", "harbour.example.com; script-src *"],
        ];
        for flags in wrong {
            let Command::Wrong(reason) = read(flags) else { panic!("{flags:?} was taken") };
            assert!(!reason.contains('\n') && !reason.starts_with("error"), "{reason}");
        }
    }

    #[test]
    fn help_and_version_are_no_errors() {
        assert!(matches!(read(&["--help"]), Command::Show(text) if text.contains("--sandbox-controls")));
        assert!(matches!(read(&["--version"]), Command::Show(_)));
    }
}
