//! One file of the portal with its compressed copies and everything that is said of them, made once.

use super::encoding::{self, Encoding};
use super::range::{self, Part};
use super::{CHECK, media_type, path};
#[cfg(target_os = "linux")]
use crate::system_copy::SystemCopy;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// For names that change whenever their content does.
const YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A file, ready to be sent: an answer shares its bytes and makes no copy of them.
pub(super) struct File {
    plain: Variant,
    br: Option<Variant>,
    gzip: Option<Variant>,
}

/// The file's bytes in one encoding.
struct Variant {
    bytes: Bytes,
    /// What the system sends in their place.
    #[cfg(target_os = "linux")]
    _copy: Option<SystemCopy>,
    etag: HeaderValue,
    /// Of a 200; a 206 and a 304 leave out or add what they must.
    headers: HeaderMap,
}

/// What a file consists of in the folder.
pub(super) struct Source {
    /// As built.
    pub(super) plain: Bytes,
    /// The content of the file beside it whose name ends in `.br`.
    pub(super) br: Option<Bytes>,
    /// The content of the file beside it whose name ends in `.gz`.
    pub(super) gzip: Option<Bytes>,
}

impl File {
    /// A file under a name; `more` are headers of this file alone.
    pub(super) fn new(name: &str, source: Source, more: &[(HeaderName, HeaderValue)]) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type::of(name)));
        headers.insert(header::CACHE_CONTROL, if path::is_hashed(name) { YEAR } else { CHECK });
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        if source.br.is_some() || source.gzip.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        headers.extend(more.iter().cloned());
        let encoded = |bytes, encoding| {
            let mut headers = headers.clone();
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            Variant::new(bytes, headers)
        };
        Self {
            br: source.br.map(|bytes| encoded(bytes, "br")),
            gzip: source.gzip.map(|bytes| encoded(bytes, "gzip")),
            plain: Variant::new(source.plain, headers),
        }
    }

    /// The answer to a GET or a HEAD with these headers.
    pub(super) fn answer(&self, method: &Method, asked: &HeaderMap) -> Response<Body> {
        let variant = self.variant(asked);
        if asked.get_all(header::IF_NONE_MATCH).iter().any(|value| variant.is_named_in(value)) {
            return variant.unchanged();
        }
        if method == Method::HEAD {
            return variant.whole(Body::empty());
        }
        match variant.part(asked) {
            Part::Whole => variant.whole(Body::from(variant.bytes.clone())),
            Part::Bytes(from, to) => variant.some(from, to),
            Part::Outside => variant.outside(),
        }
    }

    fn variant(&self, asked: &HeaderMap) -> &Variant {
        let chosen = match encoding::choose(asked, self.br.is_some(), self.gzip.is_some()) {
            Encoding::Br => self.br.as_ref(),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Plain => None,
        };
        chosen.unwrap_or(&self.plain)
    }
}

impl Variant {
    fn new(bytes: Bytes, mut headers: HeaderMap) -> Self {
        let mut text = String::from("\"");
        for byte in Sha256::digest(&bytes).iter().take(16) {
            let _ = write!(text, "{byte:02x}");
        }
        text.push('"');
        let etag = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""));
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CONTENT_LENGTH, bytes.len().into());
        Self {
            #[cfg(target_os = "linux")]
            _copy: SystemCopy::of(&bytes),
            bytes,
            etag,
            headers,
        }
    }

    fn is_named_in(&self, if_none_match: &HeaderValue) -> bool {
        let text = if_none_match.to_str().unwrap_or_default();
        let mut names = text.split(',').map(str::trim);
        names.any(|name| {
            name == "*" || name.strip_prefix("W/").unwrap_or(name).as_bytes() == self.etag.as_bytes()
        })
    }

    /// A part is only sent of the very bytes that the client has the rest of.
    fn part(&self, asked: &HeaderMap) -> Part {
        match (asked.get(header::RANGE), asked.get(header::IF_RANGE)) {
            (None, _) => Part::Whole,
            (Some(_), Some(wanted)) if *wanted != self.etag => Part::Whole,
            (Some(range), _) => range::read(range.to_str().unwrap_or_default(), self.bytes.len()),
        }
    }

    fn whole(&self, body: Body) -> Response<Body> {
        let mut response = Response::new(body);
        *response.headers_mut() = self.headers.clone();
        response
    }

    fn some(&self, from: usize, to: usize) -> Response<Body> {
        let mut response = self.whole(Body::from(self.bytes.slice(from..to)));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, to.saturating_sub(from).into());
        let last = to.saturating_sub(1);
        if let Ok(range) = HeaderValue::try_from(format!("bytes {from}-{last}/{}", self.bytes.len())) {
            headers.insert(header::CONTENT_RANGE, range);
        }
        response
    }

    /// The length is that of one encoding, so nobody keeps it.
    fn outside(&self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Ok(range) = HeaderValue::try_from(format!("bytes */{}", self.bytes.len())) {
            headers.insert(header::CONTENT_RANGE, range);
        }
        response
    }

    fn unchanged(&self) -> Response<Body> {
        let mut response = self.whole(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
            response.headers_mut().remove(name);
        }
        response
    }
}
