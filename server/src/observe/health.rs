//! Whether the process lives (`/healthz`) and should be sent requests (`/readyz`).
//!
//! With an upstream the upstream's state is no part of it: all copies would leave their load balancer at the same
//! moment, and people would see its error page in place of the portal, which says itself what cannot be reached.
//! That the upstream has trouble is told by the metrics.

use crate::edge::Stages;
use crate::sandbox::Sandbox;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::Duration;

/// A database that needs longer is of no use to anybody.
const PATIENCE: Duration = Duration::from_secs(2);

/// Both addresses. `sandbox` is asked whether its database answers.
pub(crate) fn router(stages: Stages, sandbox: Option<Sandbox>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { say(StatusCode::OK, "ok") }))
        .route("/readyz", get(move || ready(stages.clone(), sandbox.clone())))
}

async fn ready(stages: Stages, sandbox: Option<Sandbox>) -> Response {
    if !stages.is_running() {
        return say(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let answers = match sandbox {
        Some(sandbox) => tokio::time::timeout(PATIENCE, sandbox.answers()).await.unwrap_or(false),
        None => true,
    };
    if answers { say(StatusCode::OK, "ready") } else { say(StatusCode::SERVICE_UNAVAILABLE, "no database") }
}

fn say(status: StatusCode, word: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], word).into_response()
}
