//! How connections to the upstream are used, as tests.

use super::super::line::LIFE;
use super::*;
use axum::body::Body;
use http_body_util::BodyExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const REPLY: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// A location that keeps its connections: where it is, and how many there were.
async fn location() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        loop {
            let mut stream = listener.accept().await.unwrap().0;
            counted.fetch_add(1, Relaxed);
            tokio::spawn(async move {
                let mut head = Vec::new();
                while stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {
                    if head.ends_with(b"\r\n\r\n") {
                        head.clear();
                        stream.write_all(REPLY).await.unwrap();
                    }
                }
            });
        }
    });
    (address, count)
}

#[tokio::test]
async fn a_connection_that_never_rests_is_left_for_a_new_one_in_time() {
    let (location, connections) = location().await;
    let options = UpstreamOptions {
        upstream: None,
        upstream_connect_timeout: Duration::from_secs(5),
        upstream_response_timeout: Duration::from_secs(15),
        upstream_max_reply: 1024,
        upstream_ca: None,
    };
    let client = Client::new(&location, &options).unwrap();
    let pause = KEPT / 2;
    for number in 0..LIFE.as_secs() / pause.as_secs() + 2 {
        assert_eq!(connections.load(Relaxed), usize::from(number > 0), "it is kept while it is young");
        let reply = client.ask(Request::new(Body::empty()), PathAndQuery::from_static("/")).await;
        reply.ok().unwrap().into_body().collect().await.unwrap();
        tokio::time::pause();
        tokio::time::advance(pause).await;
        tokio::time::resume();
    }
    client.ask(Request::new(Body::empty()), PathAndQuery::from_static("/")).await.ok().unwrap();
    assert_eq!(connections.load(Relaxed), 2);
}
