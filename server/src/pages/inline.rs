//! The hashes of what is written into the page itself, as the Content-Security-Policy wants them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The hash of each script in the page that has no `src`, in order.
pub(super) fn scripts(html: &str) -> Vec<String> {
    hashes(html, "script")
}

/// The hash of each `<style>` in the page, in order.
pub(super) fn styles(html: &str) -> Vec<String> {
    hashes(html, "style")
}

fn hashes(html: &str, element: &str) -> Vec<String> {
    let (begin, end) = (format!("<{element}"), format!("</{element}"));
    let mut hashes = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once(&begin) {
        let Some((attributes, after)) = after.split_once('>') else { break };
        // The beginning of another element's name.
        if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
            rest = after;
            continue;
        }
        let Some((content, after)) = after.split_once(&end) else { break };
        let external = attributes.split_whitespace().any(|attribute| attribute.starts_with("src="));
        if !external && !content.is_empty() {
            hashes.push(STANDARD.encode(Sha256::digest(content)));
        }
        rest = after;
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inline_scripts_are_hashed_and_exactly_as_written() {
        let html = "<script src=\"/a.js\"></script><script type=\"module\">alert('Hello, world.');</script>";
        assert_eq!(scripts(html), ["qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="]);
        assert!(styles(html).is_empty());
    }

    #[test]
    fn styles_are_hashed_apart_and_other_elements_are_not() {
        let html =
            "<styled-thing>x</styled-thing><style>p{}</style><style media=print>p{}</style><style></style>";
        let hash = STANDARD.encode(Sha256::digest("p{}"));
        assert_eq!(styles(html), [hash.clone(), hash]);
        assert!(scripts(html).is_empty());
    }
}
