//! A location in trouble: always the API's error and never a page.

use super::{Location, TEAMS, json};
use crate::child::{PATIENCE, Running, read_all};
use crate::client::{Reply, Server};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;

pub const SOON: [&str; 4] = ["--upstream-response-timeout", "0.3", "--upstream-connect-timeout", "0.3"];

pub fn is_trouble(reply: &Reply, status: u16) {
    assert_eq!(
        (reply.status.as_u16(), reply.header("content-type")),
        (status, "application/json"),
        "{}",
        reply.text
    );
    assert_eq!((&reply.json()["WasSuccessful"], &reply.json()["Status"]), (&false.into(), &status.into()));
    assert!(reply.json()["Message"].as_str().unwrap().starts_with("The location"));
    assert_eq!(reply.header("cache-control"), "no-store");
}

/// Takes connections and says nothing.
fn silent() -> Location {
    Location::raw(|_, mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    })
}

#[tokio::test]
async fn a_location_that_does_not_answer_is_a_504() {
    is_trouble(&silent().server(&SOON).get(TEAMS, "a").await, 504);
}

#[tokio::test]
async fn a_location_whose_tls_never_begins_is_a_504() {
    let url = silent().url().replace("http:", "https:");
    is_trouble(&Server::in_front_of(&url, &SOON).get(TEAMS, "a").await, 504);
}

#[tokio::test]
async fn a_location_that_stops_in_the_head_of_its_reply_is_a_504() {
    let location = Location::scripted(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-ty");
        let _ = stream.read(&mut [0]);
        false
    });
    is_trouble(&location.server(&SOON).get(TEAMS, "a").await, 504);
}

#[tokio::test]
async fn a_location_that_cannot_be_reached_is_a_502() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    is_trouble(&Server::in_front_of(&format!("http://{nobody}"), &[]).get(TEAMS, "a").await, 502);
    let unknown = Server::in_front_of("https://nowhere.invalid", &[]);
    is_trouble(&unknown.get(TEAMS, "a").await, 502);
}

#[tokio::test]
async fn a_location_that_speaks_no_tls_is_a_502() {
    let location = Location::raw(|_, mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = stream.read(&mut [0]);
    });
    let url = location.url().replace("http:", "https:");
    is_trouble(&Server::in_front_of(&url, &[]).get(TEAMS, "a").await, 502);
}

#[tokio::test]
async fn what_is_no_reply_of_an_api_is_a_502() {
    let huge_head = "HTTP/1.1 200 OK\r\na: ".to_owned() + &"b".repeat(600_000) + "\r\n\r\n";
    for reply in [
        String::new(),
        "SSH-2.0-OpenSSH\r\n\r\n".to_owned(),
        "HTTP/1.1 999999 No\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\nbad\0name: a\r\n\r\n".to_owned(),
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n".to_owned(),
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
            .to_owned(),
        huge_head,
    ] {
        let shown = reply.chars().take(40).collect::<String>();
        let location = Location::scripted(move |_, stream| {
            let _ = stream.write_all(reply.as_bytes());
            false
        });
        let got = location.server(&SOON).get(TEAMS, "a").await;
        assert_eq!(got.status, 502, "{shown}");
        is_trouble(&got, 502);
        assert_eq!(location.heard().len(), 1, "{shown}: a first connection is not tried again");
    }
}

#[tokio::test]
async fn a_reply_that_is_said_to_be_too_large_is_a_502() {
    let location = Location::saying("HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n");
    is_trouble(&location.server(&["--upstream-max-reply", "1024"]).get(TEAMS, "a").await, 502);
}

/// What a client reads of a reply whose rest never comes, and what the log says.
fn cut(reply: String, flags: &[&str]) -> (String, Vec<String>) {
    let location = Location::scripted(move |_, stream| {
        let _ = stream.write_all(reply.as_bytes());
        let _ = stream.read(&mut [0]);
        false
    });
    let url = location.url();
    let server = Running::start(&[&["--upstream", url.as_str()], flags].concat());
    let got = server.ask(&format!("GET {TEAMS} HTTP/1.1\r\nhost: a\r\n\r\n"));
    (got, server.stop())
}

#[test]
fn a_reply_that_stops_in_the_middle_is_never_taken_for_the_whole() {
    for reply in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n".to_owned(),
    ] {
        let (got, log) = cut(reply, &SOON);
        assert!(got.starts_with("HTTP/1.1 200") && got.contains("half"), "{got}");
        assert!(!got.contains("\r\n0\r\n\r\n"), "ended as if whole: {got}");
        assert!(log.iter().any(|line| line.contains("stopped in the middle")), "{log:?}");
    }
}

#[test]
fn a_reply_that_breaks_off_or_is_too_large_is_never_taken_for_the_whole() {
    let location = Location::scripted(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        false
    });
    let server = Running::start(&["--upstream", &location.url()]);
    let got = server.ask(&format!("GET {TEAMS} HTTP/1.1\r\nhost: a\r\n\r\n"));
    assert!(got.contains("half") && !got.contains("\r\n0\r\n\r\n"), "{got}");
    let chunks =
        "400\r\n".to_owned() + &"x".repeat(1024) + "\r\n400\r\n" + &"y".repeat(1024) + "\r\n0\r\n\r\n";
    let reply = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned() + &chunks;
    let (got, log) = cut(reply, &["--upstream-max-reply", "1500"]);
    assert!(!got.contains("yy") && !got.contains("\r\n0\r\n\r\n"), "{got}");
    assert!(log.iter().any(|line| line.contains("upstream_max_reply")), "{log:?}");
}

#[test]
fn a_length_that_is_not_the_bodys_cuts_nothing_off() {
    let location = Location::saying(
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n4\r\nmore\r\n0\r\n\r\n",
    );
    let server = Running::start(&["--upstream", &location.url()]);
    let got = server.ask(&format!("GET {TEAMS} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
    assert!(got.contains("more"), "{got}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_given_up_is_dropped_upstream() {
    let (tell, told) = mpsc::channel();
    let location = Location::scripted(move |_, stream| {
        tell.send("asked").unwrap();
        let ended = matches!(stream.read(&mut [0]), Ok(0) | Err(_));
        tell.send(if ended { "gone" } else { "there" }).unwrap();
        false
    });
    let server = location.server(&[]);
    let asking = tokio::spawn(async move { server.get(TEAMS, "a").await.status });
    assert_eq!(told.recv_timeout(PATIENCE), Ok("asked"));
    asking.abort();
    assert_eq!(told.recv_timeout(PATIENCE), Ok("gone"));
}

#[test]
fn a_client_that_goes_away_in_the_middle_of_a_reply_ends_it_upstream() {
    let (tell, told) = mpsc::channel();
    let location = Location::scripted(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n").unwrap();
        tell.send("begun").unwrap();
        // A client that has closed is only noticed by writing to it.
        while stream.write_all(b"4\r\nmore\r\n").is_ok() {
            std::thread::yield_now();
        }
        tell.send("gone").unwrap();
        false
    });
    let server = Running::start(&["--upstream", &location.url()]);
    let mut client = server.connect();
    write!(client, "GET {TEAMS} HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    assert_eq!(told.recv_timeout(PATIENCE), Ok("begun"));
    drop(client);
    assert_eq!(told.recv_timeout(PATIENCE), Ok("gone"));
}

#[test]
fn p16_no_trouble_writes_a_one_time_token_to_the_log() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = format!("http://{nobody}");
    let garbage = Location::saying("garbage\r\n\r\n").url();
    let hangs = silent().url();
    let moved = Location::saying("HTTP/1.1 302 Found\r\nlocation: /a\r\ncontent-length: 0\r\n\r\n").url();
    let tls = silent().url().replace("http:", "https:");
    let half = Location::scripted(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf");
        false
    });
    let half = half.url();
    for upstream in [&refused, &garbage, &hangs, &moved, &tls, &half] {
        let server = Running::start(&[&["--upstream", upstream.as_str()], SOON.as_slice()].concat());
        for path in ["/api/public/auth/login/SECRET.TOKEN", "/api/sys/users/exchange?token=SECRET.TOKEN"] {
            let mut stream = server.connect();
            write!(
                stream,
                "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            )
            .unwrap();
            assert!(read_all(&mut stream).starts_with("HTTP/1.1 "));
        }
        let log = server.stop();
        assert!(log.iter().any(|line| line.contains("upstream")), "the cause is told: {log:?}");
        assert!(log.iter().all(|line| !line.contains("SECRET")), "{log:?}");
    }
}

#[tokio::test]
async fn after_trouble_the_next_request_is_answered() {
    let turn = super::Turn::default();
    let location = Location::scripted(move |_, stream| {
        let first = turn.next() == 0;
        let _ = stream
            .write_all(if first { b"garbage\r\n\r\n".to_vec() } else { json("[]").into_bytes() }.as_slice());
        !first
    });
    let server = location.server(&[]);
    is_trouble(&server.get(TEAMS, "a").await, 502);
    assert_eq!(server.get(TEAMS, "a").await.text, "[]");
}
