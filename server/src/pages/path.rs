//! What a request's path asks for.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// What a path may not hold as it is.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path, read once: decoded, without its first slash.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    /// A page, unless there is a file of this name.
    Page(Cow<'a, str>),
    /// A file: the last segment has a dot, or it is for programs, which want no page.
    File(Cow<'a, str>),
    /// Nothing that is ever sent: a hidden file, a way out of the folder, or no text.
    Refused,
}

/// Reads a path. What it names is only ever looked up among the names that were found in the folder.
pub(super) fn wanted(path: &str) -> Wanted<'_> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let Ok(name) = percent_decode_str(path).decode_utf8() else { return Wanted::Refused };
    if name.contains(['\\', '\0']) || name.split('/').any(is_hidden) {
        return Wanted::Refused;
    }
    let has_ending = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if has_ending || name.split('/').any(|segment| segment == WELL_KNOWN) {
        Wanted::File(name)
    } else {
        Wanted::Page(name)
    }
}

/// The path by which the file of a name is asked for.
pub(super) fn of(name: &str) -> String {
    format!("/{}", utf8_percent_encode(name, ENCODED))
}

/// Where programs look for what a site says of itself (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// Files that are nobody's but their owner's; `..` is one of them. [`WELL_KNOWN`] is there to be read.
pub(super) fn is_hidden(segment: &str) -> bool {
    segment.starts_with('.') && segment != WELL_KNOWN
}

/// Digits of the hash that the build writes into a name. A date or another number has fewer.
const HASH: usize = 16;

/// Names such as `portal-0f1e2d3c4b5a6978_bg.wasm` change whenever their content does.
pub(super) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('-').skip(1).any(|part| {
        let digits = part.chars().take_while(char::is_ascii_hexdigit).count();
        digits >= HASH && part.chars().nth(digits).is_some_and(|next| next == '.' || next == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_content_hash_are_kept_for_long() {
        for name in [
            "portal-0f1e2d3c4b5a6978_bg.wasm",
            "css/base-0f1e2d3c4b5a6978.css",
            "words-de-cb4dbf82c6faebdc.txt",
            "my-portal-0f1e2d3c4b5a69780f1e2d3c4b5a6978.js",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "favicon.svg",
            "portal.js",
            "add-member.js",
            "face-decade.css",
            "report-20251231.pdf",
            "report-20251231235959.pdf",
            "base-0f1e2d3c.css",
            "",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn a_file_is_asked_for_by_its_own_path_whatever_its_name() {
        for name in
            ["a b.png", "a%20c.png", "css/ü#1?.css", "portal-0f1e2d3c4b5a6978_bg.wasm", "icon@2x,a+b.js"]
        {
            assert_eq!(wanted(&of(name)), Wanted::File(name.into()), "{}", of(name));
        }
        assert_eq!(of("css/portal-0f1e_bg,icon@2x.css"), "/css/portal-0f1e_bg,icon@2x.css");
    }

    #[test]
    fn ways_out_of_the_folder_are_refused() {
        for path in ["/../a", "/..%2fa.txt", "/%2e%2e/a.txt", "/a/.git/config", "/..%5ca.txt", "/%ff.js"] {
            assert_eq!(wanted(path), Wanted::Refused, "{path}");
        }
        assert_eq!(wanted("/user/team/permissions/55"), Wanted::Page("user/team/permissions/55".into()));
        assert_eq!(wanted("/portal%2Ejs"), Wanted::File("portal.js".into()));
    }
}
