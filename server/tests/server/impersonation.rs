use crate::client::{AISHA, JONAS, LEO, MARIA, OPS, Server, TOMAS, claims};
use axum::http::Method;
use contract::Endpoint;
use contract::coworkers::Impersonate;

#[tokio::test]
async fn an_administrator_gets_a_token_of_sixty_seconds_for_a_member() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let reply = server.impersonate(&maria, 104).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "no-store");
    let token = Impersonate::read(&reply.text).unwrap().token;
    let claims = claims(token.expose());
    assert_eq!((claims["sub"].as_str(), claims["coworker"].as_i64()), (Some("9003"), Some(104)));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 60);
}

#[tokio::test]
async fn p15_without_a_good_bearer_it_is_a_401_without_a_body() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    server.control("sessions/revoke?email=maria.santos%40example.com").await;
    for bearer in ["", "nonsense", "a.b.c", maria.as_str()] {
        let reply = server.impersonate(bearer, 104).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (401, ""));
    }
}

#[tokio::test]
async fn an_unknown_or_removed_member_is_a_404() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    assert_eq!(server.impersonate(&maria, 424_242).await.status, 404);
    assert_eq!(server.get("/api/public/coworkers/nobody/impersonate", &maria).await.status, 404);
    server.control("members/104/remove").await;
    assert_eq!(server.impersonate(&maria, 104).await.status, 404);
}

#[tokio::test]
async fn p14_a_member_of_a_team_that_one_does_not_administer_is_a_403() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    assert_eq!(server.impersonate(&maria, 131).await.status, 403, "a member of 57");
    assert_eq!(server.impersonate(&maria, 108).await.status, 403, "a member of none");
    let aisha = server.sign_in(AISHA).await;
    assert_eq!(server.impersonate(&aisha, 110).await.status, 403, "a plain member administers nothing");
    let tomas = server.sign_in(TOMAS).await;
    assert_eq!(server.impersonate(&tomas, 104).await.status, 403);
    assert_eq!(server.impersonate(&tomas, 127).await.status, 200, "in 56 and 57");
}

#[tokio::test]
async fn administering_without_being_a_member_is_enough_and_being_administered_needs_membership() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    assert_eq!(
        server.impersonate(&maria, 123).await.status,
        200,
        "a member of 56, which she only administers"
    );
}

#[tokio::test]
async fn nobody_becomes_oneself_or_somebody_inactive() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    assert_eq!(server.impersonate(&maria, 101).await.status, 403);
    assert_eq!(server.impersonate(&maria, 118).await.status, 403, "inactive from the beginning");
    assert_eq!(server.impersonate(&maria, 104).await.status, 200);
    server.control("members/104/deactivate").await;
    assert_eq!(server.impersonate(&maria, 104).await.status, 403);
}

#[tokio::test]
async fn a_session_as_somebody_else_starts_no_other() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let as_jonas = server.act(&maria, 110).await;
    assert_eq!(server.impersonate(&as_jonas, 104).await.status, 403, "although Jonas himself may");
    let jonas = server.sign_in(JONAS).await;
    assert_eq!(server.impersonate(&jonas, 104).await.status, 200);
}

#[tokio::test]
async fn rights_belong_to_the_profile_that_the_session_is_on() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let switch = "/api/public/coworkers/profiles/current?coworkerId=102";
    assert_eq!(server.call(Method::PUT, switch, &maria, "").await.status, 200);
    assert_eq!(server.impersonate(&maria, 104).await.status, 403);
}

#[tokio::test]
async fn whoever_lost_the_administrators_rights_is_refused() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    assert_eq!(server.impersonate(&maria, 104).await.status, 200);
    server.control("teams/55/admins/101/remove").await;
    assert_eq!(server.impersonate(&maria, 104).await.status, 403);
    assert_eq!(server.impersonate(&maria, 120).await.status, 200, "also in 56, which she still administers");
}

#[tokio::test]
async fn ones_own_other_profile_is_an_ordinary_session_on_it() {
    let server = Server::start();
    let leo = server.sign_in(LEO).await;
    let start = server.impersonate(&leo, 107).await.field("token");
    let reply = server.exchange(&start).await;
    let session = reply.field("token");
    assert!(!reply.field("refresh_token").is_empty());
    assert!(claims(&session).get("act").is_none());
    assert_eq!(claims(&session)["sub"], claims(&leo)["sub"]);
    let on = |reply: crate::client::Reply| {
        let profiles = reply.json()["Profiles"].clone();
        let on: Vec<i64> = profiles
            .as_array()
            .unwrap()
            .iter()
            .filter(|profile| profile["IsDefaultProfile"] == true)
            .map(|profile| profile["Id"].as_i64().unwrap())
            .collect();
        on
    };
    assert_eq!(on(server.get("/api/public/coworkers/profiles", &session).await), [107]);
    assert_eq!(on(server.get("/api/public/coworkers/profiles", &leo).await), [105]);
    let form = format!("grant_type=refresh_token&refresh_token={}", reply.field("refresh_token"));
    let renewed = server.token(&form, LEO).await;
    assert_eq!(renewed.status, 200);
    assert_eq!(on(server.get("/api/public/coworkers/profiles", &renewed.field("access_token")).await), [107]);
}

#[tokio::test]
async fn the_operators_way_is_a_401_for_everybody_else() {
    let server = Server::start();
    let path = |id: i64| format!("/api/sys/users/impersonate?coworkerId={id}");
    let maria = server.sign_in(MARIA).await;
    for bearer in ["", maria.as_str()] {
        assert_eq!(server.get(&path(104), bearer).await.status, 401);
    }
    let ops = server.sign_in(OPS).await;
    assert_eq!(server.get(&path(424_242), &ops).await.status, 404);
    let start = server.get(&path(104), &ops).await.field("token");
    let session = server.exchange(&start).await.field("token");
    assert_eq!(claims(&session)["act"]["sub"], "9005");
    assert_eq!(server.whoami(&session).await, 200);
    assert_eq!(server.impersonate(&ops, 104).await.status, 403, "the members' way needs a team");
}

#[tokio::test]
async fn a_head_request_issues_no_token() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let reply = server.call(Method::HEAD, "/api/public/coworkers/104/impersonate", &maria, "").await;
    assert_eq!(reply.status, 405);
    assert_eq!(server.get("/sandbox/audit", "").await.json(), serde_json::json!([]));
}
