//! What whoever runs the server sees of it: ids, log lines, figures, health.

use crate::child::{PATIENCE, Running, read_reply, until};
use crate::client::{MARIA, Server};
use axum::body::Body;
use axum::http::Request;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Instant;
use tempfile::TempDir;

const CLOSE: &str = "HTTP/1.1\r\nhost: a\r\nconnection: close\r\n";

async fn id_of(server: &Server, given: &str) -> String {
    let request = Request::builder().uri("/healthz").header("x-request-id", given);
    server.send(request.body(Body::empty()).unwrap()).await.header("x-request-id").to_owned()
}

#[tokio::test]
async fn every_reply_has_an_id_and_a_proxy_may_give_it() {
    let server = Server::start();
    for path in ["/", "/healthz", "/config.json", "/api/nothing", "/portal.js"] {
        assert_eq!(server.get(path, "").await.header("x-request-id").len(), 12, "{path}");
    }
    assert_ne!(id_of(&server, "a-proxys-own-id").await, "a-proxys-own-id");
    let behind = Server::with(&["--trusted-hops", "1"]);
    assert_eq!(id_of(&behind, "a-proxys-own-id").await, "a-proxys-own-id");
    assert_ne!(id_of(&behind, "not an id").await, "not an id");
}

#[tokio::test]
async fn an_error_in_json_names_the_id_of_its_reply() {
    let server = Server::start();
    let reply = server.get("/api/nothing", "").await;
    assert_eq!(reply.field("RequestId"), reply.header("x-request-id"));
}

#[tokio::test]
async fn whether_to_ask_always_is_said_behind_a_proxy_that_speaks_tls() {
    let server = Server::with(&["--trusted-hops", "1"]);
    let ask = |scheme: &'static str| {
        Request::builder().uri("/").header("x-forwarded-proto", scheme).body(Body::empty()).unwrap()
    };
    assert!(!server.send(ask("https")).await.header("strict-transport-security").is_empty());
    assert_eq!(server.send(ask("http")).await.header("strict-transport-security"), "");
    assert_eq!(Server::start().send(ask("https")).await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn it_is_ready_while_its_database_answers() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("sandbox.db");
    let server = Server::with(&["--db", file.to_str().unwrap()]);
    assert_eq!(server.get("/readyz", "").await.status, 200);
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(server.get("/readyz", "").await.status, 503);
    assert_eq!(server.get("/healthz", "").await.status, 200, "it lives");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(server.get("/readyz", "").await.status, 200);
}

#[tokio::test]
async fn without_the_sandbox_it_is_ready_while_there_is_a_page() {
    for with in [Server::in_front_of, Server::beside] {
        ready_while_there_is_a_page(with).await;
    }
    assert_eq!(Server::start().get("/readyz", "").await.status, 200, "the sandbox needs none");
}

async fn ready_while_there_is_a_page(with: fn(&str, &[&str]) -> Server) {
    let folder = TempDir::new().unwrap();
    let page = folder.path().join("index.html");
    let server = with("http://127.0.0.1:9", &["--dist", folder.path().to_str().unwrap()]);
    let is = async |status, word| {
        let began = Instant::now();
        while server.get("/readyz", "").await.status != status {
            assert!(began.elapsed() < PATIENCE, "it is never {word}");
            tokio::task::yield_now().await;
        }
        assert_eq!(server.get("/readyz", "").await.text, word);
    };
    is(503, "no page").await;
    std::fs::write(&page, "<p>Portal</p>").unwrap();
    is(200, "ready").await;
    std::fs::remove_file(&page).unwrap();
    is(503, "no page").await;
    assert_eq!(server.get("/healthz", "").await.status, 200, "it lives");
}

#[tokio::test]
async fn sec_29_no_token_is_ever_in_a_line_of_the_servers_log() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let start = server.impersonate(&maria, 104).await.field("token");
    let encoded: String = start.bytes().map(|byte| format!("%{byte:02x}")).collect();
    for format in ["text", "json"] {
        let running =
            Running::start(&["--log-format", format, "--max-body", "1024", "--body-timeout", "0.1"]);
        let paths = [
            format!("/api/public/auth/login/{start}"),
            format!("/api/public/auth/login/{encoded}"),
            format!("/api/public/auth/login/{start}/"),
            format!("/api/public/auth/login/{start}%"),
            format!("/api/public/auth/login/%ff{start}"),
            format!("//api/public/auth/login/{start}"),
            format!("/api/public/auth/logins/{start}"),
            format!("/api/sys/users/exchange?token={start}&validForInMinutes=x"),
            format!("/sign-in?token={start}"),
            format!("/sign-in/link?token={start}"),
            format!("/reset-password?token={start}"),
            format!("/api/sys/users/sendOtp?email={start}&businessId=7"),
            format!("/api/sys/users/completePasswordReset?Token={start}"),
            format!("/{start}.js"),
            format!("/auth/login/{start}"),
        ];
        for path in &paths {
            for method in ["POST", "GET", "PUT", start.replace('.', "").as_str()] {
                running.ask(&format!("{method} {path} {CLOSE}authorization: Bearer {start}\r\n\r\n"));
            }
            running.ask(&format!("POST {path} {CLOSE}content-length: 9999\r\n\r\n"));
            running.ask(&format!("POST {path} {CLOSE}content-length: 9\r\n\r\n"));
        }
        running.ask(&format!("POST {} HTTP/9\r\n\r\n", paths[0]));
        running.ask(&format!("{start}\r\n\r\n"));
        let log = running.stop();
        assert!(log.len() > paths.len() * 6, "{log:?}");
        let parts = [&start[..20], &start[start.len() - 20..], &encoded[..20]];
        for line in &log {
            assert!(!parts.iter().any(|part| line.contains(part)), "{line}");
        }
    }
}

#[test]
fn sec_29_no_token_is_in_the_log_when_the_upstream_fails_or_repeats_it() {
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl";
    let upstream = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", upstream.local_addr().unwrap());
    let replies = [
        format!("{TOKEN}\r\n\r\n"),
        format!("HTTP/1.1 {TOKEN}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n{TOKEN}\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {TOKEN}\r\n\r\n"),
        format!("HTTP/1.1 302 {TOKEN}\r\nlocation: /{TOKEN}\r\ncontent-length: 0\r\n\r\n"),
        format!("HTTP/1.1 500 {TOKEN}\r\ncontent-length: 5\r\n\r\n{TOKEN}"),
        format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{TOKEN}"),
        String::new(),
    ];
    let mut left = replies.clone().into_iter();
    std::thread::spawn(move || {
        for stream in upstream.incoming().map_while(Result::ok) {
            let Some(reply) = left.next() else { break };
            let mut stream = stream;
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(reply.as_bytes());
        }
    });
    let running = Running::start(&["--upstream", &address, "--rate-limit", "0"]);
    for _ in 0..replies.len() + 2 {
        running.ask(&format!("POST /api/public/auth/login/{TOKEN} {CLOSE}content-length: 0\r\n\r\n"));
    }
    let log = running.stop();
    assert!(log.iter().filter(|line| line.contains("WARN")).count() >= 5, "{log:?}");
    assert!(log.iter().all(|line| !line.contains("c2VjcmV0")), "{log:?}");
}

#[test]
fn a_line_of_json_has_what_is_looked_for() {
    let running = Running::start(&["--log-format", "json"]);
    let reply = running.ask(&format!("GET /api/public/teams/55/profile {CLOSE}\r\n"));
    let id = reply.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().to_owned();
    let log = running.stop();
    let lines: Vec<serde_json::Value> = log.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["span"]["id"] == id.as_str()).unwrap();
    assert_eq!((&line["method"], &line["status"]), (&"GET".into(), &401.into()));
    assert_eq!(line["route"], "/api/public/teams/{id}/profile");
}

#[test]
fn a_server_full_of_connections_still_tells_its_health_beside_its_figures() {
    let running = Running::start(&["--metrics-listen", "127.0.0.1:0", "--max-connections", "1"]);
    let apart = running.apart();
    let mut only = running.connect();
    write!(only, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    read_reply(&mut only).unwrap();
    for (path, word) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let reply = apart(path);
        assert!(reply.starts_with("HTTP/1.1 200") && reply.ends_with(word), "{reply}");
    }
    assert!(apart("/api/token").starts_with("HTTP/1.1 404"), "and nothing else");
    running.stop();
}

#[test]
fn the_figures_are_on_a_port_of_their_own() {
    let running = Running::start(&["--metrics-listen", "127.0.0.1:0", "--header-timeout", "0.2"]);
    let apart = running.apart();
    for path in ["/api/nothing", "/", "/a.js", "/healthz", "/metrics"] {
        running.ask(&format!("GET {path} {CLOSE}\r\n"));
    }
    let mut slow = running.connect();
    slow.write_all(b"GET").unwrap();
    until("the slow one is cut off", || {
        apart("/metrics").contains(r#"portal_connections_cut_off_total{reason="slow"} 1"#)
    });
    let text = apart("/metrics");
    for figure in [
        r#"portal_requests_total{class="api",status="404"} 1"#,
        r#"portal_requests_total{class="page",status="503"} 2"#,
        r#"portal_requests_total{class="file",status="503"} 1"#,
        r#"portal_requests_total{class="ops",status="200"} 1"#,
        r#"portal_request_seconds_count{class="api"} 1"#,
        "portal_requests_in_flight 0",
    ] {
        assert!(text.contains(figure), "{figure}\n{text}");
    }
    running.stop();
}
