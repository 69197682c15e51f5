//! Which headers are passed on. Both lists name what passes; everything else stays on its side.

use crate::observe::{REQUEST_ID, current_request};
use axum::body::HttpBody;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

/// Some locations refuse clients without a name.
const NAME: HeaderValue = HeaderValue::from_static(concat!("portal-server/", env!("CARGO_PKG_VERSION")));

/// The one word of `WWW-Authenticate` that is passed on: any other scheme makes a browser ask for a password by itself.
const BEARER: HeaderValue = HeaderValue::from_static("Bearer");

/// From the client to the upstream. `Accept-Encoding` is with them so that a large reply travels packed all the way.
const ASKED: [HeaderName; 6] = [
    HeaderName::from_static("client_id"),
    HeaderName::from_static("x-use-timezone"),
    header::AUTHORIZATION,
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONTENT_TYPE,
];

/// From the upstream to the client.
const ANSWERED: [HeaderName; 7] = [
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::ALLOW,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
];

/// What may be said in several lines, which mean the same as one with commas.
const LISTS: [HeaderName; 5] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::ALLOW,
];

/// What of a request's headers the upstream gets, with this server's name and its name for the request.
pub(super) fn asked(head: &Parts, body: &impl HttpBody) -> HeaderMap {
    let mut passed = some(&head.headers, &ASKED);
    passed.insert(header::USER_AGENT, NAME);
    // These usually have a body: that there is none has to be said (RFC 9110, 8.6), else some servers answer 411.
    if body.is_end_stream() && [Method::POST, Method::PUT, Method::PATCH].contains(&head.method) {
        passed.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    passed.extend(current_request().map(|id| (REQUEST_ID, id.header())));
    passed
}

/// What of a reply's headers the client gets.
pub(super) fn answered(headers: &HeaderMap) -> HeaderMap {
    let mut passed = some(headers, &ANSWERED);
    let has_length = passed.remove(header::CONTENT_LENGTH).is_some();
    // Where both are said, the length is not that of the body (RFC 9112, 6.3).
    if has_length && !headers.contains_key(header::TRANSFER_ENCODING) {
        passed.extend(length(headers).map(|length| (header::CONTENT_LENGTH, length.into())));
    }
    if passed.remove(header::WWW_AUTHENTICATE).is_some() && offers_bearer(headers) {
        passed.insert(header::WWW_AUTHENTICATE, BEARER);
    }
    passed
}

/// The size of a body, where all that is said of it is the same number.
fn length(headers: &HeaderMap) -> Option<u64> {
    let mut length = None;
    for line in headers.get_all(header::CONTENT_LENGTH) {
        for word in line.to_str().ok()?.split(',').map(str::trim) {
            let is_number = word.bytes().all(|sign| sign.is_ascii_digit());
            let number: u64 = word.parse().ok().filter(|_| is_number)?;
            if *length.get_or_insert(number) != number {
                return None;
            }
        }
    }
    length
}

/// Whether one of the schemes is Bearer.
fn offers_bearer(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::WWW_AUTHENTICATE).iter().filter_map(|line| line.to_str().ok());
    let mut schemes =
        lines.flat_map(|line| line.split(',')).filter_map(|part| part.split_whitespace().next());
    schemes.any(|scheme| scheme.eq_ignore_ascii_case("bearer"))
}

/// The first line of each, of lists all in one, without those that `Connection` keeps to one connection.
fn some(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    let kept = |name: &HeaderName| {
        let lines = headers.get_all(header::CONNECTION).iter().filter_map(|line| line.to_str().ok());
        !lines.flat_map(|line| line.split(',')).any(|word| name.as_str().eq_ignore_ascii_case(word.trim()))
    };
    let present = names.iter().filter(|name| kept(name));
    present.filter_map(|name| Some((name.clone(), said(headers, name)?))).collect()
}

fn said(headers: &HeaderMap, name: &HeaderName) -> Option<HeaderValue> {
    let lines: Vec<_> = headers.get_all(name).iter().collect();
    match lines.as_slice() {
        [] => None,
        [first, _, ..] if !LISTS.contains(name) => Some((*first).clone()),
        [only] => Some((*only).clone()),
        lines => {
            let words: Vec<_> = lines.iter().map(|line| line.as_bytes()).collect();
            HeaderValue::from_bytes(&words.join(b", ".as_slice())).ok()
        }
    }
}

/// True for a body that is packed: its first bytes do not tell what it is.
pub(super) fn is_packed(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}
