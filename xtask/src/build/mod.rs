//! `cargo xtask build`: the release build, and what it weighs.

mod asset;
mod bundle;
mod compile;
mod compress;
mod crates;
mod format;
mod fresh;
mod imports;
mod order;
mod page;
mod sizes;
mod wasm;
mod words;

use std::{
    fs,
    path::Path,
    time::{Instant, SystemTime},
};

use anyhow::{Context, Result, bail};
use asset::Asset;
pub use words::write_plainly as write_words;

use crate::{
    progress::{clock, say},
    setup::{self, Needs, Tools},
    workspace,
};

/// What all of dist/ may weigh in brotli: the first visit on a phone is paid for in these bytes.
///
/// It stands a little above what came out last, so that it does not grow unnoticed. The aim is 108 kB and 130 at most, and
/// is not reached: docs/performance.md says why, and what was tried.
const BUDGET: u64 = 308_600;
/// The words of a language other than English, fetched when it is chosen.
const WORDS_BUDGET: u64 = 20_000;
/// What the sign-in form waits for before it answers: all but what only somebody sees.
const FORM_BUDGET: u64 = 107_000;
/// What the form waits for before it can be seen and typed into.
const PAGE_BUDGET: u64 = 15_000;

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
    say("Building the portal for release (the first time about 3 min)");
    let (started, began) = (Instant::now(), SystemTime::now());
    let compiled = compile::portal()?;
    say("Making it small (about 30 s)");
    let scratch = workspace::scratch()?.join("release");
    empty(&scratch)?;
    let bound = wasm::bind(tools, &compiled, &scratch)?;
    let dist = workspace::dist();
    empty(&dist)?;
    write(tools, &bound, &scratch, &dist)?;
    compress::all(&dist)?;
    fresh::remember(began)?;
    say(&format!("  done in {}\n", clock(started.elapsed())));

    let named = std::iter::once(&bound.main).chain(&bound.later).map(|module| module.named.as_path());
    say(&crates::table(tools, named)?);
    let files = sizes::measure(&dist)?;
    say(&sizes::table(&files));
    let later = |file: &sizes::Size| bound.later.iter().any(|module| file.name.starts_with(&module.name));
    let weigh = |counts: &dyn Fn(&sizes::Size) -> bool| -> u64 {
        files.iter().filter(|file| counts(file)).map(|file| file.brotli).sum()
    };
    // A visitor loads one of them at most.
    let is_words = |file: &sizes::Size| file.name.starts_with("words-");
    let longest =
        files.iter().filter(|file| is_words(file)).map(|file| file.brotli).max().unwrap_or_default();
    let budgets = [
        ("The page with its form", weigh(&|file| file.name == "index.html"), PAGE_BUDGET),
        ("All that the form waits for", weigh(&|file| !later(file) && !is_words(file)), FORM_BUDGET),
        ("All that one visitor may need", weigh(&|file| !is_words(file)), BUDGET),
        ("The words of the longest language", longest, WORDS_BUDGET),
    ];
    for (what, weighs, budget) in budgets {
        if weighs > budget {
            bail!("{what} weighs {weighs} bytes in brotli, over its budget of {budget}");
        }
        say(&format!("{what}: {weighs} of at most {budget} bytes in brotli"));
    }
    Ok(())
}

/// Everything that is served, each under its name.
fn write(tools: &Tools, bound: &wasm::Bound, scratch: &Path, dist: &Path) -> Result<()> {
    let html = read(&workspace::root().join("index.html"))?;
    let wanted = page::wanted(&html);
    let icon = read(&workspace::root().join(&wanted.icon))?;
    let mut script = bundle::module(tools, &bound.script)?;
    let mut later = Vec::new();
    for module in &bound.later {
        let asset = Asset::write(dist, &module.name, "wasm", &read_bytes(&module.shipped)?)?;
        script = page::name_module(&script, &module.name, &asset)?;
        later.push(asset);
    }
    let (main, script) = imports::shorten(&read_bytes(&bound.main.shipped)?, &script)?;
    let made = page::Made {
        critical: bundle::styles(tools, &wanted.critical, scratch)?,
        boot: bundle::script(tools, &wanted.boot)?,
        styles: Asset::write(
            dist,
            "portal",
            "css",
            bundle::styles(tools, &wanted.styles, scratch)?.as_bytes(),
        )?,
        icon: Asset::write(dist, "icon", "svg", icon.as_bytes())?,
        script: Asset::write(dist, "portal", "js", script.as_bytes())?,
        wasm: Asset::write(dist, &bound.main.name, "wasm", &main)?,
        later,
        words: words::write(dist)?,
        marks: words::of_page(&html)?,
    };
    fs::write(dist.join("index.html"), page::fill(&html, &made)).context("cannot write index.html")
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Leaves nothing there: what an earlier build made would be compressed, weighed and served with this one's.
fn empty(folder: &Path) -> Result<()> {
    workspace::remove(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}
