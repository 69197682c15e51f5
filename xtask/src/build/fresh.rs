//! Whether dist/ is the release build of the present sources, so that a quick loop need not repeat it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result};

use crate::workspace;

/// All that shapes dist/: what is compiled into it, and what compiles it and puts it together.
const SOURCES: [&str; 13] = [
    "src",
    "style",
    "contract",
    "words",
    "view_macro",
    "patches",
    "xtask",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo",
];

/// Notes that dist/ has been built for release, of the sources as they were at `began`: what is edited while it is being
/// built may not be in it.
pub fn remember(began: SystemTime) -> Result<()> {
    let page = fs::read(page()).context("the release build left no dist/index.html")?;
    write_as_of(&note()?, &page, began).context("cannot note the release build")
}

/// Writes a file that says it was last changed at another time.
fn write_as_of(path: &Path, contents: &[u8], time: SystemTime) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(contents)?;
    file.set_modified(time)
}

/// Whether dist/ is what was last built for release, and no source is newer.
pub fn is_fresh() -> bool {
    let Ok(note) = note() else { return false };
    // The page names every other file by its hash: the same page is the same build. A development
    // build that somebody put into dist/ has another one.
    match (fs::read(&note), fs::read(page())) {
        (Ok(noted), Ok(present)) if noted == present => {}
        _ => return false,
    }
    let Some(built) = modified(&note) else { return false };
    let root = workspace::root();
    SOURCES.iter().filter_map(|source| newest(&root.join(source))).all(|source| source <= built)
}

fn page() -> PathBuf {
    workspace::dist().join("index.html")
}

fn note() -> Result<PathBuf> {
    Ok(workspace::scratch()?.join("release.html"))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The time of the newest file below a path.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = modified(path);
    let below = fs::read_dir(path).into_iter().flatten().flatten();
    below.filter_map(|entry| newest(&entry.path())).chain(own).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_of_the_workspace_but_the_server_is_a_source() {
        let manifest = fs::read_to_string(workspace::root().join("Cargo.toml")).expect("a workspace");
        let members = manifest.lines().find_map(|line| line.strip_prefix("members = ")).expect("members");
        let members: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
        assert!(members.contains(&"server"), "{members:?}");
        for member in members.into_iter().filter(|member| *member != "server") {
            assert!(SOURCES.contains(&member), "{member}");
        }
        for source in SOURCES {
            assert!(workspace::root().join(source).exists(), "{source}");
        }
    }

    #[test]
    fn what_is_edited_while_it_is_being_built_is_newer_than_the_build() {
        let folder = std::env::temp_dir().join(format!("xtask-note-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let (source, note) = (folder.join("source.rs"), folder.join("note"));
        let began = SystemTime::now() - std::time::Duration::from_secs(60);
        fs::write(&source, "").expect("a source");
        write_as_of(&note, b"page", began).expect("a note");
        assert!(modified(&note) < modified(&source));
        assert_eq!((modified(&note), fs::read(&note).ok()), (Some(began), Some(b"page".to_vec())));
        fs::remove_dir_all(folder).expect("cleans up");
    }

    #[test]
    fn the_newest_file_of_a_folder_decides() {
        let folder = std::env::temp_dir().join(format!("xtask-fresh-{}", std::process::id()));
        fs::create_dir_all(folder.join("deep")).expect("a folder");
        let file = folder.join("deep").join("late.rs");
        fs::write(&file, "").expect("a file");
        let late = SystemTime::now() + std::time::Duration::from_secs(60);
        fs::File::options().write(true).open(&file).and_then(|f| f.set_modified(late)).expect("a time");
        assert_eq!(newest(&folder), modified(&file));
        assert_eq!(newest(&folder.join("absent")), None);
        fs::remove_dir_all(folder).expect("cleans up");
    }
}
