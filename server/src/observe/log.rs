//! Where log lines go and how they look.

use crate::LogFormat;
use std::io::IsTerminal;

/// From now on log lines go to the standard error output. A panic is one of them, with the request it belongs to.
pub fn start(format: LogFormat) {
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(tracing::field::display);
        tracing::error!(at, "panic: {}", panic.payload_as_str().unwrap_or_default());
    }));
}
