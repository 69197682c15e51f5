//! `cargo xtask build`: the release build, and what it weighs.

mod fresh;
mod sizes;

use anyhow::{Result, bail};

use crate::{
    process::Run,
    progress::{clock, say},
    setup::{self, Needs, Tools},
    workspace,
};

/// What all of dist/ may weigh in brotli: the first visit on a phone is paid for in these bytes.
/// It stands a little above what came out last, so that it does not grow unnoticed; the aim is a quarter of it. The first
/// whole portal had 305 kB; team permissions with batches, dialogs, filters and new members added 113.
const BUDGET: u64 = 430_000;

/// Sets up, builds and weighs.
pub fn run() -> Result<()> {
    let tools = setup::prepare(&Needs::build())?;
    release(&tools)
}

/// Makes sure that dist/ is the release build of the present sources.
pub fn ensure_release(tools: &Tools) -> Result<()> {
    if fresh::is_fresh() {
        say("dist/ is the release build of these sources");
        return Ok(());
    }
    release(tools)
}

/// The release build with tools that are in place already.
pub fn release(tools: &Tools) -> Result<()> {
    say("Building the portal for release (the first time about 2 min)");
    let mut command = tools.trunk(&["build", "--release"]);
    let finished = Run::aloud(&mut command).succeed("The release build")?;
    fresh::remember()?;
    say(&format!("  done in {}\n", clock(finished.elapsed)));

    let files = sizes::measure(&workspace::dist())?;
    say(&sizes::table(&files));
    let total = sizes::total(&files).brotli;
    if total > BUDGET {
        bail!("dist/ weighs {total} bytes in brotli, over its budget of {BUDGET}");
    }
    say(&format!("{total} of at most {BUDGET} bytes in brotli"));
    Ok(())
}
