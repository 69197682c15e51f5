//! The files that are asked for.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::workspace;

/// A file and how it is asked for.
pub struct Asked {
    /// For the table.
    pub name: String,
    pub path: String,
    /// The value of `Accept-Encoding`.
    pub encoding: &'static str,
}

impl Asked {
    /// Whether a server without brotli would answer with another file.
    pub fn needs_brotli(&self) -> bool {
        self.encoding == "br"
    }
}

/// A copy of dist/ in `folder`, and what is asked for of it: the page, the largest file and a small one.
pub fn prepare(folder: &Path) -> Result<Vec<Asked>> {
    let dist = folder.join("dist");
    workspace::remove(folder)?;
    fs::create_dir_all(&dist)?;
    for entry in fs::read_dir(workspace::dist())? {
        let entry = entry?;
        fs::copy(entry.path(), dist.join(entry.file_name()))?;
    }
    let wasm = named(&dist, "wasm", |length| u64::MAX - length)?;
    let css = named(&dist, "css", |length| length.abs_diff(1500))?;
    let asked =
        |name: &str, path: &str, encoding| Asked { name: name.to_owned(), path: path.to_owned(), encoding };
    Ok(vec![
        asked("the page, gzip", "/", "gzip"),
        asked("wasm, gzip", &wasm, "gzip"),
        asked("wasm, brotli", &wasm, "br"),
        asked("wasm, plain", &wasm, "identity"),
        asked("a small css, gzip", &css, "gzip"),
    ])
}

/// The path of the file with this ending that `rank` puts first by its length.
fn named(dist: &Path, ending: &str, rank: impl Fn(u64) -> u64) -> Result<String> {
    let files = fs::read_dir(dist)?.filter_map(|entry| {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        let is_one = Path::new(&name).extension().is_some_and(|its| its == ending);
        is_one.then_some((entry.metadata().ok()?.len(), name))
    });
    let first = files.min_by_key(|(length, _)| rank(*length));
    let (_, name) = first.with_context(|| format!("there is no .{ending} in dist/"))?;
    Ok(format!("/{name}"))
}
