//! Every setting, declared as a flag.

use super::choices::{ExchangeFlag, ProfileChoiceFlag};
use super::values::origin;
use super::{EdgeOptions, SandboxOptions, UpstreamOptions};
use clap::Parser;
use contract::Settings;
use std::path::PathBuf;

/// Serves the portal and answers its API: from an embedded sandbox, or from a location with `--upstream`.
///
/// Every flag but the first three can also be set in the environment (`--dist` is PORTAL_DIST) and, but for `--config`
/// itself, in the file of `--config` (`dist = "…"`). A flag wins over the environment, the environment over the file. A variable that is empty is
/// one that is not set.
#[derive(Clone, Debug, Parser)]
#[command(name = "portal-server", version, args_override_self = true)]
pub struct Options {
    /// Checks all settings, prints them with where each came from, and ends: with 0 when they are right, else 2.
    /// A value that cannot be read is told by itself; whatever else is wrong is told together.
    #[arg(long)]
    pub check: bool,
    /// Prints the demo accounts and ends.
    #[arg(long)]
    pub print_accounts: bool,
    /// Prints the headers of every file in `--dist`, for a server or store that hands them out in place of this one.
    #[arg(long)]
    pub print_headers: bool,
    /// A TOML file of settings, such as `listen = "127.0.0.1:8787"`; also PORTAL_CONFIG.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of the built portal.
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    pub dist: PathBuf,
    /// How a person takes another of their own profiles.
    #[arg(long, value_name = "HOW", default_value = "switch")]
    pub profile_choice: ProfileChoiceFlag,
    /// Which address the portal exchanges the one-time tokens of impersonation at; the sandbox answers both.
    #[arg(long, value_name = "ADDRESS", default_value = "auth/login")]
    pub exchange: ExchangeFlag,
    /// Minutes that acting as another person may last.
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub acting_minutes: u32,
    /// Minutes without a touch after which the portal asks whether anybody is still there, and then signs out; 0 for
    /// never.
    #[arg(long, value_name = "MINUTES", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1440))]
    pub idle_minutes: u32,
    /// The location whose API the portal calls by itself, past this server, such as `https://name.spaces.nexudus.com`;
    /// this server answers no API then.
    #[arg(long, value_name = "URL", default_value = "", value_parser = origin, hide_default_value = true)]
    pub api_base: String,
    /// The name shown until the location says its own.
    #[arg(long, value_name = "NAME", default_value_t = Settings::default().brand)]
    pub brand: String,
    /// How it listens and what it takes from whom.
    #[command(flatten)]
    pub edge: EdgeOptions,
    /// The location that answers the API.
    #[command(flatten)]
    pub upstream: UpstreamOptions,
    /// The sandbox that answers the API when there is no such location.
    #[command(flatten)]
    pub sandbox: SandboxOptions,
    /// Why there is no page to serve, with where its folder was named: to be told once the server runs.
    #[arg(skip)]
    pub(crate) without_page: Option<String>,
}

/// Requests a second with an upstream, unless the settings say otherwise: many times what one person needs, because
/// everybody in one building may share an address.
const RATE_WITH_UPSTREAM: u32 = 20;

impl Options {
    /// Whether the sandbox answers the API: with a location, the location does, here or past this server.
    pub(crate) fn has_sandbox(&self) -> bool {
        self.upstream.upstream.is_none() && self.api_base.is_empty()
    }

    /// Requests of the API that one client may send each second; 0 for any number.
    pub(crate) fn rate_limit(&self) -> u32 {
        let usual = if self.upstream.upstream.is_some() { RATE_WITH_UPSTREAM } else { 0 };
        self.edge.rate_limit.unwrap_or(usual)
    }

    /// What the portal reads at `/config.json`.
    pub fn settings(&self) -> Settings {
        Settings {
            api_base: self.api_base.clone(),
            exchange: self.exchange.0,
            profile_choice: self.profile_choice.0,
            acting_minutes: self.acting_minutes,
            idle_minutes: self.idle_minutes,
            brand: self.brand.clone(),
        }
    }
}
