//! Clients that allow little by the windows of HTTP/2, as tests.

use super::{Outcome, SIZE, STEP, secure};
use crate::edge::stage::Stages;
use axum::body::Bytes;
use axum::http::Request;

/// When a client says each ten seconds that it takes so many bytes more, reads them at once, and asks in between whether
/// the server is there.
async fn by_windows(bytes: u32) -> Outcome {
    let (_stage, stages) = Stages::begin();
    let (client, served) = secure(b"h2", usize::MAX, &stages).await;
    let mut settings = h2::client::Builder::new();
    settings.initial_window_size(bytes);
    let (mut client, mut connection) = settings.handshake::<_, Bytes>(client).await.unwrap();
    let mut pings = connection.ping_pong().unwrap();
    tokio::spawn(connection);
    let request = Request::builder().uri("https://localhost/").body(()).unwrap();
    let mut body = client.send_request(request, true).unwrap().0.await.unwrap().into_body();
    let mut got = 0;
    'reading: loop {
        tokio::time::sleep(STEP).await;
        let _ = pings.ping(h2::Ping::opaque()).await;
        let mut taken = 0;
        while taken < bytes as usize {
            match body.data().await {
                Some(Ok(data)) => taken += data.len(),
                _ => break 'reading,
            }
        }
        got += taken;
        let _ = body.flow_control().release_capacity(taken);
        if got == SIZE {
            break;
        }
    }
    drop((client, body));
    (got, served.await.unwrap())
}

#[tokio::test(start_paused = true)]
async fn who_allows_a_byte_a_second_of_a_reply_is_cut_off_also_when_the_server_has_handed_over_all_of_it() {
    let (got, kept) = by_windows(10).await;
    assert!(got < SIZE && (75..100).contains(&kept.as_secs()), "{got} {kept:?}");
}

#[tokio::test(start_paused = true)]
async fn who_allows_little_but_keeps_up_gets_all_of_a_reply() {
    let (got, kept) = by_windows(4000).await;
    assert!(got == SIZE && kept.as_secs() > 400, "{got} {kept:?}");
}

#[tokio::test(start_paused = true)]
async fn no_more_of_a_body_is_taken_than_somebody_reads() {
    let (_stage, stages) = Stages::begin();
    let (client, served) = secure(b"h2", usize::MAX, &stages).await;
    let (mut client, connection) = h2::client::handshake(client).await.unwrap();
    tokio::spawn(connection);
    let request = || Request::builder().uri("https://localhost/").body(()).unwrap();
    // With a reply, what the server allows has come, too.
    client.send_request(request(), true).unwrap().0.await.unwrap();
    client = client.ready().await.unwrap();
    let (_reply, mut body) = client.send_request(request(), false).unwrap();
    body.reserve_capacity(1 << 20);
    let allowed = std::future::poll_fn(|cx| body.poll_capacity(cx)).await.unwrap().unwrap();
    assert!((1..=64 * 1024).contains(&allowed), "{allowed}");
    drop((client, body));
    served.await.unwrap();
}
