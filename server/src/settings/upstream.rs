//! Settings of the location that answers the API.

use super::values::{seconds, upstream};
use std::time::Duration;

/// The location that answers the API in place of the sandbox, and how long it is waited for.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Upstream")]
pub struct UpstreamOptions {
    /// The location that requests of the API are passed on to, such as `https://name.spaces.nexudus.com`; the sandbox
    /// is not opened then. `http://` is taken for this machine alone.
    #[arg(long, value_name = "URL", value_parser = upstream)]
    pub upstream: Option<String>,
    /// Seconds that connecting to the upstream may take.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    pub upstream_connect_timeout: Duration,
    /// Seconds that the upstream may take to begin its reply.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub upstream_response_timeout: Duration,
}
