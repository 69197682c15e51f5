//! The language that is spoken now. Without one installed it is English.

use crate::{COUNTS, FINGERPRINT};
use std::cell::Cell;

/// How the current language counts and writes numbers.
#[derive(Clone, Copy)]
pub struct Format {
    /// Whether it takes the first plural form for this number.
    pub is_one: fn(u64) -> bool,
    /// A number for the eye.
    pub number: fn(u64) -> String,
}

thread_local! {
    static TEXTS: Cell<Option<&'static [&'static str]>> = const { Cell::new(None) };
    static FORMAT: Cell<Format> = const { Cell::new(Format { is_one: |count| count == 1, number: plain }) };
}

fn plain(count: u64) -> String {
    count.to_string()
}

/// A file of a language that was not made for these messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Speaks another language from now on: the one whose file this is; `None`: English. A file stays in memory for good,
/// so install each once.
///
/// # Errors
/// When the file was made for other messages than these. The language stays what it was.
pub fn install(file: Option<&'static str>) -> Result<(), Unreadable> {
    let texts = match file {
        Some(file) => Some(read(file)?),
        None => None,
    };
    TEXTS.set(texts);
    Ok(())
}

/// Whether English is spoken.
#[must_use]
pub fn is_english() -> bool {
    TEXTS.get().is_none()
}

/// Counts and writes numbers in another way from now on.
pub fn set_format(format: Format) {
    FORMAT.set(format);
}

fn read(file: &'static str) -> Result<&'static [&'static str], Unreadable> {
    let (fingerprint, texts) = file.split_once('\n').ok_or(Unreadable)?;
    let texts: Vec<&'static str> = texts.lines().collect();
    if u64::from_str_radix(fingerprint, 16) != Ok(FINGERPRINT) || texts.len() != COUNTS.iter().sum::<usize>()
    {
        return Err(Unreadable);
    }
    Ok(texts.leak())
}

/// A message: its text in the current language.
pub(crate) fn text(at: usize, english: &'static str) -> &'static str {
    TEXTS.get().and_then(|texts| texts.get(at).copied()).unwrap_or(english)
}

pub(crate) fn format() -> Format {
    FORMAT.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_for_other_messages_is_refused_and_changes_nothing() {
        for file in ["", "x", "0\nhello", "<!DOCTYPE html>\n<html>"] {
            assert_eq!(install(Some(file)), Err(Unreadable), "{file}");
        }
        assert_eq!(text(0, "English"), "English");
    }
}
