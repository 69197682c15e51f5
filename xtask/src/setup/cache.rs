//! The per-user folder of tools, shared by all clones on a machine and keyed by version.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{process::check_interrupted, progress::say};

/// Where a tool of this name and version lives.
pub fn folder_of(name: &str, version: &str) -> Result<PathBuf> {
    let tools = tools_folder(
        std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from),
        std::env::home_dir(),
        cfg!(target_os = "macos"),
    )
    .context("neither XDG_CACHE_HOME nor HOME says where tools can be kept")?;
    Ok(tools.join(format!("{name}-{version}")))
}

fn tools_folder(xdg_cache: Option<PathBuf>, home: Option<PathBuf>, macos: bool) -> Option<PathBuf> {
    // The specification has relative paths ignored.
    let cache = xdg_cache.filter(|path| path.is_absolute()).or_else(|| {
        let home = home?;
        Some(if macos { home.join("Library").join("Caches") } else { home.join(".cache") })
    })?;
    Some(cache.join("member-portal").join("tools"))
}

/// Installs into `folder` unless `is_good` says it is in place already.
///
/// `install` fills a temporary sibling, which becomes `folder` in one step: an install that was
/// killed half-way is never taken for a good one. Two clones that set up at once take turns.
pub fn install_once(
    folder: &Path,
    is_good: impl Fn(&Path) -> bool,
    install: impl FnOnce(&Path) -> Result<PathBuf>,
) -> Result<()> {
    if is_good(folder) {
        return Ok(());
    }
    let parent = folder.parent().context("a tool's folder has a parent")?;
    let name = folder.file_name().context("a tool's folder has a name")?.to_string_lossy().into_owned();
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let _lock = take_turn(&parent.join(format!(".{name}.lock")), &name)?;
    if is_good(folder) {
        return Ok(());
    }
    // Under the lock nobody else writes here: what is found is left over from a killed install.
    let partial = Partial::fresh(parent.join(format!(".{name}.partial")))?;
    let result = install(&partial.0)?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot replace {}", folder.display()))?;
    }
    fs::rename(&result, folder).with_context(|| format!("cannot move the new tool to {}", folder.display()))
}

/// Waits for the lock; the system gives it back also when its holder is killed.
fn take_turn(path: &Path, name: &str) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                if !told {
                    say(&format!("Waiting: another set-up on this machine is installing {name}"));
                    told = true;
                }
                check_interrupted()?;
                thread::sleep(Duration::from_millis(200));
            }
            // A file system without locks: going on risks double work, not a broken install.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// A folder that is gone when the install is over, however it ended.
struct Partial(PathBuf);

impl Partial {
    fn fresh(path: PathBuf) -> Result<Self> {
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[test]
    fn the_cache_follows_the_customs_of_the_system() {
        let home = || Some(PathBuf::from("/home/kim"));
        let at = |xdg: Option<&str>, macos| tools_folder(xdg.map(PathBuf::from), home(), macos);
        assert_eq!(at(None, false), Some("/home/kim/.cache/member-portal/tools".into()));
        assert_eq!(at(None, true), Some("/home/kim/Library/Caches/member-portal/tools".into()));
        assert_eq!(at(Some("/fast"), true), Some("/fast/member-portal/tools".into()));
        assert_eq!(at(Some("relative"), false), at(None, false));
        assert_eq!(tools_folder(None, None, false), None);
    }

    #[test]
    fn a_failed_install_leaves_nothing_and_the_next_one_succeeds() {
        let base = std::env::temp_dir().join(format!("xtask-cache-{}", std::process::id()));
        let folder = base.join("tool-1.0.0");
        let is_good = |folder: &Path| folder.join("tool").is_file();

        let failed = install_once(&folder, is_good, |partial| {
            fs::write(partial.join("tool"), "half")?;
            bail!("killed")
        });
        assert!(failed.is_err() && !folder.exists());

        let install = |partial: &Path| {
            fs::create_dir(partial.join("root"))?;
            fs::write(partial.join("root").join("tool"), "whole")?;
            Ok(partial.join("root"))
        };
        install_once(&folder, is_good, install).expect("installs");
        install_once(&folder, is_good, |_| bail!("must not run again")).expect("is in place");
        assert!(!base.join(".tool-1.0.0.partial").exists());
        fs::remove_dir_all(base).expect("cleans up");
    }
}
