//! How long is waited for a client.

use crate::EdgeOptions;
use std::time::Duration;

/// How long a connection may keep others waiting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// From the first byte of a request's head to its last.
    pub(super) head: Duration,
    /// From one byte, either way, to the next.
    pub(super) quiet: Duration,
    /// Bytes a second that have to be taken of what waits to be sent, or 0.
    pub(super) rate: u32,
    /// How long a kept connection may still send a request once the server stops, and is then waited for when it does
    /// nothing.
    pub(super) linger: Duration,
    /// How long a client that was just answered has to take what the system has for it, once the server stops.
    pub(super) settle: Duration,
}

/// A request that is on its way when its connection is closed would be lost.
const LINGER: Duration = Duration::from_millis(500);

/// The system may hold seconds of a reply for a client on a slow line, and throws them away when a connection that is
/// closed hears from its client. Whoever is awake says before that it has all.
const SETTLE: Duration = Duration::from_secs(5);

impl From<&EdgeOptions> for Patience {
    fn from(edge: &EdgeOptions) -> Self {
        Self {
            head: edge.header_timeout,
            quiet: edge.idle_timeout,
            rate: edge.min_read_rate,
            linger: LINGER.min(edge.shutdown_grace / 2),
            settle: SETTLE.min(edge.shutdown_grace / 2),
        }
    }
}
