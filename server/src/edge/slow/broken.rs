//! Replies that break off, as tests.

use super::{SIZE, outcomes, secure, serve, stages};
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::response::IntoResponse;
use http_body_util::channel::Channel;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// One that breaks off when so much of it is there.
pub(super) async fn reply() -> impl IntoResponse {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        sender.send_data(Bytes::from_owner([b'x'; SIZE])).await?;
        sender.abort(axum::Error::new("on purpose"));
        Ok::<_, http_body_util::channel::SendError>(())
    });
    ([("content-length", (SIZE + 1).to_string())], Body::new(body))
}

/// One that breaks off before anything of it is there.
pub(super) async fn headed() -> Body {
    let (sender, body) = Channel::<Bytes, axum::Error>::new(1);
    sender.abort(axum::Error::new("on purpose"));
    Body::new(body)
}

#[tokio::test(start_paused = true)]
async fn what_was_there_before_a_reply_broke_off_arrives_however_slow_its_client_is() {
    for bytes in [3000, usize::MAX] {
        for (got, _) in outcomes("/broken", bytes, false).await {
            assert_eq!(got, SIZE, "{bytes} at a time");
        }
    }
    for (got, kept) in outcomes("/broken", 10, false).await {
        assert!(got < SIZE && (75..100).contains(&kept.as_secs()), "{got} {kept:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_of_a_reply_that_breaks_off_before_its_beginning_arrives() {
    for _ in 0..100 {
        let (mut client, served) = serve(None, &stages(false));
        client.write_all(b"GET /headed HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut got = String::new();
        client.read_to_string(&mut got).await.unwrap();
        assert!(got.starts_with("HTTP/1.1 200") && got.ends_with("\r\n\r\n"), "{got:?}");
        served.await.unwrap();
        let (client, _served) = secure(b"h2", usize::MAX, &stages(false)).await;
        let (mut client, connection) = h2::client::handshake(client).await.unwrap();
        tokio::spawn(connection);
        let request = Request::builder().uri("https://localhost/headed").body(()).unwrap();
        let mut body = client.send_request(request, true).unwrap().0.await.unwrap().into_body();
        let reason = loop {
            match body.data().await.expect("it ended as if whole") {
                Ok(nothing) => assert!(nothing.is_empty()),
                Err(error) => break error.reason(),
            }
        };
        assert_eq!(reason, Some(h2::Reason::INTERNAL_ERROR));
    }
}
