use crate::client::{MARIA, Server};
use axum::http::Method;
use serde_json::Value;

async fn lines(server: &Server) -> Vec<Value> {
    server.get("/sandbox/audit", "").await.json().as_array().unwrap().clone()
}

fn events(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["Event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_step_of_an_impersonation_names_both_people_and_the_time() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let acting = server.act(&maria, 104).await;
    server.get("/en/login/logout", &acting).await;
    let lines = lines(&server).await;
    assert_eq!(events(&lines), ["start", "exchange", "end"]);
    for line in &lines {
        let ids = ["ActorUserId", "ActorCoworkerId", "TargetUserId", "TargetCoworkerId"];
        assert_eq!(ids.map(|id| line[id].as_i64().unwrap()), [9001, 101, 9003, 104]);
        assert!(line["At"].as_str().unwrap().starts_with("20"));
    }
}

#[tokio::test]
async fn refusals_are_written_down_too() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let token = server.impersonate(&maria, 104).await.field("token");
    server.exchange(&token).await;
    server.exchange(&token).await;
    server.impersonate(&maria, 131).await;
    server.impersonate(&maria, 424_242).await;
    server.get("/api/sys/users/impersonate?coworkerId=104", &maria).await;
    let lines = lines(&server).await;
    assert_eq!(events(&lines), ["start", "exchange", "refused", "refused", "refused", "refused"]);
    assert_eq!(lines[2]["TargetCoworkerId"], 104);
    assert_eq!((&lines[3]["ActorUserId"], &lines[3]["TargetUserId"]), (&9001.into(), &9131.into()));
    assert_eq!((&lines[4]["TargetUserId"], &lines[4]["TargetCoworkerId"]), (&Value::Null, &424_242.into()));
}

#[tokio::test]
async fn what_is_changed_while_acting_is_written_down_and_what_is_read_is_not() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let acting = server.act(&maria, 104).await;
    server.whoami(&acting).await;
    server.call(Method::PUT, "/api/public/teams/55/permissions/110", &acting, "{}").await;
    let lines = lines(&server).await;
    assert_eq!(events(&lines), ["start", "exchange", "write"]);
    assert_eq!(lines[2]["Detail"], "PUT /api/public/teams/{id}/permissions/{member}");
    assert_eq!((&lines[2]["ActorUserId"], &lines[2]["TargetUserId"]), (&9001.into(), &9003.into()));
}

#[tokio::test]
async fn an_expiry_is_written_down_with_the_time_it_happened() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    server.act(&maria, 104).await;
    server.control("clock/advance?seconds=7200").await;
    let lines = lines(&server).await;
    assert_eq!(events(&lines), ["start", "exchange", "end"]);
    assert_eq!(lines[2]["Detail"], "expired");
    let minute = |line: &Value| {
        let at = line["At"].as_str().unwrap();
        at[11..13].parse::<i32>().unwrap() * 60 + at[14..16].parse::<i32>().unwrap()
    };
    let lived = (minute(&lines[2]) - minute(&lines[1])).rem_euclid(24 * 60);
    assert!((29..=31).contains(&lived), "{lived} minutes");
}

#[tokio::test]
async fn signing_out_ends_the_started_sessions_in_the_audit_once() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    server.act(&maria, 104).await;
    for _ in 0..2 {
        server.get("/en/login/logout", &maria).await;
    }
    assert_eq!(events(&lines(&server).await), ["start", "exchange", "end"]);
}
