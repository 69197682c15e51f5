//! Where log lines go and how they look.

use super::lines::{Lines, WRITER};
use crate::LogFormat;
use std::io::{IsTerminal, Write};
use std::time::Duration;
use tracing::Dispatch;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// How long the end of the program waits for lines that are not written yet.
const LAST: Duration = Duration::from_secs(1);

/// How long a panic waits for its line to be written.
const OF_A_PANIC: Duration = Duration::from_millis(200);

/// The log, until it is dropped: then what still waits is written, if the output takes it soon.
#[must_use = "what is not written when it is dropped is lost"]
pub struct Log(Lines);

impl Drop for Log {
    fn drop(&mut self) {
        self.0.flush(LAST);
    }
}

/// From now on log lines go to the standard error output. A panic is one of them, with the request it belongs to. A
/// line that cannot be written is lost, and nothing else: nobody waits for whoever reads the log. Where lines are missing
/// because nobody has read for long, a line says how many.
///
/// # Errors
/// When the system gives no thread to write with.
pub fn start(format: LogFormat) -> std::io::Result<Log> {
    // Past the queue, which may be full again by then: it is told on the thread that writes.
    let straight = subscriber(format, std::io::stderr);
    let tell = move |lost: u64| {
        tracing::dispatcher::with_default(&straight, || {
            tracing::warn!("{lost} lines of this log are missing here: they were not read in time");
        });
    };
    let lines = Lines::begin(std::io::stderr(), tell)?;
    let queue = lines.clone();
    subscriber(format, move || queue.clone()).init();
    let queue = lines.clone();
    std::panic::set_hook(Box::new(move |panic| {
        let at = panic.location().map(tracing::field::display);
        tracing::error!(at, "panic: {}", panic.payload_as_str().unwrap_or_default());
        // It may be the last one: what panics once more on the way ends the program at once.
        if std::thread::current().name() != Some(WRITER) {
            queue.flush(OF_A_PANIC);
        }
    }));
    Ok(Log(lines))
}

fn subscriber<Out: Write>(
    format: LogFormat,
    out: impl for<'a> MakeWriter<'a, Writer = Out> + Send + Sync + 'static,
) -> Dispatch {
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        // It would be told on the same output, with a panic when that fails; and one that comes about while a panic is
        // logged ends the process.
        .log_internal_errors(false)
        .with_writer(out)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    match format {
        LogFormat::Text => log.into(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).into(),
    }
}
