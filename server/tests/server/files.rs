//! How a file of the portal is sent: encodings, parts, what did not change.

use crate::client::{Reply, Server};
use crate::pages::{HASH, built};
use axum::body::Body;
use axum::http::{Method, Request};
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn assets_with_a_hash_are_kept_and_others_asked_for_again() {
    let (_folder, server) = built();
    let script = server.get("/portal-0f1e2d3c4b5a6978.js", "").await;
    assert_eq!((script.status.as_u16(), script.text.as_str()), (200, "plain"));
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    let wasm = server.get("/portal-0f1e2d3c4b5a6978_bg.wasm", "").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert_eq!(wasm.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(server.get("/favicon.svg", "").await.header("cache-control"), "no-cache");
}

async fn ask(server: &Server, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = headers
        .iter()
        .fold(Request::builder().uri(path), |request, (name, value)| request.header(*name, *value));
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_compressed_copy_is_sent_to_whoever_takes_it() {
    let (_folder, server) = built();
    let script = "/portal-0f1e2d3c4b5a6978.js";
    for (accept, text, encoding) in [
        ("gzip, br", "br", "br"),
        ("gzip", "gz", "gzip"),
        ("br;q=0.2, gzip", "gz", "gzip"),
        ("zstd", "plain", ""),
    ] {
        let reply = ask(&server, script, &[("accept-encoding", accept)]).await;
        assert_eq!((reply.text.as_str(), reply.header("content-encoding")), (text, encoding), "{accept}");
        assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(reply.header("vary"), "accept-encoding");
        assert_eq!(reply.header("content-length"), text.len().to_string());
    }
    assert_eq!(
        server.get("/portal-0f1e2d3c4b5a6978.js.br", "").await.status,
        404,
        "a copy is no file of its own"
    );
    assert_eq!(server.get("/favicon.svg", "").await.header("vary"), "");
}

#[tokio::test]
async fn a_compressed_copy_that_is_older_than_its_original_is_not_sent() {
    let (folder, _) = built();
    let dist = folder.path().join("dist");
    let age = |name: &str, seconds| {
        let file = std::fs::File::options().write(true).open(dist.join(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    };
    age("portal-0f1e2d3c4b5a6978.js", 20);
    age("portal-0f1e2d3c4b5a6978.js.br", 20 + 61);
    // As it may be when a folder was copied.
    age("portal-0f1e2d3c4b5a6978.js.gz", 21);
    let server = Server::with(&["--dist", dist.to_str().unwrap()]);
    let script = "/portal-0f1e2d3c4b5a6978.js";
    let reply = ask(&server, script, &[("accept-encoding", "br, gzip;q=0.5")]).await;
    assert_eq!((reply.text.as_str(), reply.header("content-encoding")), ("gz", "gzip"));
    assert_eq!(server.get(&format!("{script}.br"), "").await.status, 404);
}

#[tokio::test]
async fn the_page_is_compressed_too_and_keeps_its_policy() {
    let (_folder, server) = built();
    let reply = ask(&server, "/sign-in", &[("accept-encoding", "br")]).await;
    assert_eq!((reply.text.as_str(), reply.header("content-encoding")), ("page", "br"));
    assert!(reply.header("content-security-policy").contains(HASH));
    assert_eq!((reply.header("cache-control"), reply.header("vary")), ("no-cache", "accept-encoding"));
}

#[tokio::test]
async fn what_did_not_change_is_a_304_for_each_encoding_by_itself() {
    let (_folder, server) = built();
    for path in ["/", "/config.json", "/favicon.svg", "/portal-0f1e2d3c4b5a6978.js"] {
        let etag = server.get(path, "").await.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.len() > 20, "{path}: {etag}");
        for matching in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
            let reply = ask(&server, path, &[("if-none-match", &matching)]).await;
            assert_eq!((reply.status.as_u16(), reply.text.as_str()), (304, ""), "{path} {matching}");
            assert_eq!((reply.header("etag"), reply.header("content-type")), (etag.as_str(), ""));
            assert!(!reply.header("cache-control").is_empty());
        }
        assert_eq!(ask(&server, path, &[("if-none-match", "\"other\"")]).await.status, 200);
    }
    let plain = server.get("/", "").await.header("etag").to_owned();
    let reply = ask(&server, "/", &[("accept-encoding", "br"), ("if-none-match", &plain)]).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, "page"));
}

#[tokio::test]
async fn a_part_of_a_file_is_sent_to_whoever_asks_for_it() {
    let (_folder, server) = built();
    let script = "/portal-0f1e2d3c4b5a6978.js";
    let etag = server.get(script, "").await.header("etag").to_owned();
    for (headers, status, text, range) in [
        (vec![("range", "bytes=1-2")], 206, "la", "bytes 1-2/5"),
        (vec![("range", "bytes=3-")], 206, "in", "bytes 3-4/5"),
        (vec![("range", "bytes=-2"), ("if-range", etag.as_str())], 206, "in", "bytes 3-4/5"),
        (vec![("range", "bytes=0-0"), ("accept-encoding", "br")], 206, "b", "bytes 0-0/2"),
        (vec![("range", "bytes=5-")], 416, "", "bytes */5"),
        (vec![("range", "bytes=0-0,2-2")], 200, "plain", ""),
        (vec![("range", "bytes=1-2"), ("if-range", "\"other\"")], 200, "plain", ""),
        (vec![("range", "bytes=1-2"), ("if-range", "Mon, 01 Jan 2024 00:00:00 GMT")], 200, "plain", ""),
        (vec![], 200, "plain", ""),
    ] {
        let reply = ask(&server, script, &headers).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (status, text), "{headers:?}");
        assert_eq!(reply.header("content-range"), range, "{headers:?}");
        assert_eq!(reply.header("content-length"), text.len().to_string());
        let (ranges, kept) =
            if status == 416 { ("", "no-store") } else { ("bytes", "public, max-age=31536000, immutable") };
        assert_eq!((reply.header("accept-ranges"), reply.header("cache-control")), (ranges, kept));
    }
}

#[tokio::test]
async fn a_page_answers_head_and_refuses_everything_else() {
    let (_folder, server) = built();
    for (path, media_type) in [
        ("/sign-in", "text/html; charset=utf-8"),
        ("/portal-0f1e2d3c4b5a6978.js", "text/javascript; charset=utf-8"),
        ("/config.json", "application/json"),
    ] {
        let mut get = server.get(path, "").await;
        let mut head = server.call(Method::HEAD, path, "", "").await;
        assert_ne!(get.headers.remove("x-request-id"), head.headers.remove("x-request-id"));
        assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("content-type"), media_type);
        assert_eq!(head.headers, get.headers, "{path}");
        for method in [Method::POST, Method::PUT, Method::OPTIONS, Method::from_bytes(b"ODD").unwrap()] {
            let reply = server.call(method, path, "", "").await;
            assert_eq!((reply.status.as_u16(), reply.header("allow")), (405, "GET, HEAD"), "{path}");
        }
    }
}
