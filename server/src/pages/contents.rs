//! What is in the files of the folder.

use super::PAGE;
use super::folder::{self, Entry, Found};
use axum::body::Bytes;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The largest build, in bytes. What is larger is no portal, and the server keeps it in memory.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The files of one build as they were read.
#[derive(Default)]
pub(super) struct Contents {
    /// By name.
    pub(super) files: HashMap<String, Bytes>,
    /// Where those lie that could not be read.
    pub(super) unread: Vec<PathBuf>,
    /// Why files are left out that should not be, a sentence each.
    pub(super) trouble: Vec<String>,
}

impl Contents {
    /// Reads them all: the page, then the smallest first, so that what is too large takes none of the others' place.
    pub(super) fn read(Found { entries, closed, astray }: &Found) -> Self {
        let mut contents = Self::default();
        for path in closed {
            contents.trouble.push(format!("{} may not be looked at and is left out", path.display()));
            contents.unread.push(path.clone());
        }
        for path in astray {
            contents
                .trouble
                .push(format!("{} leads to a folder outside, or back, and is left out", path.display()));
        }
        let mut size = 0_u64;
        let mut in_turn: Vec<&Entry> = entries.iter().collect();
        in_turn.sort_by_key(|entry| (entry.name != PAGE, entry.length));
        for entry in in_turn {
            let larger = size.saturating_add(entry.length);
            if larger > LARGEST {
                contents.trouble.push(format!(
                    "{} is left out: with it all files are larger than {} MiB, and so than any portal",
                    entry.name,
                    LARGEST >> 20
                ));
                continue;
            }
            size = larger;
            let original = original_of(&entry.name).and_then(|name| entries.iter().find(|e| e.name == name));
            if original.is_some_and(|original| entry.is_older_than(original)) {
                tracing::warn!("{} is older than its original and left out", entry.name);
                continue;
            }
            match fs::read(&entry.path) {
                Ok(bytes) => drop(contents.files.insert(entry.name.clone(), Bytes::from(bytes))),
                Err(error) => {
                    contents.trouble.push(format!("{} cannot be read: {error}", entry.name));
                    contents.unread.push(entry.path.clone());
                }
            }
        }
        contents
    }
}

/// Why a folder is not served as it is, a sentence for each thing: it has no page, or files that are left out.
pub(crate) fn check(folder: &Path) -> Vec<String> {
    match page_of(folder) {
        Ok(found) => Contents::read(&found).trouble,
        Err(missing) => vec![missing],
    }
}

/// Why there is no page in a folder, in a sentence.
pub(crate) fn without_page(folder: &Path) -> Option<String> {
    page_of(folder).err()
}

/// The files of a folder that has a page among them.
fn page_of(folder: &Path) -> Result<Found, String> {
    let page = folder.join(PAGE);
    fs::File::open(&page).map_err(|error| format!("cannot read {}: {error}", page.display()))?;
    let found =
        folder::scan(folder).map_err(|error| format!("cannot look into {}: {error}", folder.display()))?;
    if found.entries.iter().any(|entry| entry.name == PAGE) {
        Ok(found)
    } else {
        Err(format!("{} is no file of the folder itself", page.display()))
    }
}

/// The name of the file that one of this name would be a compressed copy of.
pub(super) fn original_of(name: &str) -> Option<&str> {
    name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a file as large as all may be together, which takes no room on the disk.
    fn with_a_large_file() -> tempfile::TempDir {
        let folder = tempfile::TempDir::new().unwrap();
        fs::write(folder.path().join(PAGE), "<p>Portal</p>").unwrap();
        fs::write(folder.path().join("a.js"), "a").unwrap();
        fs::File::create(folder.path().join("dump")).unwrap().set_len(LARGEST).unwrap();
        folder
    }

    #[test]
    fn a_file_that_is_too_large_is_left_out_by_itself() {
        let folder = with_a_large_file();
        let contents = Contents::read(&folder::scan(folder.path()).unwrap());
        let mut names: Vec<_> = contents.files.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["a.js", PAGE]);
    }

    #[test]
    fn a_folder_that_may_not_be_looked_into_is_left_out_by_itself_and_named() {
        let folder = with_a_large_file();
        let mut found = folder::scan(folder.path()).unwrap();
        found.closed.push(folder.path().join("lost+found"));
        let contents = Contents::read(&found);
        assert!(contents.files.contains_key(PAGE));
        assert!(contents.trouble.iter().any(|trouble| trouble.contains("lost+found may not be looked at")));
        assert_eq!(contents.unread, found.closed, "it is read as soon as it can be");
    }

    #[test]
    fn what_is_left_out_is_said_by_the_check() {
        let folder = with_a_large_file();
        let trouble = check(folder.path());
        assert!(
            matches!(trouble.as_slice(), [one] if one.starts_with("dump ") && one.contains("64 MiB")),
            "{trouble:?}"
        );
        fs::remove_file(folder.path().join("dump")).unwrap();
        std::os::unix::fs::symlink("/etc", folder.path().join("etc")).unwrap();
        assert!(check(folder.path()).concat().contains("etc leads to a folder outside"));
        fs::remove_file(folder.path().join("etc")).unwrap();
        assert_eq!(check(folder.path()), [""; 0]);
        fs::remove_file(folder.path().join(PAGE)).unwrap();
        assert!(check(folder.path()).concat().starts_with("cannot read "));
        std::os::unix::fs::symlink("/dev/null", folder.path().join(PAGE)).unwrap();
        assert!(check(folder.path()).concat().ends_with("is no file of the folder itself"));
    }
}
