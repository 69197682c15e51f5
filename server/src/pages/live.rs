//! The build that lies in the folder now, in memory.

use super::contents::{Contents, original_of};
use super::file::{File, Source};
use super::folder::{self, Entry, Found};
use super::{PAGE, inline};
use crate::headers::{Allowed, page_policy};
use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, header};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long a build is taken for the newest one without a look into the folder.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The name under which the portal reads its settings.
const CONFIG: &str = "config.json";

/// A folder, and what lay in it when it was last looked into.
pub(super) struct Live {
    folder: PathBuf,
    api_base: String,
    config: Bytes,
    current: RwLock<Arc<Build>>,
    began: Instant,
    /// When to look again, in milliseconds after `began`.
    look_at: AtomicU64,
}

/// All files of one build: whoever holds it gets files that fit each other.
pub(super) struct Build {
    files: HashMap<String, File>,
    entries: Vec<Entry>,
    /// What could not be read.
    unread: Vec<PathBuf>,
}

impl Build {
    /// The file of this name.
    pub(super) fn file(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }

    /// The names of all files, in no order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is a portal at all.
    pub(super) fn has_page(&self) -> bool {
        self.files.contains_key(PAGE)
    }
}

impl Live {
    /// Reads the folder. One that is not there is a build without files, until it is there.
    pub(super) fn open(folder: &Path, api_base: &str, config: &str) -> Self {
        let live = Self {
            folder: folder.to_owned(),
            api_base: api_base.to_owned(),
            config: Bytes::copy_from_slice(config.as_bytes()),
            current: RwLock::new(Arc::new(Build {
                files: HashMap::new(),
                entries: Vec::new(),
                unread: Vec::new(),
            })),
            began: Instant::now(),
            look_at: AtomicU64::new(0),
        };
        let build = live.read(folder::scan(folder).unwrap_or_default());
        live.take(build);
        live
    }

    /// The newest build, as of a second ago at most. Whoever looks into the folder waits for it, all others do not.
    pub(super) async fn build(self: &Arc<Self>) -> Arc<Build> {
        if self.is_turn_to_look() {
            let live = Arc::clone(self);
            let looked = tokio::task::spawn_blocking(move || live.look()).await;
            if let Err(error) = looked {
                tracing::error!("looking for a new build failed: {error}");
            }
        }
        self.current()
    }

    /// The build that was found when the folder was last looked into.
    pub(super) fn current(&self) -> Arc<Build> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self, build: Build) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(build);
    }

    fn is_turn_to_look(&self) -> bool {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let now = millis(self.began.elapsed());
        let at = self.look_at.load(Ordering::Relaxed);
        let next = now.saturating_add(millis(LOOK_AGAIN));
        now >= at && self.look_at.compare_exchange(at, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Between two builds there may be no folder, or half of one: what is there then is taken, and the rest as soon
    /// as it is there. A folder that cannot be looked into just now, for want of a descriptor, is no other build.
    fn look(&self) {
        let found = match folder::scan(&self.folder) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::default(),
            Err(error) => return tracing::error!("cannot look into {}: {error}", self.folder.display()),
        };
        let current = self.current();
        // Rights are no part of a file's time or size.
        let is_readable_now = |path: &PathBuf| fs::File::open(path).is_ok();
        if found.entries != current.entries || current.unread.iter().any(is_readable_now) {
            let build = self.read(found);
            if current.has_page() && !build.has_page() {
                tracing::error!("there is no page any more in {}", self.folder.display());
            }
            self.take(build);
        }
    }

    fn read(&self, found: Found) -> Build {
        let Contents { mut files, unread, trouble } = Contents::read(&found);
        trouble.iter().for_each(|trouble| tracing::error!("{trouble}"));
        files.insert(CONFIG.to_owned(), self.config.clone());
        Build { files: self.files(&files), entries: found.entries, unread }
    }

    fn files(&self, contents: &HashMap<String, Bytes>) -> HashMap<String, File> {
        let copy_of = |name: &str, ending: &str| {
            let plain = contents.get(name)?;
            contents.get(&format!("{name}.{ending}")).filter(|copy| copy.len() < plain.len()).cloned()
        };
        let is_copy = |name: &str| original_of(name).is_some_and(|original| contents.contains_key(original));
        let originals = contents.iter().filter(|(name, _)| !is_copy(name));
        let files = originals.map(|(name, plain)| {
            // The settings are this server's, so a copy of others that lies beside is not theirs.
            let copies = |ending| if name == CONFIG { None } else { copy_of(name, ending) };
            let source = Source { plain: plain.clone(), br: copies("br"), gzip: copies("gz") };
            let more = if name == PAGE { self.policy(plain) } else { Vec::new() };
            (name.clone(), File::new(name, source, &more))
        });
        files.collect()
    }

    /// Only what is written into this very page may run in it.
    fn policy(&self, page: &[u8]) -> Vec<(HeaderName, HeaderValue)> {
        let html = String::from_utf8_lossy(page);
        let policy = page_policy(&Allowed {
            scripts: &inline::scripts(&html),
            styles: &inline::styles(&html),
            api_base: &self.api_base,
        });
        let policy = HeaderValue::try_from(policy).ok();
        policy.map(|policy| (header::CONTENT_SECURITY_POLICY, policy)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_could_not_be_read_is_read_as_soon_as_it_can_be() {
        let folder = tempfile::TempDir::new().unwrap();
        let (file, away) = (folder.path().join("a.js"), folder.path().join(".a.js"));
        fs::write(&file, "a").unwrap();
        let live = Live::open(folder.path(), "", "{}");
        let found = folder::scan(folder.path()).unwrap();
        fs::rename(&file, &away).unwrap();
        live.take(live.read(found));
        assert!(live.current().file("a.js").is_none());
        // Neither its time nor its size tells that it is back.
        fs::rename(&away, &file).unwrap();
        live.look();
        assert!(live.current().file("a.js").is_some());
    }
}
