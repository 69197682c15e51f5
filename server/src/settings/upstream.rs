//! Settings of the location that answers the API.

use super::values::{seconds, upstream};
use std::path::PathBuf;
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
    /// Seconds that the upstream may take to begin its reply, connecting included, and then to go on with it. The portal
    /// in the browser waits 20: below that it is told what is wrong.
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub upstream_response_timeout: Duration,
    /// The largest reply of the upstream that is passed on, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 67_108_864, value_parser = clap::value_parser!(u32).range(1_024..))]
    pub upstream_max_reply: u32,
    /// Certificates of further authorities (PEM) that the upstream's certificate may be signed by.
    #[arg(long, value_name = "FILE")]
    pub upstream_ca: Option<PathBuf>,
}
