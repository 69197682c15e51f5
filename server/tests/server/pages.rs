use crate::client::Server;
use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;
use std::fs;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const PAGE: &str = "<!doctype html><script type=\"module\">alert('Hello, world.');</script>";
pub const HASH: &str = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";

/// A built portal with something secret beside it and in it, and a server of it.
pub fn built() -> (TempDir, Server) {
    let folder = TempDir::new().unwrap();
    let dist = folder.path().join("dist");
    fs::create_dir(&dist).unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    fs::write(dist.join("index.html"), PAGE).unwrap();
    fs::write(dist.join(".hidden.txt"), "secret").unwrap();
    fs::write(dist.join("favicon.svg"), "<svg/>").unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978.js"), "plain").unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978.js.br"), "br").unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978.js.gz"), "gz").unwrap();
    fs::write(dist.join("index.html.br"), "page").unwrap();
    fs::write(dist.join("favicon.svg.br"), "larger than the file itself").unwrap();
    fs::write(dist.join("config.json"), "{}").unwrap();
    std::os::unix::fs::symlink("favicon.svg", dist.join("linked.svg")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.txt"), dist.join("link.txt")).unwrap();
    fs::write(dist.join("portal-0f1e2d3c4b5a6978_bg.wasm"), "wasm").unwrap();
    let server = Server::beside("https://api.example.com", &["--dist", dist.to_str().unwrap()]);
    (folder, server)
}

#[tokio::test]
async fn sec_27_every_page_path_is_the_page_with_a_policy_that_allows_its_scripts_alone() {
    let (_folder, server) = built();
    for path in [
        "/",
        "/index.html",
        "/sign-in?next=/a.b",
        "/sign-in/link?token=a.b.c",
        "/forgot-password",
        "/reset-password?token=a.b.c",
        "/customers",
        "/user/team/permissions/55",
        "/user/team/",
        "/unknown",
    ] {
        let reply = server.get(path, "").await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, PAGE), "{path}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(reply.header("cache-control"), "no-cache");
        let policy = reply.header("content-security-policy");
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {HASH};")), "{policy}");
        assert!(policy.contains("connect-src 'self' https://api.example.com;"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"));
        assert!(policy.ends_with("; require-trusted-types-for 'script'; trusted-types 'none'"), "{policy}");
        assert!(!reply.header("permissions-policy").is_empty());
    }
}

#[tokio::test]
async fn sec_27_a_style_in_the_page_is_allowed_by_its_hash_alone() {
    let (folder, _) = built();
    let dist = folder.path().join("dist");
    fs::write(dist.join("index.html"), "<style>alert('Hello, world.');</style>").unwrap();
    let server = Server::with(&["--dist", dist.to_str().unwrap()]);
    let reply = server.get("/", "").await;
    let policy = reply.header("content-security-policy");
    assert!(policy.contains(&format!("style-src 'self' {HASH};")), "{policy}");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
}

/// The folder is looked into once a second.
async fn becomes(server: &Server, path: &str, wanted: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let reply = server.get(path, "").await;
        if reply.text == wanted {
            return;
        }
        assert!(Instant::now() < deadline, "{path} is still {}", reply.text);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_new_build_is_served_with_its_own_hashes_at_once() {
    let (folder, server) = built();
    server.get("/", "").await;
    fs::write(folder.path().join("dist/index.html"), "<script>1</script>").unwrap();
    becomes(&server, "/", "<script>1</script>").await;
    assert!(!server.get("/", "").await.header("content-security-policy").contains(HASH));
}

#[tokio::test]
async fn a_file_that_comes_goes_or_changes_later_than_the_page_is_noticed_too() {
    let (folder, server) = built();
    let dist = folder.path().join("dist");
    server.get("/", "").await;
    fs::create_dir(dist.join("css")).unwrap();
    fs::write(dist.join("css/late.css"), "p{}").unwrap();
    becomes(&server, "/css/late.css", "p{}").await;
    fs::write(dist.join("css/late.css"), "p{} ").unwrap();
    becomes(&server, "/css/late.css", "p{} ").await;
    fs::remove_dir_all(&dist).unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while server.get("/", "").await.status == 200 {
        assert!(Instant::now() < deadline, "the page is still there");
    }
}

#[tokio::test]
async fn a_link_that_is_put_in_place_of_another_brings_a_whole_build_at_once() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    for build in ["1", "2"] {
        fs::create_dir(path(build)).unwrap();
        fs::write(path(build).join("index.html"), build).unwrap();
    }
    let link = |build: &str, name: &str| std::os::unix::fs::symlink(build, path(name)).unwrap();
    link("1", "portal");
    let server = Server::with(&["--dist", path("portal").to_str().unwrap()]);
    assert_eq!(server.get("/", "").await.text, "1");
    link("2", "portal.next");
    fs::rename(path("portal.next"), path("portal")).unwrap();
    becomes(&server, "/", "2").await;
}

#[tokio::test]
async fn a_missing_asset_is_a_404_and_not_the_page() {
    let (_folder, server) = built();
    for path in [
        "/portal-ffffffffffffffff.js",
        "/img/a.png",
        "/robots.txt",
        "/.well-known/change-password",
        "/%2ewell-known/openid-configuration",
        "/.well-known/",
    ] {
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
        "/link.txt",
    ];
    for path in ways_out {
        let reply = server.get(path, "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text.contains("secret"), "{path}");
    }
}

const PIECES: [&str; 22] = [
    "/",
    "//",
    ".",
    "..",
    "...",
    "%2e",
    "%2E%2e",
    "%252e",
    "%2f",
    "%5c",
    "\\",
    "%00",
    "%ff",
    "%c0%ae",
    "dist",
    "secret.txt",
    ".hidden.txt",
    "link.txt",
    "index.html",
    "portal-0f1e2d3c4b5a6978.js",
    "?",
    ";",
];

proptest! {
    #[test]
    fn no_path_however_odd_leads_out_of_the_folder_or_to_a_hidden_file(
        pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..10),
        odd in "[ -~]{0,6}",
    ) {
        thread_local! {
            static BUILT: (TempDir, Server, Runtime) = {
                let (folder, server) = built();
                (folder, server, tokio::runtime::Builder::new_current_thread().build().unwrap())
            };
        }
        let path = format!("/{}{odd}", pieces.concat());
        BUILT.with(|(_, server, runtime)| {
            // What is no address at all never gets here.
            let Ok(request) = Request::builder().uri(&path).body(Body::empty()) else { return };
            let reply = runtime.block_on(server.send(request));
            assert!([200, 404].contains(&reply.status.as_u16()), "{path}: {}", reply.status);
            assert!(!reply.text.contains("secret"), "{path}");
        });
    }
}

#[tokio::test]
async fn the_settings_are_the_servers_and_not_those_of_the_folder() {
    let (_folder, server) = built();
    assert!(server.get("/config.json", "").await.text.contains("https://api.example.com"));
}

#[tokio::test]
async fn a_link_that_stays_in_the_folder_is_followed() {
    let (_folder, server) = built();
    assert_eq!(server.get("/linked.svg", "").await.text, "<svg/>");
}

#[tokio::test]
async fn without_a_build_the_page_says_what_to_do() {
    let server = Server::start();
    let reply = server.get("/sign-in", "").await;
    assert_eq!(reply.status, 503);
    assert!(reply.text.contains("cargo xtask build"), "{}", reply.text);
}
