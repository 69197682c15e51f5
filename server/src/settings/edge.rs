//! Settings of the edge: listening, TLS, limits, logs, stopping.

use super::choices::LogFormat;
use super::values::{pause, seconds};
use std::path::PathBuf;
use std::time::Duration;

/// How the server listens, what it takes from whom, and what it tells about itself.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Listening")]
pub struct EdgeOptions {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8787")]
    pub listen: String,
    /// The certificate chain (PEM). With it the server speaks HTTPS; read again when it changes.
    #[arg(long, value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM).
    #[arg(long, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// How many proxies in front are believed: the client is taken from so many steps back in `X-Forwarded-For`.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=10))]
    pub trusted_hops: u8,
    /// Connections at a time; more wait to be taken.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,
    /// Connections that one client may have at a time; more are closed at once. 0 takes any number. A client is an address
    /// (of IPv6 the first 64 bits), which with `--trusted-hops` is a proxy's: then none are counted.
    /// [default: a quarter of `--max-connections`]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub max_connections_per_client: Option<u32>,
    /// The largest body taken, in bytes; more is answered with 413.
    #[arg(long, value_name = "BYTES", default_value_t = 65_536, value_parser = clap::value_parser!(u32).range(1_024..=67_108_864))]
    pub max_body: u32,
    /// Seconds that a TLS handshake may take, and over HTTP/1.1 the head of a request; over HTTP/2 its first byte.
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub header_timeout: Duration,
    /// Seconds that the body of a request may take; a later one is answered with 408.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub body_timeout: Duration,
    /// Seconds that a connection stays open while no byte moves on it and nobody waits for the upstream. Above the same
    /// setting of a proxy in front.
    #[arg(long, value_name = "SECONDS", default_value = "75", value_parser = seconds)]
    pub idle_timeout: Duration,
    /// Bytes a second that a client has to take of what waits to be sent to it, on average over `--idle-timeout`; one that
    /// takes less is cut off. 0 takes any. A bad telephone line manages some thousand.
    #[arg(long, value_name = "BYTES", default_value_t = 240, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub min_read_rate: u32,
    /// Seconds between being told to stop and refusing connections: `/readyz` says 503 meanwhile, so that a load
    /// balancer can look elsewhere.
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = pause)]
    pub shutdown_delay: Duration,
    /// Seconds that requests under way may take to finish after that. Above `--upstream-response-timeout`, or slow ones
    /// are lost; 20 is always enough, because nobody waits longer than the portal in the browser does.
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub shutdown_grace: Duration,
    /// Requests of the API that one client may send each second, in the long run; more are answered with 429. 0 takes
    /// any number. A client is an address (of IPv6 the first 64 bits), so everybody in one building may be one.
    /// [default: 20 with an upstream, else 0]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub rate_limit: Option<u32>,
    /// Requests that one client may send at once before `--rate-limit` counts.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub rate_burst: u32,
    /// Requests of the API that one client may have under way at a time, until each reply is handed over to be sent; more
    /// are answered with 429. 0 takes any number. [default: 64 where `--rate-limit` counts, else 0]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub max_in_flight: Option<u32>,
    /// Where to answer `/metrics` for Prometheus, on its own port, and `/healthz` and `/readyz` besides. Nowhere unless it
    /// is set.
    #[arg(long, value_name = "ADDR:PORT")]
    pub metrics_listen: Option<String>,
    /// How log lines look.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

impl EdgeOptions {
    /// Connections that one client may have at a time; 0 for any number.
    pub(crate) fn connections_per_client(&self) -> u32 {
        let usual = self.max_connections.div_ceil(4);
        if self.trusted_hops > 0 { 0 } else { self.max_connections_per_client.unwrap_or(usual) }
    }
}
