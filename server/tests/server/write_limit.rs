use crate::client::{AISHA, MARIA, Reply, Server};
use axum::http::Method;

/// The smallest write there is.
async fn write(server: &Server, bearer: &str) -> Reply {
    server.call(Method::PATCH, "/api/public/coworker/profile", bearer, "{}").await
}

#[tokio::test]
async fn after_sixty_writes_in_a_minute_a_session_waits_until_the_minute_is_over() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    for _ in 0..60 {
        assert_eq!(write(&server, &maria).await.status, 200);
    }
    let reply = write(&server, &maria).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (429, ""));
    let wait: u32 = reply.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(server.whoami(&maria).await, 200, "reading is free");
    let aisha = server.sign_in(AISHA).await;
    assert_eq!(write(&server, &aisha).await.status, 200, "another session");
    server.control(&format!("clock/advance?seconds={wait}")).await;
    assert_eq!(write(&server, &maria).await.status, 200);
}

#[tokio::test]
async fn a_refused_write_counts_and_a_throttled_one_does_not() {
    let server = Server::with(&["--writes-per-minute", "2"]);
    let maria = server.sign_in(MARIA).await;
    let none = "/api/public/teams/55/members/424242";
    assert_eq!(server.call(Method::DELETE, none, &maria, "").await.status, 404);
    server.control("clock/advance?seconds=30").await;
    assert_eq!(write(&server, &maria).await.status, 200);
    for _ in 0..5 {
        assert_eq!(write(&server, &maria).await.status, 429);
    }
    server.control("clock/advance?seconds=31").await;
    assert_eq!(write(&server, &maria).await.status, 200, "the first is over a minute old");
    assert_eq!(write(&server, &maria).await.status, 429, "the second is not");
}

#[tokio::test]
async fn signing_in_and_becoming_somebody_are_no_writes_and_acting_has_a_count_of_its_own() {
    let server = Server::with(&["--writes-per-minute", "1"]);
    let maria = server.sign_in(MARIA).await;
    for _ in 0..3 {
        assert!(!server.sign_in(MARIA).await.is_empty());
        assert!(!server.act(&maria, 104).await.is_empty());
    }
    assert_eq!(write(&server, &maria).await.status, 200);
    assert_eq!(write(&server, &maria).await.status, 429);
    let acting = server.act(&maria, 104).await;
    assert_eq!(write(&server, &acting).await.status, 200);
}

#[tokio::test]
async fn without_a_limit_there_is_none() {
    let server = Server::with(&["--writes-per-minute", "0"]);
    let maria = server.sign_in(MARIA).await;
    for _ in 0..100 {
        assert_eq!(write(&server, &maria).await.status, 200);
    }
}
