//! What a reply is called.

use axum::http::{HeaderMap, header};

const PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];

/// What pages come as whose server does not say what they are, or only half of it.
const VAGUE: [&str; 4] = ["", "text/plain", "text/xml", "application/xml"];

/// What a reply's `Content-Type` makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page instead of data: one of the types that are said is a page's.
    Page,
    /// The API's data.
    Json,
    /// It may be anything: its beginning tells whether it is a page.
    Vague,
    /// Something else.
    Other,
}

impl Kind {
    /// Apart from pages the first type counts, which is the one that is passed on.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::CONTENT_TYPE).iter();
        let lines: Vec<_> = lines.map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
        let mut types = lines.iter().flat_map(|line| line.split(',')).map(media_type);
        let first = types.next().unwrap_or_default();
        if PAGES.contains(&first.as_str()) || types.any(|kind| PAGES.contains(&kind.as_str())) {
            Self::Page
        } else if first == "application/json" || first == "text/json" || first.ends_with("+json") {
            Self::Json
        } else if VAGUE.contains(&first.as_str()) {
            Self::Vague
        } else {
            Self::Other
        }
    }
}

/// A type without its parameters, in small letters.
fn media_type(kind: &str) -> String {
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn kind(lines: &[&'static str]) -> Kind {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::CONTENT_TYPE, HeaderValue::from_static(line));
        }
        Kind::of(&headers)
    }

    #[test]
    fn a_reply_is_a_page_when_any_of_its_types_is_and_else_what_the_first_says() {
        for (lines, expected) in [
            (&["Text/HTML ;charset=utf-8"][..], Kind::Page),
            (&["application/json", "text/html"], Kind::Page),
            (&["application/json, application/xhtml+xml"], Kind::Page),
            (&["application/json; charset=utf-8", "text/plain"], Kind::Json),
            (&["application/problem+json; a=\"b,c\""], Kind::Json),
            (&[], Kind::Vague),
            (&[" "], Kind::Vague),
            (&["text/plain; charset=utf-8"], Kind::Vague),
            (&["application/xml", "application/json"], Kind::Vague),
            (&["image/png"], Kind::Other),
        ] {
            assert_eq!(kind(lines), expected, "{lines:?}");
        }
    }
}
