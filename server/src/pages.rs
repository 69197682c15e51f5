//! The built portal: its assets, and its one page for every path that is a page's.

use crate::headers::{is_api, page_policy};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::services::ServeDir;

const YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const CHECK: HeaderValue = HeaderValue::from_static("no-cache");

#[derive(Clone)]
struct Pages {
    folder: Arc<PathBuf>,
    api_base: Arc<str>,
    files: ServeDir,
}

/// Answers whatever no route takes.
pub(crate) fn router(folder: &Path, api_base: &str) -> Router {
    let files =
        ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let pages = Pages { folder: Arc::new(folder.to_owned()), api_base: api_base.into(), files };
    Router::new().fallback(answer).with_state(pages)
}

async fn answer(State(pages): State<Pages>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if is_api(&path) {
        return crate::sandbox::no_such_address().into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    match classify(&path) {
        Kind::Page => pages.page().await,
        Kind::Asset => pages.asset(request).await,
        Kind::Refused => missing(),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Asset,
    Refused,
}

/// A last segment with a dot names a file. Hidden files and ways out of the folder are refused before any file
/// is looked at.
fn classify(path: &str) -> Kind {
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Kind::Refused };
    let hidden = |segment: &str| segment.starts_with('.') && segment != ".well-known";
    if decoded.contains(['\\', '\0']) || decoded.split('/').any(hidden) {
        return Kind::Refused;
    }
    match decoded.rsplit('/').next() {
        Some("index.html") => Kind::Page,
        Some(last) if last.contains('.') => Kind::Asset,
        _ => Kind::Page,
    }
}

/// Names such as `portal-0f1e2d3c4b5a6978_bg.wasm` change whenever their content does.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('-').skip(1).any(|part| {
        let digits = part.chars().take_while(char::is_ascii_hexdigit).count();
        digits >= 8 && part.chars().nth(digits).is_some_and(|next| next == '.' || next == '_')
    })
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, CHECK)], "There is no such file.\n").into_response()
}

impl Pages {
    async fn asset(&self, request: Request) -> Response {
        let hashed = is_hashed(request.uri().path());
        let Ok(reply) = self.files.clone().oneshot(request).await;
        if reply.status() == StatusCode::NOT_FOUND {
            return missing();
        }
        let mut reply = reply.map(Body::new);
        let keep = hashed && reply.status() != StatusCode::INTERNAL_SERVER_ERROR;
        reply.headers_mut().insert(header::CACHE_CONTROL, if keep { YEAR } else { CHECK });
        reply
    }

    /// Read at each request: it is small, and a new build is served, with its own script hashes, at once.
    async fn page(&self) -> Response {
        let Ok(html) = tokio::fs::read_to_string(self.folder.join("index.html")).await else {
            let folder = self.folder.display();
            let text = format!(
                "This server answers the API, but there is no built portal in \"{folder}\".\n\
                 Build it with `cargo xtask build`, or let `cargo xtask serve` serve the pages.\n"
            );
            return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, CHECK)], text).into_response();
        };
        let policy = page_policy(&inline_script_hashes(&html), &self.api_base);
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        ];
        (headers, html).into_response()
    }
}

/// The hash of each script written into the page, as the Content-Security-Policy wants it.
fn inline_script_hashes(html: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((script, after)) = after.split_once("</script") else { break };
        let external = attributes.split_whitespace().any(|attribute| attribute.starts_with("src="));
        if !external && !script.is_empty() {
            hashes.push(STANDARD.encode(Sha256::digest(script)));
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
        assert_eq!(inline_script_hashes(html), ["qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="]);
    }

    #[test]
    fn only_names_with_a_content_hash_are_kept_for_long() {
        for name in
            ["/portal-0f1e2d3c4b5a6978_bg.wasm", "/css/base-0f1e2d3c.css", "/my-portal-0f1e2d3c4b5a.js"]
        {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["/favicon.svg", "/portal.js", "/add-member.js", "/face-decade.css", "/"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn ways_out_of_the_folder_are_refused() {
        for path in ["/../a", "/..%2fa.txt", "/%2e%2e/a.txt", "/a/.git/config", "/..%5ca.txt", "/%ff.js"] {
            assert_eq!(classify(path), Kind::Refused, "{path}");
        }
        assert_eq!(classify("/user/team/permissions/55"), Kind::Page);
        assert_eq!(classify("/portal.js"), Kind::Asset);
    }
}
