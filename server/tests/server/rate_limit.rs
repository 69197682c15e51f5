use crate::client::{Reply, Server};
use axum::body::Body;
use axum::http::Request;

async fn ask(server: &Server, path: &str, forwarded_for: &str) -> Reply {
    let request = Request::builder().uri(path).header("x-forwarded-for", forwarded_for);
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_client_that_is_too_fast_is_told_how_long_to_wait() {
    let server = Server::with(&["--rate-limit", "1", "--rate-burst", "3", "--trusted-hops", "1"]);
    for _ in 0..3 {
        assert_eq!(ask(&server, "/api/nothing", "192.0.2.1").await.status, 404);
    }
    let reply = ask(&server, "/api/nothing", "1.1.1.1, 192.0.2.1").await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (429, "1"));
    assert_eq!(reply.json()["Status"], 429);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(ask(&server, "/api/nothing", "192.0.2.2").await.status, 404, "somebody else");
    for path in ["/", "/a.js", "/config.json", "/healthz"] {
        assert_ne!(ask(&server, path, "192.0.2.1").await.status, 429, "{path} is free");
    }
}

#[tokio::test]
async fn what_a_client_says_of_itself_does_not_help_it() {
    let server = Server::with(&["--rate-limit", "1", "--rate-burst", "1"]);
    assert_eq!(ask(&server, "/api/nothing", "192.0.2.1").await.status, 404);
    assert_eq!(ask(&server, "/api/nothing", "192.0.2.2").await.status, 429);
}

#[tokio::test]
async fn the_sandbox_alone_has_no_limit() {
    let server = Server::start();
    for _ in 0..300 {
        assert_eq!(ask(&server, "/api/nothing", "").await.status, 404);
    }
}
