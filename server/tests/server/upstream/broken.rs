//! A location that begins a reply and does not finish it.

use super::faults::{SOON, is_trouble};
use super::http2::{Fate, Location as Http2};
use super::{Location, TEAMS};
use crate::child::Running;
use crate::http2::http2;
use crate::tls::{certify, connect, start_with};
use axum::body::Body;
use axum::http::{Method, Request};
use http_body_util::BodyExt;
use rustls::RootCertStore;
use std::io::{Read, Write};
use std::sync::atomic::Ordering::SeqCst;

/// The reply to a reading and to a writing request of a location that says this and, unless it stays, goes.
async fn told(reply: String, stays: bool) -> [crate::client::Reply; 2] {
    let location = Location::scripted(move |_, stream| {
        stream.write_all(reply.as_bytes()).unwrap();
        if stays {
            let _ = stream.read(&mut [0]);
        }
        false
    });
    let server = location.server(&[&SOON[..], &["--upstream-max-reply", "1024"]].concat());
    let told = [server.get(TEAMS, "").await, server.call(Method::POST, TEAMS, "", "{}").await];
    assert_eq!(location.heard().len(), 2, "nothing is sent twice");
    told
}

#[tokio::test]
async fn a_reply_that_breaks_off_before_its_beginning_is_a_502_whatever_it_is_called() {
    let large = format!("transfer-encoding: chunked\r\n\r\n800\r\n{}", "x".repeat(2048));
    for kind in ["", "content-type: application/json\r\n", "content-type: application/pdf\r\n"] {
        for rest in [
            "content-length: 9\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\nZZ\r\n",
            &large,
        ] {
            for reply in told(format!("HTTP/1.1 200 OK\r\n{kind}{rest}"), false).await {
                is_trouble(&reply, 502);
            }
        }
    }
}

#[tokio::test]
async fn a_reply_whose_beginning_does_not_come_in_time_is_a_504() {
    for kind in ["", "content-type: application/json\r\n", "content-type: text/html\r\n"] {
        for reply in told(format!("HTTP/1.1 200 OK\r\n{kind}content-length: 9\r\n\r\n"), true).await {
            is_trouble(&reply, 504);
        }
    }
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_before_its_beginning_keeps_its_status() {
    let reply = "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    for stays in [false, true] {
        for reply in told(reply.to_owned(), stays).await {
            is_trouble(&reply, 401);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_over_http2_that_breaks_off_before_its_beginning_is_a_502() {
    for fate in [Fate::Half(""), Fate::Left("", Some(9)), Fate::Left("", None), Fate::Short] {
        let location = Http2::start(move |_| fate).await;
        for method in [Method::GET, Method::POST] {
            is_trouble(&location.server.call(method, TEAMS, "", "").await, 502);
        }
        assert_eq!(location.asked.load(SeqCst), 2, "{fate:?}: nothing is sent twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_over_http2_whose_stream_ends_before_its_end_is_never_taken_for_the_whole() {
    for length in [Some(9), None] {
        let location = Http2::start(move |_| Fate::Left("half", length)).await;
        let request = Request::get(TEAMS).body(Body::empty()).unwrap();
        let reply = location.server.begin(request).await;
        assert_eq!(reply.status(), 200);
        reply.into_body().collect().await.expect_err("half of it");
    }
}

#[tokio::test]
async fn a_reply_of_nothing_is_passed_on_as_nothing() {
    for (status, headers, length) in [
        ("200 OK", "content-length: 0\r\n", "0"),
        ("200 OK", "content-type: application/json\r\ncontent-length: 0\r\n", "0"),
        ("404 Not Found", "content-type: application/json\r\ncontent-length: 0\r\n", "0"),
    ] {
        let location = Location::saying(format!("HTTP/1.1 {status}\r\n{headers}\r\n").leak());
        let reply = location.server(&[]).get(TEAMS, "").await;
        assert_eq!((reply.status.to_string(), reply.text.as_str()), (status.into(), ""));
        assert_eq!(reply.header("content-length"), length, "{status} {headers}");
    }
    // The length is that of the reply to a GET, and nothing of it comes.
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    let reply = Location::saying(head).server(&SOON).call(Method::HEAD, TEAMS, "", "").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-length")), (200, "9"));
}

/// A browser that gets nothing at all on a connection that it kept takes it for one that was closed, and asks again.
fn breaks_off(asked: &mut (impl Read + Write)) {
    asked.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut got = Vec::new();
    while !got.ends_with(b"\r\n\r\nok") {
        let mut byte = [0];
        asked.read_exact(&mut byte).unwrap();
        got.extend(byte);
    }
    write!(asked, "POST {TEAMS} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\n\r\nx=1").unwrap();
    let mut got = Vec::new();
    // Without a farewell, so that nobody takes a part for the whole.
    let _ = asked.read_to_end(&mut got);
    let got = String::from_utf8(got).unwrap();
    assert!(got.starts_with("HTTP/1.1 200") && got.ends_with("\r\n4\r\nhalf\r\n"), "{got:?}");
}

/// A location all of whose replies break off after `half`, and servers in front of it: without TLS and with it.
async fn halving() -> (Http2, Running, Running, RootCertStore) {
    let location = Http2::start(|_| Fate::Half("half")).await;
    let folder = tempfile::TempDir::new().unwrap();
    let roots = certify(folder.path());
    let flags = location.flags.each_ref().map(String::as_str);
    let (plain, secure) = (Running::start(&flags), start_with(folder.path(), &flags));
    (location, plain, secure, roots)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_beginning_of_a_reply_that_breaks_off_arrives_before_the_connection_is_cut() {
    let (location, plain, secure, roots) = halving().await;
    let asked = tokio::task::spawn_blocking(move || {
        for _ in 0..200 {
            breaks_off(&mut plain.connect());
            breaks_off(&mut connect(&secure, &roots));
        }
        plain.stop()
    });
    let log = asked.await.unwrap();
    let cut = log.iter().filter(|line| line.contains("broke off a reply")).count();
    assert_eq!(cut, 200, "each is told");
    assert_eq!(location.asked.load(SeqCst), 400, "nothing is sent twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_beginning_of_a_reply_that_breaks_off_arrives_before_its_stream_of_http2_is_reset() {
    let (location, _plain, secure, roots) = halving().await;
    let (client, connection) = http2(&secure, &roots).await;
    for _ in 0..20 {
        let asked = (0..20).map(|_| {
            let mut client = client.clone();
            tokio::spawn(async move {
                let request = Request::post(format!("https://localhost{TEAMS}")).body(Body::empty()).unwrap();
                let mut reply = client.send_request(request).await.unwrap();
                assert_eq!(reply.status(), 200);
                let mut got = Vec::new();
                loop {
                    match reply.frame().await.expect("it ended as if whole") {
                        Ok(frame) => got.extend(frame.into_data().unwrap()),
                        Err(_) => return got,
                    }
                }
            })
        });
        for got in asked.collect::<Vec<_>>() {
            assert_eq!(got.await.unwrap(), b"half");
        }
    }
    drop(client);
    connection.await.unwrap().unwrap();
    assert_eq!(location.asked.load(SeqCst), 400, "nothing is sent twice");
}

#[test]
fn a_client_of_http_1_0_which_knows_no_pieces_sees_a_reset_in_place_of_the_rest_and_an_end_where_all_came() {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n";
    for (rest, is_whole) in [("", false), ("ZZ\r\n", false), ("0\r\n\r\n", true)] {
        let location = Location::scripted(move |_, stream| {
            stream.write_all(format!("{head}{rest}").as_bytes()).unwrap();
            false
        });
        let server = Running::start(&["--upstream", &location.url()]);
        let mut client = server.connect();
        write!(client, "GET {TEAMS} HTTP/1.0\r\n\r\n").unwrap();
        let mut got = Vec::new();
        let end = client.read_to_end(&mut got);
        assert_eq!(end.is_ok(), is_whole, "{rest:?}: {end:?}");
        assert!(!is_whole || got.ends_with(b"{}"), "{rest:?}");
        let mut client = server.connect();
        write!(client, "HEAD {TEAMS} HTTP/1.0\r\n\r\n").unwrap();
        client.read_to_end(&mut got).expect("there is nothing more to come");
    }
}
