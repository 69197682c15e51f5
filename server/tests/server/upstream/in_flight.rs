//! So many requests of one client at a time.

use super::{Location, TEAMS, Turn, json};
use crate::child::PATIENCE;
use crate::client::Server;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use std::io::Write;
use std::sync::{Mutex, mpsc};
use std::time::Instant;

const TWO: [&str; 4] = ["--max-in-flight", "2", "--trusted-hops", "1"];

fn asked(path: &str, client: &str) -> Request<Body> {
    Request::builder().uri(path).header("x-forwarded-for", client).body(Body::empty()).unwrap()
}

async fn begin(server: &Server, client: &str) -> Response<Body> {
    server.begin(asked(TEAMS, client)).await
}

/// Asks until it is not refused.
async fn is_taken_again(server: &Server, client: &str) -> Response<Body> {
    let began = Instant::now();
    loop {
        let reply = begin(server, client).await;
        if reply.status() != 429 {
            return reply;
        }
        assert!(began.elapsed() < PATIENCE, "a place is never free again");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_too_many_requests_under_way_is_refused_until_a_reply_is_read_or_given_up() {
    let location = Location::scripted(|_, stream| stream.write_all(json("[]").as_bytes()).is_ok());
    let server = location.server(&TWO);
    let (first, second) = (begin(&server, "192.0.2.1").await, begin(&server, "192.0.2.1").await);
    assert_eq!((first.status().as_u16(), second.status().as_u16()), (200, 200));
    let refused = server.send(asked(TEAMS, "192.0.2.1")).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"));
    assert_eq!((&refused.json()["Status"], refused.header("cache-control")), (&429.into(), "no-store"));
    assert_eq!(begin(&server, "192.0.2.2").await.status(), 200, "somebody else");
    for path in ["/", "/a.js", "/config.json", "/healthz", "/readyz"] {
        assert_ne!(server.send(asked(path, "192.0.2.1")).await.status, 429, "{path} is free");
    }
    let mut body = first.into_body();
    while let Some(frame) = body.frame().await {
        frame.unwrap();
    }
    let third = begin(&server, "192.0.2.1").await;
    assert_eq!(third.status(), 200, "one is read");
    assert_eq!(begin(&server, "192.0.2.1").await.status(), 429);
    drop((second, third));
    assert_eq!(begin(&server, "192.0.2.1").await.status(), 200, "two are given up");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_away_before_the_reply_has_nothing_under_way() {
    let (tell, told) = mpsc::channel();
    let (tell, turn) = (Mutex::new(tell), Turn::default());
    let location = Location::scripted(move |_, stream| {
        if turn.next() < 2 {
            tell.lock().unwrap().send(()).unwrap();
            return std::io::Read::read(stream, &mut [0]).is_ok_and(|bytes| bytes > 0);
        }
        stream.write_all(json("[]").as_bytes()).is_ok()
    });
    let server = location.server(&TWO);
    let waiting = [0, 1].map(|_| {
        let server = server.clone();
        tokio::spawn(async move { begin(&server, "192.0.2.1").await })
    });
    for _ in &waiting {
        told.recv_timeout(PATIENCE).unwrap();
    }
    assert_eq!(begin(&server, "192.0.2.1").await.status(), 429);
    for asking in waiting {
        asking.abort();
    }
    assert_eq!(is_taken_again(&server, "192.0.2.1").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_counts_how_fast_a_client_is_nothing_counts_how_many_it_has_under_way() {
    let location = Location::scripted(|_, stream| stream.write_all(json("[]").as_bytes()).is_ok());
    for (flags, taken) in [(&[][..], 64), (&["--rate-limit", "0"], 70), (&["--max-in-flight", "3"], 3)] {
        let server = location.server(flags);
        let mut held = Vec::new();
        while held.len() < 70 {
            let reply = begin(&server, "").await;
            if reply.status() == 429 {
                break;
            }
            held.push(reply);
        }
        assert_eq!(held.len(), taken, "{flags:?}");
    }
}
