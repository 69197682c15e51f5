use crate::client::{MARIA, OPS, Server, claims};

async fn start(server: &Server, coworker: i64) -> (String, String) {
    let maria = server.sign_in(MARIA).await;
    let token = server.impersonate(&maria, coworker).await.field("token");
    (maria, token)
}

#[tokio::test]
async fn the_session_is_the_target_and_names_the_administrator() {
    let server = Server::with(&["--acting-minutes", "20"]);
    let (_, token) = start(&server, 104).await;
    let reply = server.exchange(&token).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(reply.json().get("refresh_token").is_none() && reply.json().get("access_token").is_none());
    assert_eq!(reply.json()["expires_in"], 1200);
    let session = reply.field("token");
    let claims = claims(&session);
    assert_eq!(claims["sub"], "9003");
    assert_eq!((&claims["act"]["sub"], &claims["act"]["coworker"]), (&"9001".into(), &101.into()));
    let whoami = server.get("/api/public/coworkers/profiles", &session).await.json();
    assert_eq!(whoami["User"]["Id"], 9003);
    assert_eq!(whoami["Profiles"][0]["Id"], 104);
}

#[tokio::test]
async fn the_other_address_does_the_same_and_never_gives_more_than_an_hour() {
    let server = Server::start();
    let (_, token) = start(&server, 104).await;
    let path = |minutes: &str| format!("/api/sys/users/exchange?token={token}&validForInMinutes={minutes}");
    assert_eq!(server.post(&format!("/api/sys/users/exchange?token={token}")).await.status, 400);
    for wrong in ["", "soon", "-5", "0"] {
        assert_eq!(server.post(&path(wrong)).await.status, 400, "{wrong}");
    }
    let reply = server.post(&path("1440")).await;
    assert_eq!(reply.json()["expires_in"], 3600);
    assert_eq!(server.whoami(&reply.field("token")).await, 200);
    assert_eq!(server.post(&path("30")).await.status, 401, "used");
}

#[tokio::test]
async fn a_token_works_once() {
    let server = Server::start();
    let (_, token) = start(&server, 104).await;
    assert_eq!(server.exchange(&token).await.status, 200);
    let again = server.exchange(&token).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (401, ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_works_once_also_under_exchanges_at_the_same_time() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    for round in 0..60 {
        let token = server.impersonate(&maria, 104).await.field("token");
        let gate = std::sync::Arc::new(tokio::sync::Barrier::new(4));
        let attempts: Vec<_> = (0..4)
            .map(|_| {
                let (server, token, gate) = (server.clone(), token.clone(), gate.clone());
                tokio::spawn(async move {
                    gate.wait().await;
                    server.exchange(&token).await.status.as_u16()
                })
            })
            .collect();
        let mut statuses = Vec::new();
        for attempt in attempts {
            statuses.push(attempt.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401, 401, 401], "round {round}");
    }
}

#[tokio::test]
async fn a_token_expires_after_sixty_seconds() {
    let server = Server::start();
    let (_, token) = start(&server, 104).await;
    server.control("clock/advance?seconds=60").await;
    assert_eq!(server.exchange(&token).await.status, 401);
}

#[tokio::test]
async fn sec_26_a_start_token_is_no_bearer_and_a_bearer_starts_nothing() {
    let server = Server::start();
    let (maria, token) = start(&server, 104).await;
    assert_eq!(server.whoami(&token).await, 401);
    assert_eq!(server.exchange(&maria).await.status, 401);
    for nonsense in ["x", "a.b.c", "%20", "..%2f.."] {
        assert_eq!(server.exchange(nonsense).await.status, 401, "{nonsense}");
    }
    assert_eq!(server.exchange(&token).await.status, 200, "none of this used it up");
}

#[tokio::test]
async fn what_changed_since_the_start_is_checked_at_the_exchange() {
    for change in [
        "teams/55/admins/101/remove",
        "members/104/deactivate",
        "members/104/remove",
        "members/101/deactivate",
        "sessions/revoke?email=maria.santos%40example.com",
    ] {
        let server = Server::start();
        let (_, token) = start(&server, 104).await;
        server.control(change).await;
        assert_eq!(server.exchange(&token).await.status, 401, "{change}");
    }
}

#[tokio::test]
async fn signing_out_voids_a_token_that_was_not_exchanged_yet() {
    let server = Server::start();
    let (maria, token) = start(&server, 104).await;
    server.get("/en/login/logout", &maria).await;
    assert_eq!(server.exchange(&token).await.status, 401);
}

#[tokio::test]
async fn acting_ends_as_soon_as_its_reason_is_gone() {
    for change in [
        "teams/55/admins/101/remove",
        "members/104/deactivate",
        "members/104/remove",
        "members/101/remove",
        "sessions/revoke?email=maria.santos%40example.com",
        "sessions/revoke?email=aisha.khan%40example.com",
        "clock/advance?seconds=1800",
    ] {
        let server = Server::start();
        let maria = server.sign_in(MARIA).await;
        let acting = server.act(&maria, 104).await;
        assert_eq!(server.whoami(&acting).await, 200);
        server.control(change).await;
        assert_eq!(server.whoami(&acting).await, 401, "{change}");
    }
}

#[tokio::test]
async fn an_operators_acting_outlives_the_teams() {
    let server = Server::start();
    let ops = server.sign_in(OPS).await;
    let start = server.get("/api/sys/users/impersonate?coworkerId=104", &ops).await.field("token");
    let acting = server.exchange(&start).await.field("token");
    server.control("teams/55/admins/101/remove").await;
    assert_eq!(server.whoami(&acting).await, 200);
}

#[tokio::test]
async fn p08_two_administrators_acting_as_one_person_have_sessions_of_their_own() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let jonas = server.sign_in(crate::client::JONAS).await;
    let (by_maria, by_jonas) = (server.act(&maria, 104).await, server.act(&jonas, 104).await);
    server.get("/en/login/logout", &by_maria).await;
    assert_eq!((server.whoami(&by_maria).await, server.whoami(&by_jonas).await), (401, 200));
    assert_eq!(claims(&by_jonas)["act"]["coworker"], 110);
}
