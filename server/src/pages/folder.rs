//! What lies in the folder of the built portal.

use super::path::is_hidden;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// So far apart the files of one build may be.
const ONE_BUILD: Duration = Duration::from_secs(60);

/// How deep folders may lie in each other; a built portal has one or two.
const DEPTH: usize = 8;

/// A file, and what tells that it is another one by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name in a request: the path in the folder with slashes.
    pub(super) name: String,
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Its size in bytes.
    pub(super) length: u64,
    changed: Option<SystemTime>,
}

impl Entry {
    /// Whether it is of an earlier build than another file. A folder that is copied gives each file the time at which its
    /// turn came.
    pub(super) fn is_older_than(&self, other: &Self) -> bool {
        self.changed.zip(other.changed).is_some_and(|(own, others)| own + ONE_BUILD < others)
    }
}

/// What was found in a folder.
#[derive(Default)]
pub(super) struct Found {
    /// Every file that may be sent, by name.
    pub(super) entries: Vec<Entry>,
    /// What in it nobody lets the server look at.
    pub(super) closed: Vec<PathBuf>,
}

/// Looks for every file that may be sent: nothing hidden, and no link that leads out of the folder.
///
/// # Errors
/// When there is no such folder or it cannot be read.
pub(super) fn scan(folder: &Path) -> io::Result<Found> {
    let root = folder.canonicalize()?;
    let mut found = Found::default();
    walk(&root, fs::read_dir(&root)?, "", DEPTH, &mut found)?;
    found.entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn walk(root: &Path, folder: fs::ReadDir, prefix: &str, depth: usize, found: &mut Found) -> io::Result<()> {
    for entry in folder {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if is_hidden(&name) {
            continue;
        }
        let name = format!("{prefix}{name}");
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth > 0 {
            match fs::read_dir(entry.path()) {
                Ok(folder) => walk(root, folder, &format!("{name}/"), depth.saturating_sub(1), found)?,
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    found.closed.push(entry.path())
                }
                // What vanished meanwhile is not there.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        } else if kind.is_file() {
            found.add(name, entry.path());
        } else if kind.is_symlink()
            && let Some(path) = inside(root, &entry.path())
        {
            found.add(name, path);
        }
    }
    Ok(())
}

/// A link is followed as long as it stays in the folder: that is how a cluster mounts a new build.
fn inside(root: &Path, link: &Path) -> Option<PathBuf> {
    link.canonicalize().ok().filter(|path| path.starts_with(root))
}

impl Found {
    /// Takes up a file under its name.
    fn add(&mut self, name: String, path: PathBuf) {
        match fs::metadata(&path) {
            Ok(meta) if meta.is_file() => {
                self.entries.push(Entry { name, path, length: meta.len(), changed: meta.modified().ok() });
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => self.closed.push(path),
            // What vanished meanwhile is not there.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    #[test]
    fn a_folder_that_comes_and_goes_takes_nothing_else_with_it() {
        let folder = tempfile::TempDir::new().unwrap();
        fs::write(folder.path().join("index.html"), "<p>Portal</p>").unwrap();
        let (inner, done) = (folder.path().join("inner"), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Relaxed) {
                    fs::create_dir(&inner).unwrap();
                    fs::remove_dir(&inner).unwrap();
                }
            });
            let scans: Vec<_> =
                (0..5000).map(|_| scan(folder.path()).map(|found| found.entries.len())).collect();
            done.store(true, Relaxed);
            for found in scans {
                assert_eq!(found.unwrap(), 1);
            }
        });
    }
}
