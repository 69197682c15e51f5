//! What the system has a copy of, it sends without taking it over for each client anew: for a file of a hundred kilobytes
//! that is most of the work.

use axum::body::Bytes;
use rustix::fs::{MemfdFlags, memfd_create, sendfile};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::{Arc, PoisonError, RwLock};

/// The least that is worth it: handing over less is quicker than asking for it.
const LEAST: usize = 32 * 1024;

/// So many copies at a time: each is a descriptor, which a connection may need more. A build has some ten.
const MOST: usize = 64;

/// All copies, by where in memory the bytes lie that each is a copy of.
static ALL: RwLock<BTreeMap<usize, Kept>> = RwLock::new(BTreeMap::new());

/// The bytes are kept with their copy, so nothing else ever lies where they do, and they never change.
#[derive(Clone)]
struct Kept {
    bytes: Bytes,
    file: Arc<File>,
}

/// The system's copy of some bytes, for as long as this is kept.
pub(crate) struct SystemCopy(usize);

impl SystemCopy {
    /// A copy of these bytes; `None` when they are few, or when there is none to be had: then they are sent as any others.
    pub(crate) fn of(bytes: &Bytes) -> Option<Self> {
        let is_full = || ALL.read().unwrap_or_else(PoisonError::into_inner).len() >= MOST;
        if bytes.len() < LEAST || is_full() {
            return None;
        }
        // Some systems give none that could be run, and older ones know no other.
        let locked = memfd_create("page", MemfdFlags::CLOEXEC | MemfdFlags::NOEXEC_SEAL);
        let mut file = File::from(locked.or_else(|_| memfd_create("page", MemfdFlags::CLOEXEC)).ok()?);
        file.write_all(bytes).ok()?;
        let at = bytes.as_ptr().addr();
        let kept = Kept { bytes: bytes.clone(), file: Arc::new(file) };
        ALL.write().unwrap_or_else(PoisonError::into_inner).insert(at, kept);
        Some(Self(at))
    }
}

impl Drop for SystemCopy {
    fn drop(&mut self) {
        ALL.write().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// A part of a copy.
pub(crate) struct Part {
    file: Arc<File>,
    from: u64,
    length: usize,
}

impl Part {
    /// The part that a slice of the bytes is; `None` when it is too small to be worth it, or no slice of any.
    pub(crate) fn of(slice: &[u8]) -> Option<Self> {
        if slice.len() < LEAST {
            return None;
        }
        let at = slice.as_ptr().addr();
        let all = ALL.read().unwrap_or_else(PoisonError::into_inner);
        let (begin, kept) = all.range(..=at).next_back()?;
        let from = at - begin;
        let is_within = from.checked_add(slice.len()).is_some_and(|end| end <= kept.bytes.len());
        is_within.then(|| Self { file: Arc::clone(&kept.file), from: from as u64, length: slice.len() })
    }

    /// Sends as much of it as the socket takes now.
    ///
    /// # Errors
    /// As those of writing to the socket.
    pub(crate) fn send(&self, socket: &impl AsFd) -> io::Result<usize> {
        let mut from = self.from;
        Ok(sendfile(socket, &self.file, Some(&mut from), self.length)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_by_where_it_lies_for_as_long_as_the_copy_is_kept() {
        let bytes = Bytes::from(vec![7; LEAST * 3]);
        let other = Bytes::from(vec![7; LEAST * 3]);
        let copy = SystemCopy::of(&bytes).unwrap();
        for (from, to) in [(0, LEAST * 3), (1, LEAST * 3), (LEAST, LEAST * 2)] {
            let part = Part::of(bytes.get(from..to).unwrap()).unwrap();
            assert_eq!((part.from, part.length), (from as u64, to - from));
        }
        assert!(Part::of(bytes.get(1..LEAST).unwrap()).is_none(), "too small");
        assert!(Part::of(&other).is_none(), "the same, and somewhere else");
        drop(copy);
        assert!(Part::of(&bytes).is_none());
        assert!(SystemCopy::of(&bytes.slice(..LEAST - 1)).is_none());
    }
}
