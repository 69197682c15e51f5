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
    /// Links to folders that are not followed, because they lead out of it or to where they lie themselves.
    pub(super) astray: Vec<PathBuf>,
}

/// Looks for every file that may be sent: nothing hidden, and no link that leads out of the folder.
///
/// # Errors
/// When there is no such folder or it cannot be read.
pub(super) fn scan(folder: &Path) -> io::Result<Found> {
    let root = folder.canonicalize()?;
    let mut found = Found::default();
    let files = fs::read_dir(&root)?;
    walk(files, "", &mut vec![root.clone()], &root, &mut found)?;
    found.entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// `way` is the folder itself behind all that it lies in, from the root on.
fn walk(
    folder: fs::ReadDir,
    prefix: &str,
    way: &mut Vec<PathBuf>,
    root: &Path,
    found: &mut Found,
) -> io::Result<()> {
    for entry in folder {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if is_hidden(&name) {
            continue;
        }
        let name = format!("{prefix}{name}");
        let Ok(kind) = entry.file_type() else { continue };
        let mut path = entry.path();
        if kind.is_symlink() {
            // A link is followed as long as it stays in the folder: that is how a cluster mounts a new build.
            let Ok(target) = path.canonicalize() else { continue };
            if !target.starts_with(root) || way.contains(&target) {
                if target.is_dir() {
                    found.astray.push(path);
                }
                continue;
            }
            path = target;
        }
        if !(kind.is_dir() || kind.is_symlink() && path.is_dir()) {
            found.add(name, path);
        } else if way.len() <= DEPTH {
            match fs::read_dir(&path) {
                Ok(folder) => {
                    way.push(path);
                    walk(folder, &format!("{name}/"), way, root, found)?;
                    way.pop();
                }
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => found.closed.push(path),
                // What vanished meanwhile is not there.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

impl Found {
    /// Takes up a file under its name, and nothing else.
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
    fn a_link_to_a_folder_is_followed_as_long_as_it_stays_inside_and_leads_not_back() {
        let (folder, other) = (tempfile::TempDir::new().unwrap(), tempfile::TempDir::new().unwrap());
        let at = |path: &str| folder.path().join(path);
        let link = |to: &Path, path: &str| std::os::unix::fs::symlink(to, at(path)).unwrap();
        fs::create_dir_all(at("..data/fonts/large")).unwrap();
        fs::write(at("..data/fonts/a.woff2"), "a").unwrap();
        fs::write(at("..data/fonts/large/b.woff2"), "b").unwrap();
        fs::write(other.path().join("secret"), "c").unwrap();
        link(Path::new("..data/fonts"), "fonts");
        link(Path::new(".."), "..data/fonts/large/back");
        link(Path::new("."), "self");
        link(other.path(), "out");
        link(&other.path().join("secret"), "secret");
        link(Path::new("nowhere"), "broken");
        let found = scan(folder.path()).unwrap();
        let names: Vec<_> = found.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["fonts/a.woff2", "fonts/large/b.woff2"]);
        let mut astray: Vec<_> = found.astray.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        astray.sort_unstable();
        assert_eq!(astray, ["back", "out", "self"]);
    }

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
