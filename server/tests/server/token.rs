use crate::client::{AISHA, MARIA, PASSWORD, Server, claims};
use axum::body::Body;
use axum::http::{Method, Request};
use contract::Endpoint;
use contract::auth::{PasswordGrant, client_id};

#[tokio::test]
async fn the_right_password_gives_a_session_that_the_contract_reads() {
    let server = Server::with(&["--access-token-seconds", "120"]);
    let reply = server.sign_in_with("Maria.Santos@Example.com", PASSWORD).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "no-store");
    let session = PasswordGrant::read(&reply.text).unwrap();
    assert_eq!(session.expires_in, Some(120));
    assert!(session.refresh_token.is_some());
    let claims = claims(session.access_token.expose());
    assert_eq!((claims["sub"].as_str(), claims["typ"].as_str()), (Some("9001"), Some("access")));
    assert!(claims.get("act").is_none());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_sound_the_same() {
    let server = Server::start();
    for (email, password) in [(MARIA, "wrong"), ("nobody@example.com", PASSWORD), ("", ""), (MARIA, "")] {
        let reply = server.sign_in_with(email, password).await;
        assert_eq!(reply.status, 400);
        assert_eq!(reply.field("error"), "invalid_grant");
        assert_eq!(reply.field("error_description"), "The email or password is incorrect.");
    }
}

#[tokio::test]
async fn a_suspended_account_is_told_so_only_with_the_right_password() {
    let server = Server::start();
    let reply = server.sign_in_with("suspended@example.com", PASSWORD).await;
    assert_eq!((reply.status.as_u16(), reply.field("error").as_str()), (400, "invalid_grant"));
    assert!(reply.field("error_description").contains("suspended"));
    let reply = server.sign_in_with("suspended@example.com", "wrong").await;
    assert_eq!(reply.field("error_description"), "The email or password is incorrect.");
}

#[tokio::test]
async fn anything_but_a_form_with_a_known_grant_is_unsupported() {
    let server = Server::start();
    let json =
        Request::builder().method(Method::POST).uri("/api/token").header("content-type", "application/json");
    let body = format!(r#"{{"grant_type":"password","username":"{MARIA}","password":"{PASSWORD}"}}"#);
    let replies = [
        server.send(json.body(Body::from(body)).unwrap()).await,
        server.token("grant_type=magic", "").await,
        server.token("", "").await,
    ];
    for reply in replies {
        assert_eq!((reply.status.as_u16(), reply.field("error").as_str()), (400, "unsupported_grant_type"));
    }
}

#[tokio::test]
async fn a_refresh_token_works_once_and_only_for_its_client() {
    let server = Server::start();
    let client = client_id(MARIA);
    let form = format!("grant_type=password&username={MARIA}&password={PASSWORD}");
    let first = server.token(&form, &client).await;
    let renew = |token: String| format!("grant_type=refresh_token&refresh_token={token}");
    let form = renew(first.field("refresh_token"));
    for wrong in ["", MARIA, "nexudus.portal.other@example.com"] {
        let reply = server.token(&form, wrong).await;
        assert_eq!((reply.status.as_u16(), reply.field("error").as_str()), (400, "invalid_grant"), "{wrong}");
    }
    let second = server.token(&form, &client).await;
    assert_eq!(second.status, 200);
    assert_eq!(server.token(&form, &client).await.field("error"), "invalid_grant");
    assert_eq!(server.token(&renew(second.field("refresh_token")), &client).await.status, 200);
    // Bearers issued before a renewal stay good.
    assert_eq!(server.whoami(&first.field("access_token")).await, 200);
}

#[tokio::test]
async fn without_a_client_id_the_email_is_the_client() {
    let server = Server::start();
    let first = server.sign_in_with(MARIA, PASSWORD).await;
    let form = format!("grant_type=refresh_token&refresh_token={}", first.field("refresh_token"));
    assert_eq!(server.token(&form, MARIA).await.status, 200);
}

#[tokio::test]
async fn two_renewals_at_once_give_one_session() {
    let server = Server::start();
    for _ in 0..20 {
        let token = server.sign_in_with(MARIA, PASSWORD).await.field("refresh_token");
        let form = format!("grant_type=refresh_token&refresh_token={token}");
        let renewals = (0..2).map(|_| {
            let (server, form) = (server.clone(), form.clone());
            tokio::spawn(async move { server.token(&form, MARIA).await.status.as_u16() })
        });
        let mut statuses = Vec::new();
        for renewal in renewals.collect::<Vec<_>>() {
            statuses.push(renewal.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
    }
}

#[tokio::test]
async fn five_wrong_passwords_make_one_address_wait_and_no_other() {
    let server = Server::start();
    for _ in 0..5 {
        assert_eq!(server.sign_in_with(AISHA, "wrong").await.status, 400);
    }
    let reply = server.sign_in_with(AISHA, PASSWORD).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (429, ""));
    let wait: u32 = reply.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&wait));
    assert_eq!(server.sign_in_with(MARIA, PASSWORD).await.status, 200);
    server.control("clock/advance?seconds=10").await;
    assert_eq!(server.sign_in_with(AISHA, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_bearer_expires_by_the_servers_clock() {
    let server = Server::with(&["--access-token-seconds", "60"]);
    let bearer = server.sign_in(MARIA).await;
    assert_eq!(server.whoami(&bearer).await, 200);
    server.control("clock/advance?seconds=61").await;
    assert_eq!(server.whoami(&bearer).await, 401);
}

#[tokio::test]
async fn signing_out_ends_bearer_refresh_token_and_every_session_started_from_it() {
    let server = Server::start();
    let own = server.sign_in_with(MARIA, PASSWORD).await;
    let bearer = own.field("access_token");
    let other = server.sign_in(MARIA).await;
    let acting = server.act(&bearer, 104).await;
    assert_eq!(server.get("/en/login/logout", &bearer).await.status, 200);
    assert_eq!(server.whoami(&bearer).await, 401);
    assert_eq!(server.whoami(&acting).await, 401);
    let form = format!("grant_type=refresh_token&refresh_token={}", own.field("refresh_token"));
    assert_eq!(server.token(&form, MARIA).await.status, 400);
    assert_eq!(server.whoami(&other).await, 200, "another device stays signed in");
}

#[tokio::test]
async fn p25_signing_out_of_a_session_as_another_person_leaves_ones_own_alone() {
    let server = Server::start();
    let own = server.sign_in(MARIA).await;
    let acting = server.act(&own, 104).await;
    assert_eq!(server.get("/en/login/logout", &acting).await.status, 200);
    assert_eq!((server.whoami(&acting).await, server.whoami(&own).await), (401, 200));
}

#[tokio::test]
async fn signing_out_without_a_session_is_done_already() {
    let server = Server::start();
    assert_eq!(server.get("/en/login/logout", "").await.status, 200);
    assert_eq!(server.get("/en/login/logout", "nonsense").await.status, 200);
}
