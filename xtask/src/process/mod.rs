//! Running other programs, so that none is left behind: not after an error, and not after Ctrl-C.

mod job;
mod run;
mod text;

use std::{
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context, Result, bail};

pub use job::Job;
pub use run::{Run, Watch};
pub use text::{is_cargo_noise, last_lines, without_colour};

/// How often this process was told to end. Everything that waits looks at it.
static TOLD_TO_END: AtomicUsize = AtomicUsize::new(0);

/// The work ended because a person or the system asked for it.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// From here on Ctrl-C, SIGTERM and SIGHUP are requests that the waiting loops see, so that what was
/// started is stopped in order instead of being orphaned.
pub fn listen_for_signals() -> Result<()> {
    let remember = || {
        if TOLD_TO_END.fetch_add(1, Ordering::SeqCst) == 0 {
            eprintln!("\nStopping…");
        }
    };
    ctrlc::set_handler(remember).context("cannot listen for Ctrl-C")
}

/// Fails once this process was told to end.
pub fn check_interrupted() -> Result<()> {
    if TOLD_TO_END.load(Ordering::SeqCst) > 0 { bail!(Interrupted) } else { Ok(()) }
}

/// Told twice: no more waiting for children to end in good order.
fn in_a_hurry() -> bool {
    TOLD_TO_END.load(Ordering::SeqCst) > 1
}
