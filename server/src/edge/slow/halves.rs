//! Replies that come in two halves, as tests.

use super::{SIZE, STEP, outcomes};
use axum::body::{Body, Bytes};
use axum::response::IntoResponse;
use http_body_util::channel::Channel;

/// One of which the second half is there two minutes after the first.
pub(super) async fn reply() -> impl IntoResponse {
    let (mut sender, body) = Channel::<Bytes>::new(1);
    tokio::spawn(async move {
        let half = Bytes::from_owner([b'x'; SIZE / 2]);
        sender.send_data(half.clone()).await?;
        tokio::time::sleep(STEP * 12).await;
        sender.send_data(half).await
    });
    ([("content-length", SIZE.to_string())], Body::new(body))
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_the_rest_of_a_reply_is_not_slow_and_who_takes_nothing_of_its_beginning_is() {
    for (got, kept) in outcomes("/halves", usize::MAX, false).await {
        assert!(got == SIZE && (120..125).contains(&kept.as_secs()), "{got} {kept:?}");
    }
    for (got, kept) in outcomes("/halves", 10, false).await {
        assert!(got < SIZE && (75..100).contains(&kept.as_secs()), "{got} {kept:?}");
    }
}
