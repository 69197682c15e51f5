//! Headers that every reply carries, and the Content-Security-Policy of the pages.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;

/// For replies that are no pages: nothing may run in them, nobody may frame them.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), \
         xr-spatial-tracking=()",
    ),
];

/// True for everything the API answers: it is never a page and never kept. A path that another server would read as one of
/// the API's is one as well: with its letters written in any way.
pub(crate) fn is_api(path: &str) -> bool {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    ["api", "en", "sandbox"].iter().any(|api| first.eq_ignore_ascii_case(api))
}

/// Adds what is missing to a reply.
pub(crate) async fn add<Reply: Future<Output = Response>>(
    request: Request,
    next: impl FnOnce(Request) -> Reply,
) -> Response {
    let api = is_api(request.uri().path());
    let mut response = next(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    response
}

/// What a page's policy depends on.
pub(crate) struct Allowed<'a> {
    /// The hashes of the scripts written into it.
    pub(crate) scripts: &'a [String],
    /// The hashes of the styles written into it.
    pub(crate) styles: &'a [String],
    /// The other origin it may call, or nothing.
    pub(crate) api_base: &'a str,
}

/// The policy of a page.
pub(crate) fn page_policy(allowed: &Allowed) -> String {
    let quoted =
        |hashes: &[String]| -> String { hashes.iter().map(|hash| format!(" 'sha256-{hash}'")).collect() };
    let (scripts, styles) = (quoted(allowed.scripts), quoted(allowed.styles));
    let space = if allowed.api_base.is_empty() { "" } else { " " };
    let api = allowed.api_base;
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data:; connect-src 'self'{space}{api}; font-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
