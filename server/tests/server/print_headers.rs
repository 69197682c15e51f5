//! What is told about headers is what is sent.

use crate::client::Server;
use crate::pages::{HASH, built};
use std::process::Command;

#[tokio::test]
async fn the_printed_headers_are_those_that_are_sent() {
    let (folder, _) = built();
    let dist = folder.path().join("dist");
    std::fs::write(dist.join("a b.png"), "png").unwrap();
    let (location, flags) = ("https://api.example.com", ["--dist", dist.to_str().unwrap()]);
    let output = Command::new(env!("CARGO_BIN_EXE_portal-server"))
        .arg("--print-headers")
        .args(flags)
        .args(["--api-base", location])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.starts_with("/\n  "), "{text}");
    assert!(text.contains(HASH) && text.contains("connect-src 'self' https://api.example.com"), "{text}");
    let server = Server::beside(location, &flags);
    let mut paths = Vec::new();
    for group in text.trim().split("\n\n") {
        let (its, headers): (Vec<_>, Vec<_>) = group.lines().partition(|line| line.starts_with('/'));
        for path in &its {
            let reply = server.get(path, "").await;
            for line in &headers {
                let (name, value) = line.trim().split_once(": ").unwrap();
                // Sent over TLS alone.
                if name != "strict-transport-security" {
                    assert_eq!(reply.header(name), value, "{path} {name}");
                }
            }
            for name in reply.headers.keys() {
                let of_a_reply = ["accept-ranges", "content-length", "etag", "vary", "x-request-id"];
                let told = headers.iter().any(|line| line.trim().starts_with(&format!("{name}: ")));
                assert!(told || of_a_reply.contains(&name.as_str()), "{path} {name} is not told");
            }
        }
        paths.extend(its);
    }
    paths.sort_unstable();
    let expected = [
        "/",
        "/a%20b.png",
        "/config.json",
        "/favicon.svg",
        "/linked.svg",
        "/portal-0f1e2d3c4b5a6978.js",
        "/portal-0f1e2d3c4b5a6978_bg.wasm",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn a_folder_without_a_page_has_no_headers_to_print() {
    let program = |flag| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_portal-server"));
        program.args([flag, "--dist", "/nonexistent"]).output().unwrap()
    };
    let (printed, checked) = (program("--print-headers"), program("--check"));
    assert_eq!((printed.status.code(), printed.stdout), (Some(2), Vec::new()));
    assert_eq!(String::from_utf8(printed.stderr), String::from_utf8(checked.stderr));
}
