//! A connection that had worked and then broke: what only reads is sent again, and nothing else.

use super::{EMPTY, Location, TEAMS, Turn};
use axum::http::Method;
use std::io::Write;

/// Answers the first request on each connection, and closes it at the second without a word.
fn closing() -> Location {
    let turns = std::sync::Mutex::new(Vec::<usize>::new());
    Location::scripted(move |heard, stream| {
        let mut turns = turns.lock().unwrap();
        if turns.contains(&heard.connection) {
            return false;
        }
        turns.push(heard.connection);
        stream.write_all(EMPTY.as_bytes()).is_ok()
    })
}

#[tokio::test]
async fn a_read_is_sent_once_more_on_a_new_connection() {
    for method in [Method::GET, Method::HEAD] {
        let location = closing();
        let server = location.server(&[]);
        assert_eq!(server.get(TEAMS, "a").await.status, 200);
        assert_eq!(server.call(method.clone(), TEAMS, "a", "").await.status, 200);
        let connections: Vec<_> = location.heard().iter().map(|heard| heard.connection).collect();
        assert_eq!(connections, [0, 0, 1], "{method}");
    }
}

#[tokio::test]
async fn what_changes_something_is_never_sent_twice() {
    for (method, path) in [
        (Method::POST, "/api/token"),
        (Method::PUT, "/api/public/teams/55/permissions/104"),
        (Method::DELETE, "/api/public/teams/55/members/104"),
        (Method::PATCH, "/api/public/coworker/profile"),
        (Method::GET, "/api/public/coworkers/104/impersonate"),
        (Method::GET, "/api/public/coworkers/104/Impersonate"),
        (Method::GET, "/api/public/coworkers/104/impersonat%65"),
        (Method::GET, "/api/sys/users/impersonate?coworkerId=104"),
        (Method::GET, "/api/sys/users/sendOtp?email=a%40example.com&businessId=7"),
        (Method::GET, "/en/login/logout"),
    ] {
        let location = closing();
        let server = location.server(&[]);
        assert_eq!(server.get(TEAMS, "a").await.status, 200);
        assert_eq!(server.call(method.clone(), path, "a", "").await.status, 502, "{method} {path}");
        assert_eq!(location.heard().len(), 2, "{method} {path}");
    }
}

#[tokio::test]
async fn a_read_with_a_body_is_not_sent_twice_and_a_second_failure_is_told() {
    let location = closing();
    let server = location.server(&[]);
    assert_eq!(server.get(TEAMS, "a").await.status, 200);
    assert_eq!(server.call(Method::GET, TEAMS, "a", "body").await.status, 502);
    assert_eq!(location.heard().len(), 2);

    let turn = Turn::default();
    let once =
        Location::scripted(move |_, stream| turn.next() == 0 && stream.write_all(EMPTY.as_bytes()).is_ok());
    let server = once.server(&[]);
    assert_eq!(server.get(TEAMS, "a").await.status, 200);
    assert_eq!(server.get(TEAMS, "a").await.status, 502);
    assert_eq!(once.heard().len(), 3, "one retry and no more");
}

#[tokio::test]
async fn connections_are_kept_and_used_again() {
    let location = Location::saying(EMPTY);
    let server = location.server(&[]);
    for _ in 0..5 {
        assert_eq!(server.get(TEAMS, "a").await.status, 200);
    }
    assert!(location.heard().iter().all(|heard| heard.connection == 0));
}
