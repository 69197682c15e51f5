//! Where log lines go and how they look.

use crate::LogFormat;
use std::io::IsTerminal;

/// From now on log lines go to the standard error output. A panic is one of them, with the request it belongs to. A
/// line that cannot be written is lost, and nothing else.
pub fn start(format: LogFormat) {
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        // It would be told on the same output, with a panic when that fails; and one that comes about while a panic is
        // logged ends the process.
        .log_internal_errors(false)
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
