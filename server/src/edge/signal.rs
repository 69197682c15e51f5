//! Being told to stop.

/// SIGINT and SIGTERM. SIGHUP is one of them where there is a terminal, which is gone then. Where there is none somebody wants
/// something read again, and a server that ends for it would lose requests.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
    has_terminal: bool,
}

#[cfg(unix)]
impl Signals {
    /// Signals are caught from this call on, not from the first one that is waited for.
    ///
    /// # Errors
    /// When the system does not let signals be caught.
    pub(super) fn catch() -> std::io::Result<Self> {
        use std::io::{IsTerminal, stderr, stdin, stdout};
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            has_terminal: stdin().is_terminal() || stdout().is_terminal() || stderr().is_terminal(),
        })
    }

    /// Resolves at the next that says to stop.
    pub(super) async fn next(&mut self) {
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => return,
                _ = self.terminate.recv() => return,
                _ = self.hangup.recv() => if self.has_terminal { return },
            }
            tracing::info!(
                "SIGHUP changes nothing: pages and certificate are read again when they change, settings at a start"
            );
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    pub(super) fn catch() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub(super) async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
