//! The server from its first connection to its last.

use super::connection::Shared;
use super::listener::{self, Room};
use super::patience::Patience;
use super::signal::Signals;
use super::stage::{Stage, Stages};
use super::tls::Tls;
use crate::app::{Assembled, assemble};
use crate::places::Places;
use crate::{EdgeOptions, Options, StartError};
use axum::Router;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

/// Connections at a time on the metrics' port, and how long one of them may be silent: who reads figures and keeps the
/// connection takes no probe's place.
const METRICS_READERS: usize = 256;
const METRICS_QUIET: Duration = Duration::from_secs(5);

/// Descriptors for files, the database and whatever else is no connection.
const OWN_DESCRIPTORS: u64 = 256;

/// Serves until SIGINT or SIGTERM, or until its terminal is gone. Prints `listening on http://ADDR:PORT` once connections are taken.
///
/// Whatever was asked on a connection that was taken is answered, if the grace is long enough for it. A second signal ends
/// the server at once.
///
/// # Errors
/// [`StartError`] when it cannot start.
pub async fn serve(options: Options) -> Result<(), StartError> {
    let edge = &options.edge;
    let (stage, stages) = Stages::begin();
    let Assembled { router, health } = assemble(&options, stages.clone())?;
    let tls = edge.tls_cert.as_deref().zip(edge.tls_key.as_deref());
    let tls = tls.map(|(cert, key)| Tls::open(cert, key)).transpose().map_err(StartError::Tls)?;
    let failed = |source| StartError::Listen { setting: "listen", address: edge.listen.clone(), source };
    let listener = listener::bind(&edge.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let tasks = TaskTracker::new();
    let metrics = metrics_apart(edge, health, stages.clone(), &tasks).await?;
    match &options.without_page {
        // In development something else serves the pages.
        Some(why) if options.has_sandbox() => tracing::warn!("there is no page to serve: {why}"),
        Some(why) => tracing::error!("there is no page to serve: {why}"),
        None => {}
    }
    if options.sandbox.sandbox_controls {
        tracing::warn!("the sandbox controls are on: whoever reaches this server can change its data");
    }
    if options.has_sandbox() && !address.ip().is_loopback() {
        tracing::warn!("the sandbox answers the API: whoever reaches this server can use its demo accounts");
    }
    allow_descriptors(&options);
    // Before the first line is out: whoever waits for it may stop the server at once.
    let mut signals = Signals::catch().map_err(StartError::Runtime)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    announce(&format!("{scheme}://{address}"));

    let shared = Arc::new(Shared { router, tls, patience: edge.into(), stages });
    let most = usize::try_from(edge.max_connections).unwrap_or(usize::MAX);
    let room = Room { most, each: Places::new(edge.connections_per_client()) };
    let (tell, told) = oneshot::channel();
    let serving = async {
        tokio::join!(listener::run(listener, shared, room, &tasks), metrics);
        tasks.close();
        tasks.wait().await;
    };
    let stopping = async {
        let _ = told.await;
        stage.send_replace(Stage::Draining);
        tracing::info!("stopping");
        tokio::time::sleep(edge.shutdown_delay).await;
        stage.send_replace(Stage::Closing);
        tokio::time::sleep(edge.shutdown_grace).await;
    };
    let impatient = async {
        signals.next().await;
        let _ = tell.send(());
        signals.next().await;
    };
    tokio::select! {
        () = serving => {}
        () = stopping => {
            tracing::warn!("{} connections were cut off: they did not finish in time", tasks.len());
        }
        () = impatient => {
            tracing::warn!("{} connections were cut off: told to stop a second time", tasks.len());
        }
    }
    tracing::info!("stopped");
    Ok(())
}

/// Answers `/metrics` on its own port, if there is one, and there tells its health as well: whoever asks does not have to
/// wait for a place among the clients, and restarts no server for having many.
async fn metrics_apart(
    edge: &EdgeOptions,
    health: Router,
    stages: Stages,
    tasks: &TaskTracker,
) -> Result<impl Future<Output = ()>, StartError> {
    let listener = match &edge.metrics_listen {
        Some(address) => {
            let failed =
                |source| StartError::Listen { setting: "metrics_listen", address: address.clone(), source };
            let listener = listener::bind(address).await.map_err(failed)?;
            tracing::info!("metrics at http://{}/metrics", listener.local_addr().map_err(failed)?);
            Some(listener)
        }
        None => None,
    };
    let router = crate::observe::metrics().merge(health);
    let patience = Patience::from(edge);
    let patience = Patience { quiet: METRICS_QUIET.min(patience.quiet), ..patience };
    let shared = Shared { router, tls: None, patience, stages };
    Ok(async move {
        if let Some(listener) = listener {
            let room = Room { most: METRICS_READERS, each: None };
            listener::run(listener, Arc::new(shared), room, tasks).await;
        }
    })
}

/// Each connection is a descriptor, and the system's usual allowance is small. A request that is passed on over HTTP/1.1
/// has a second connection for itself.
fn allow_descriptors(options: &Options) {
    let each = if options.upstream.upstream.is_some() { 2 } else { 1 };
    let wanted = u64::from(options.edge.max_connections) * each + OWN_DESCRIPTORS;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(allowed) if allowed < wanted => {
            tracing::warn!("the system allows {allowed} descriptors: fewer than --max-connections needs");
        }
        _ => {}
    }
}

/// Whoever started the server reads the first line of its output; a closed output is no reason to stop.
fn announce(address: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "listening on {address}").and_then(|()| out.flush());
}
