//! Puts the pages, the sandbox and the settings together.

use crate::edge::{BodyLimit, Stages};
use crate::in_flight::InFlight;
use crate::observe::Needed;
use crate::pages::Pages;
use crate::rate_limit::RateLimit;
use crate::{Options, client, coding, headers, host, observe, sandbox, upstream};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

/// Why the server could not start, in words for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or is none.
    #[error("`{setting}`: cannot listen on {address}: {source}")]
    Listen {
        /// The setting that names it.
        setting: &'static str,
        /// What it says.
        address: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The certificate cannot be used, in a sentence.
    #[error("`tls_cert`, `tls_key`: {0}")]
    Tls(String),
    /// The upstream cannot be used, in a sentence.
    #[error("`upstream`, `upstream_ca`: {0}")]
    Upstream(String),
    /// The database cannot be used.
    #[error("`db`: cannot use the database {path}: {reason}")]
    Database {
        /// What `--db` said.
        path: String,
        /// The cause.
        reason: String,
    },
    /// The system gave no randomness, no threads or no signals.
    #[error("cannot start: {0}")]
    Runtime(std::io::Error),
}

/// Everything the server answers, ready to be served.
///
/// # Errors
/// [`StartError::Database`] when the database cannot be opened or is not one of this server's,
/// [`StartError::Upstream`] when the authorities for the upstream cannot be read.
pub fn build(options: &Options) -> Result<Router, StartError> {
    assemble(options, Stages::endless()).map(|assembled| assembled.router)
}

/// The routes of a server.
pub(crate) struct Assembled {
    /// Everything.
    pub(crate) router: Router,
    /// Its health alone, for another port.
    pub(crate) health: Router,
}

/// The same for a server that can be stopped.
pub(crate) fn assemble(options: &Options, stages: Stages) -> Result<Assembled, StartError> {
    let settings = contract::json::write(&options.settings());
    let pages = Pages::open(&options.dist, &options.api_base, &settings);
    let edge = Edge {
        hops: options.edge.trusted_hops,
        bodies: BodyLimit::from(&options.edge),
        rate: RateLimit::from(options),
        in_flight: InFlight::from(options),
    };
    let (api, needed) = api(options, &pages)?;
    let health = observe::health(stages, needed);
    // axum's own limit would be the lower one for whoever sets another.
    let api = api.merge(health.clone()).layer(DefaultBodyLimit::disable());
    let router = api.fallback(|request| pages.answer(request));
    // With its state the router is made once, not anew for each request.
    let router = router.layer(from_fn_with_state(edge, around)).with_state(());
    Ok(Assembled { router, health })
}

/// What every request passes on its way in, and its reply on its way out.
#[derive(Clone)]
struct Edge {
    hops: u8,
    bodies: BodyLimit,
    rate: RateLimit,
    in_flight: InFlight,
}

/// One layer: axum makes a copy of all that is within a layer for each request, so five of them would make fifteen.
async fn around(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let Edge { hops, bodies, rate, in_flight } = &edge;
    let counted = |request| in_flight.apply(request, |request| next.run(request));
    let in_pieces = |request| coding::check(request, |request| rate.apply(request, counted));
    let for_us = |request| host::check(request, in_pieces);
    let limited = |request| bodies.apply(request, for_us);
    let observed = |request| observe::observe(*hops, request, |request| headers::add(request, limited));
    client::identify(*hops, request, observed).await
}

/// Whoever answers the API, the location, the sandbox or nobody here, and what has to be there for it.
fn api(options: &Options, pages: &Pages) -> Result<(Router, Needed), StartError> {
    if let Some(location) = &options.upstream.upstream {
        let router = upstream::router(location, &options.upstream).map_err(StartError::Upstream)?;
        return Ok((router, Needed::Page(pages.clone())));
    }
    if !options.has_sandbox() {
        return Ok((Router::new(), Needed::Page(pages.clone())));
    }
    let sandbox = sandbox::Sandbox::open(options)
        .map_err(|reason| StartError::Database { path: options.sandbox.db.clone(), reason })?;
    let needed = Needed::Database(sandbox.clone());
    Ok((sandbox::router(sandbox, options.sandbox.sandbox_controls), needed))
}
