use crate::client::Server;
use axum::body::Body;
use axum::http::{Method, Request};
use std::fs;
use tempfile::TempDir;

const PAGE: &str = "<!doctype html><script type=\"module\">alert('Hello, world.');</script>";
const HASH: &str = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";

fn built() -> (TempDir, Server) {
    let folder = TempDir::new().unwrap();
    let dist = folder.path().join("dist");
    fs::create_dir(&dist).unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    fs::write(dist.join("index.html"), PAGE).unwrap();
    fs::write(dist.join(".hidden.txt"), "secret").unwrap();
    fs::write(dist.join("favicon.svg"), "<svg/>").unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978.js"), "plain").unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978.js.br"), "brotli").unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978_bg.wasm"), "wasm").unwrap();
    let server = Server::with(&["--dist", dist.to_str().unwrap(), "--api-base", "https://api.example.com"]);
    (folder, server)
}

#[tokio::test]
async fn sec_27_every_page_path_is_the_page_with_a_policy_that_allows_its_scripts_alone() {
    let (_folder, server) = built();
    for path in
        ["/", "/index.html", "/sign-in?next=/a.b", "/user/team/permissions/55", "/user/team/", "/unknown"]
    {
        let reply = server.get(path, "").await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, PAGE), "{path}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(reply.header("cache-control"), "no-cache");
        let policy = reply.header("content-security-policy");
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {HASH};")), "{policy}");
        assert!(policy.contains("connect-src 'self' https://api.example.com;"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"));
        assert!(!reply.header("permissions-policy").is_empty());
    }
}

#[tokio::test]
async fn a_new_build_is_served_with_its_own_hashes_at_once() {
    let (folder, server) = built();
    server.get("/", "").await;
    fs::write(folder.path().join("dist/index.html"), "<script>1</script>").unwrap();
    let reply = server.get("/", "").await;
    assert_eq!(reply.text, "<script>1</script>");
    assert!(!reply.header("content-security-policy").contains(HASH));
}

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

#[tokio::test]
async fn a_compressed_copy_is_sent_to_whoever_takes_it() {
    let (_folder, server) = built();
    let request = Request::builder().uri("/portal-0f1e2d3c4b5a6978.js").header("accept-encoding", "gzip, br");
    let reply = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((reply.text.as_str(), reply.header("content-encoding")), ("brotli", "br"));
    assert_eq!(reply.header("content-type"), "text/javascript");
}

#[tokio::test]
async fn a_missing_asset_is_a_404_and_not_the_page() {
    let (_folder, server) = built();
    for path in ["/portal-ffffffffffffffff.js", "/img/a.png", "/robots.txt"] {
        let reply = server.get(path, "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text.contains("script") && reply.header("cache-control") == "no-cache");
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_and_nothing_hidden_is_served() {
    let (_folder, server) = built();
    let ways_out = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/a/../../secret.txt",
        "/..%5csecret.txt",
        "//../secret.txt",
        "/.hidden.txt",
        "/%2ehidden.txt",
        "/portal.js%00.txt",
    ];
    for path in ways_out {
        let reply = server.get(path, "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn a_page_answers_head_and_refuses_everything_else() {
    let (_folder, server) = built();
    let head = server.call(Method::HEAD, "/sign-in", "", "").await;
    assert_eq!((head.status.as_u16(), head.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(server.call(Method::POST, "/sign-in", "", "").await.status, 405);
}

#[tokio::test]
async fn without_a_build_the_page_says_what_to_do() {
    let server = Server::start();
    let reply = server.get("/sign-in", "").await;
    assert_eq!(reply.status, 404);
    assert!(reply.text.contains("cargo xtask build"), "{}", reply.text);
}
