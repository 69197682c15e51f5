//! The built portal, from memory: its files, and its one page for every path that is a page's.

mod contents;
mod encoding;
mod file;
mod folder;
mod inline;
mod live;
mod media_type;
mod path;
mod range;

use crate::headers::is_api;
use crate::problem::no_such_address;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
pub(crate) use contents::{check, without_page};
use live::Live;
use path::Wanted;
use std::path::Path;
use std::sync::Arc;

/// The name of the one page.
const PAGE: &str = "index.html";
/// Asked again each time, and answered with 304 while nothing changed.
const CHECK: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers whatever no route takes: nothing outside its folder and nothing hidden in it is ever sent.
#[derive(Clone)]
pub(crate) struct Pages(Arc<Live>);

/// Every path that is answered with a file: the page's own first, then those of the folder by name, as one asks for them.
pub(crate) fn paths(folder: &Path) -> Vec<String> {
    let live = Live::open(folder, "", "{}");
    let build = live.current();
    let mut paths: Vec<String> = build.names().filter(|name| *name != PAGE).map(path::of).collect();
    paths.push("/".to_owned());
    paths.sort();
    paths
}

impl Pages {
    /// `config` is what `/config.json` says, whatever the folder has there; `api_base` is the other origin that the
    /// page may call, or empty.
    pub(crate) fn open(folder: &Path, api_base: &str, config: &str) -> Self {
        Self(Arc::new(Live::open(folder, api_base, config)))
    }

    /// Whether there is a portal at all, as of a second ago at most.
    pub(crate) async fn has_page(&self) -> bool {
        self.0.build().await.has_page()
    }

    pub(crate) async fn answer(self, request: Request) -> Response {
        let path = request.uri().path();
        if is_api(path) {
            return no_such_address();
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
        }
        let build = self.0.build().await;
        let file = match path::wanted(path) {
            Wanted::Refused => return missing(),
            Wanted::File(name) => build.file(&name),
            Wanted::Page(name) => build.file(&name).or_else(|| build.file(PAGE)),
        };
        match file {
            Some(file) => file.answer(request.method(), request.headers()),
            None if build.has_page() => missing(),
            None => not_built(),
        }
    }
}

/// Where the folder lies is nobody's business, and stands in the log.
fn not_built() -> Response {
    let text = "There is no built portal here just now. `cargo xtask build` makes one, and `cargo xtask serve` serves the \
                pages by itself.\n";
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CACHE_CONTROL, CHECK)], text).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, CHECK)], "There is no such file.\n").into_response()
}
