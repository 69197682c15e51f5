//! Whether the process lives (`/healthz`) and should be sent requests (`/readyz`).
//!
//! Without the sandbox there has to be a page: without one every person would see an error, and another copy may have it.
//! The upstream's state is no part of it: all copies would leave their load balancer at the same moment, and people would
//! see its error page in place of the portal, which says itself what cannot be reached. That the upstream has trouble is
//! told by the metrics.

use crate::edge::Stages;
use crate::pages::Pages;
use crate::sandbox::Sandbox;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::Duration;

/// A database that needs longer is of no use to anybody.
const PATIENCE: Duration = Duration::from_secs(2);

/// What has to be there for a server that runs.
#[derive(Clone)]
pub(crate) enum Needed {
    /// The sandbox's database. It is of use without a page: in development something else serves the pages.
    Database(Sandbox),
    /// A built portal, whose API is a location's.
    Page(Pages),
}

/// Both addresses.
pub(crate) fn router(stages: Stages, needed: Needed) -> Router {
    Router::new()
        .route("/healthz", get(|| async { say(StatusCode::OK, "ok") }))
        .route("/readyz", get(move || ready(stages.clone(), needed.clone())))
}

async fn ready(stages: Stages, needed: Needed) -> Response {
    if !stages.is_running() {
        return say(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let (is_there, without) = match needed {
        Needed::Database(sandbox) => {
            let answers = tokio::time::timeout(PATIENCE, sandbox.answers()).await;
            (answers.unwrap_or(false), "no database")
        }
        Needed::Page(pages) => (pages.has_page().await, "no page"),
    };
    if is_there { say(StatusCode::OK, "ready") } else { say(StatusCode::SERVICE_UNAVAILABLE, without) }
}

fn say(status: StatusCode, word: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], word).into_response()
}
