//! Figures for Prometheus.

use axum::Router;
use axum::http::header;
use axum::routing::get;
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::LazyLock;
use std::time::Duration;

/// The figures of this process.
pub(crate) static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// From what is served out of memory to what an upstream takes its time for.
const SECONDS: [f64; 11] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    class: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Class {
    class: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// All figures. Labels are words of this program alone, so there are never more than a few.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Class, Histogram, fn() -> Histogram>,
    under_way: Gauge,
    connections: Gauge,
    cut_off: Family<Reason, Counter>,
    rate_limited: Counter,
    upstream_errors: Family<Reason, Counter>,
    /// Not there without a certificate: what is said to end in 1970 would be told of for ever.
    certificate: Family<[(&'static str, &'static str); 0], Gauge>,
}

/// Counts one thing for as long as it is kept.
pub(crate) struct Held(Gauge);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.dec();
    }
}

fn hold(gauge: &Gauge) -> Held {
    gauge.inc();
    Held(gauge.clone())
}

impl Metrics {
    fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("portal"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            under_way: Gauge::default(),
            connections: Gauge::default(),
            cut_off: Family::default(),
            rate_limited: Counter::default(),
            upstream_errors: Family::default(),
            certificate: Family::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("requests", "Requests answered, or abandoned (499)", metrics.requests.clone());
        let seconds = metrics.seconds.clone();
        registry.register_with_unit(
            "request",
            "Time to the head of the reply or the end of waiting for it",
            Unit::Seconds,
            seconds,
        );
        registry.register("requests_in_flight", "Requests without a reply", metrics.under_way.clone());
        registry.register("connections", "Open connections", metrics.connections.clone());
        let cut_off = metrics.cut_off.clone();
        let help = "Connections that were too slow, too many of one client, or no TLS";
        registry.register("connections_cut_off", help, cut_off);
        let limited = metrics.rate_limited.clone();
        registry.register("rate_limited", "Requests refused: too fast, or too many at a time", limited);
        let upstream = metrics.upstream_errors.clone();
        registry.register("upstream_errors", "Requests that the upstream did not answer", upstream);
        let certificate = metrics.certificate.clone();
        let help = "Until when the certificate is valid, since 1970";
        registry.register_with_unit("certificate_not_after", help, Unit::Seconds, certificate);
        metrics
    }

    pub(super) fn under_way(&self) -> Held {
        hold(&self.under_way)
    }

    pub(crate) fn connected(&self) -> Held {
        hold(&self.connections)
    }

    pub(super) fn answered(&self, class: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { class, status }).inc();
        self.seconds.get_or_create(&Class { class }).observe(took.as_secs_f64());
    }

    pub(crate) fn cut_off(&self, reason: &'static str) {
        self.cut_off.get_or_create(&Reason { reason }).inc();
    }

    pub(crate) fn rate_limited(&self) {
        self.rate_limited.inc();
    }

    /// `reason` is a word such as `late`, never anything of the request.
    pub(crate) fn upstream_error(&self, reason: &'static str) {
        self.upstream_errors.get_or_create(&Reason { reason }).inc();
    }

    /// A certificate is used that is valid until then.
    pub(crate) fn certificate(&self, not_after: u64) {
        self.certificate.get_or_create(&[]).set(i64::try_from(not_after).unwrap_or(i64::MAX));
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// Answers `/metrics`, for a port of its own: who may see the portal need not see this.
pub(crate) fn router() -> Router {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Router::new()
        .route("/metrics", get(move || async move { ([(header::CONTENT_TYPE, kind)], METRICS.text()) }))
}
