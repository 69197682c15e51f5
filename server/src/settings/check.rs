//! Judging settings together, and showing them.

use super::Options;
use super::layers::{Layers, Source, flag_of, settings};
use axum::http::uri::Authority;
use clap::ArgMatches;
use std::fmt::Write;
use std::net::{IpAddr, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

/// Settings that mean something to the sandbox alone.
const SANDBOX: [&str; 5] = ["db", "members", "sandbox_controls", "access_token_seconds", "writes_per_minute"];

/// How long the portal in the browser waits for a reply. Nobody is lost who has gone by then.
const PORTALS_PATIENCE: Duration = Duration::from_secs(20);

/// What `--check` found.
#[derive(Debug)]
pub struct Report {
    /// Every setting with where it came from. It is a file that `--config` takes.
    pub settings: String,
    /// What is wrong, one sentence each.
    pub problems: Vec<String>,
}

impl Report {
    pub(super) fn new(options: &Options, matches: &ArgMatches, layers: &Layers) -> Self {
        let mut problems = contradictions(options, matches, layers);
        problems.extend(files_missing(options, layers));
        problems.extend(certificates_wrong(options, layers));
        problems.extend(things_missing(options, layers));
        Self { settings: listing(matches, layers), problems }
    }
}

/// What cannot be true at the same time.
pub(super) fn contradictions(options: &Options, matches: &ArgMatches, layers: &Layers) -> Vec<String> {
    let mut problems = Vec::new();
    let edge = &options.edge;
    let mut pair = |given: bool, setting: &str, missing: &str| {
        if given {
            let source = layers.source(setting);
            problems.push(format!("`{setting}` needs `{missing}`, which is not set ({source})"));
        }
    };
    pair(edge.tls_cert.is_some() && edge.tls_key.is_none(), "tls_cert", "tls_key");
    pair(edge.tls_key.is_some() && edge.tls_cert.is_none(), "tls_key", "tls_cert");
    let upstream = &options.upstream;
    pair(upstream.upstream_ca.is_some() && upstream.upstream.is_none(), "upstream_ca", "upstream");
    if edge.trusted_hops > 0 && edge.max_connections_per_client.is_some_and(|most| most > 0) {
        problems.push(format!(
            "`max_connections_per_client` means nothing with `trusted_hops`: all connections are the proxy's ({})",
            layers.source("max_connections_per_client")
        ));
    }
    if options.has_sandbox() {
        return problems;
    }
    let instead = if options.upstream.upstream.is_some() { "upstream" } else { "api_base" };
    if options.upstream.upstream.is_some() && !options.api_base.is_empty() {
        problems.push(format!(
            "`api_base` must stay empty with `upstream`: the portal asks this server ({})",
            layers.source("api_base")
        ));
    }
    let (grace, reply) = (edge.shutdown_grace, options.upstream.upstream_response_timeout);
    if options.upstream.upstream.is_some() && grace <= reply && grace < PORTALS_PATIENCE {
        let source = layers.source("shutdown_grace");
        problems.push(format!(
            "`shutdown_grace` must be above `upstream_response_timeout`, or slow requests are lost ({source})"
        ));
    }
    for setting in SANDBOX {
        let default = super::layers::default_of(setting);
        if layers.source(setting) != &Source::Default && Some(text_of(matches, setting)) != default {
            let source = layers.source(setting);
            problems
                .push(format!("`{setting}` is the sandbox's and means nothing with `{instead}` ({source})"));
        }
    }
    problems
}

fn told(setting: &str, what: &str, layers: &Layers) -> String {
    format!("`{setting}`: {what} ({})", layers.source(setting))
}

/// What keeps the portal from being served as it was built.
pub(super) fn files_missing(options: &Options, layers: &Layers) -> Vec<String> {
    crate::pages::check(&options.dist).iter().map(|what| told("dist", what, layers)).collect()
}

/// Why there is no page to serve. It may come later, so this keeps nobody from starting.
pub(super) fn page_missing(options: &Options, layers: &Layers) -> Option<String> {
    crate::pages::without_page(&options.dist).map(|what| told("dist", &what, layers))
}

/// What is wrong with certificates. A start finds that when it opens them, once: they may come from a pipe.
fn certificates_wrong(options: &Options, layers: &Layers) -> Vec<String> {
    let mut problems = Vec::new();
    let mut wrong = |setting: &str, what: String| problems.push(told(setting, &what, layers));
    let tls = options.edge.tls_cert.as_deref().zip(options.edge.tls_key.as_deref());
    if let Some(Err(unusable)) = tls.map(|(cert, key)| crate::edge::check_tls(cert, key)) {
        wrong(unusable.setting, unusable.reason);
    }
    if let Some(Err(reason)) =
        options.upstream.upstream.as_ref().map(|_| crate::upstream::check(&options.upstream))
    {
        wrong("upstream_ca", reason);
    }
    problems
}

/// What the settings name and the machine does not have, so that nothing can be served.
pub(super) fn things_missing(options: &Options, layers: &Layers) -> Vec<String> {
    let mut problems = Vec::new();
    let mut wrong = |setting: &str, what: String| problems.push(told(setting, &what, layers));
    let addresses =
        [("listen", Some(&options.edge.listen)), ("metrics_listen", options.edge.metrics_listen.as_ref())];
    for (setting, address) in addresses {
        if let Some(Err(error)) = address.map(|address| address.to_socket_addrs()) {
            wrong(setting, format!("\"{}\" is no address: {error}", address.map_or("", String::as_str)));
        }
    }
    let metrics = options.edge.metrics_listen.as_deref();
    if metrics.is_some_and(|metrics| is_taken_by(metrics, &options.edge.listen)) {
        wrong("metrics_listen", format!("`listen` is at \"{}\" already", options.edge.listen));
    }
    let upstream = options.upstream.upstream.as_deref();
    for (setting, address) in addresses {
        let own =
            address.filter(|own| upstream.and_then(plain_address).is_some_and(|to| is_taken_by(&to, own)));
        if let Some(own) = own {
            wrong("upstream", format!("this server itself is there, with `{setting}` at \"{own}\""));
        }
    }
    // SQLite reads more out of a URI than a path.
    let db = Some(&options.sandbox.db).filter(|db| !db.starts_with("file:"));
    let folder = db.and_then(|db| Path::new(db).parent()).filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        wrong("db", format!("there is no folder {}", folder.display()));
    } else if let Some(why) = db.and_then(|db| crate::sandbox::check_database(db)) {
        wrong("db", format!("{}: {why}", options.sandbox.db));
    }
    problems
}

/// Where an origin without TLS is.
fn plain_address(origin: &str) -> Option<String> {
    let authority: Authority = origin.strip_prefix("http://")?.parse().ok()?;
    Some(format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80)))
}

/// True when two addresses cannot be listened at together. Each free port is another one.
fn is_taken_by(one: &str, other: &str) -> bool {
    let resolved = |address: &str| address.to_socket_addrs().into_iter().flatten().collect::<Vec<_>>();
    let covers = |a: IpAddr, b: IpAddr| a == b || a.is_unspecified() && (a.is_ipv6() || b.is_ipv4());
    let others = resolved(other);
    resolved(one).iter().any(|a| {
        let same_port = others.iter().filter(|b| a.port() != 0 && a.port() == b.port());
        same_port.into_iter().any(|b| covers(a.ip(), b.ip()) || covers(b.ip(), a.ip()))
    })
}

/// The value of a setting as it was written.
fn text_of(matches: &ArgMatches, setting: &str) -> String {
    let values = matches.get_raw(setting).into_iter().flatten();
    values.map(|value| value.to_string_lossy()).collect()
}

fn listing(matches: &ArgMatches, layers: &Layers) -> String {
    let mut listing = String::new();
    for (setting, is_switch) in settings() {
        let value = text_of(matches, &setting);
        let set = matches.value_source(&setting).is_some();
        // Only a number that TOML would write in the same way means the same without quotes.
        let is_number = value.parse::<i64>().is_ok_and(|number| number.to_string() == value);
        let value = if is_switch || is_number { value } else { quoted(&value) };
        let line = if set { format!("{setting} = {value}") } else { format!("# {setting} is not set") };
        let source = match layers.source(&setting) {
            Source::Default => "default".to_owned(),
            Source::Flag(_) => format!("flag {}", flag_of(&setting)),
            Source::Environment(name) => format!("environment {name}"),
            Source::File(path) => format!("file {}", path.display()),
        };
        let _ = if set { writeln!(listing, "{line:<44} # {source}") } else { writeln!(listing, "{line}") };
    }
    listing
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
