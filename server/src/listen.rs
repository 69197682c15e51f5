//! Listening, and stopping without cutting anybody off.

use crate::{Options, StartError, build};
use std::io::Write;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests under way may take to finish once the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until SIGINT or SIGTERM. Prints `listening on http://ADDR:PORT` once connections are taken.
///
/// # Errors
/// [`StartError`] when it cannot start.
pub async fn serve(options: Options) -> Result<(), StartError> {
    let router = build(&options)?;
    let failed = |source| StartError::Listen { address: options.edge.listen.clone(), source };
    let listener = TcpListener::bind(&options.edge.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    if options.sandbox.sandbox_controls {
        tracing::warn!("the sandbox controls are on: whoever reaches this server can change its data");
    }
    // Before the first line is out: whoever waits for it may stop the server at once.
    let stop = stop_signal().map_err(StartError::Runtime)?;
    announce(&address.to_string());
    let (stopping, stopped) = oneshot::channel();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        let _ = stopping.send(());
    });
    let late = async {
        let _ = stopped.await;
        tokio::time::sleep(GRACE).await;
    };
    let mut server = std::pin::pin!(server.into_future());
    let mut late = std::pin::pin!(late);
    std::future::poll_fn(|cx| {
        let served = server.as_mut().poll(cx).map(|_| ());
        if served.is_ready() { served } else { late.as_mut().poll(cx) }
    })
    .await;
    tracing::info!("stopped");
    Ok(())
}

/// Whoever started the server reads the first line of its output; a closed output is no reason to stop.
fn announce(address: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
}

#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(std::future::poll_fn(move |cx| {
        let interrupted = interrupt.poll_recv(cx);
        if interrupted.is_ready() { interrupted } else { terminate.poll_recv(cx) }.map(|_| ())
    }))
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
