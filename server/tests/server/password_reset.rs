use crate::client::{AISHA, MARIA, OTTO, PASSWORD, Reply, SUSPENDED, Server, VERA, claims};
use contract::auth::{CompletePasswordReset, SendOtp, StartPasswordReset, code};
use contract::{BusinessId, Endpoint, Problem, ResetToken};
use serde_json::json;

const NEW: &str = "quay-side-morning";

async fn start(server: &Server, email: &str) -> Reply {
    server.ask(&StartPasswordReset { email: email.into(), business_id: Some(BusinessId(7)) }).await
}

async fn complete(server: &Server, token: &str, password: &str) -> Reply {
    let token = ResetToken::new(token).unwrap();
    server.ask(&CompletePasswordReset { token, password: password.into(), business_id: BusinessId(7) }).await
}

/// What is wrong with which field, whichever way the reply says it.
fn refusal(reply: &Reply) -> (u16, String) {
    let problem = match CompletePasswordReset::read(&reply.text) {
        Ok(said) if reply.status == 200 => CompletePasswordReset::refusal(&said).expect("it went through"),
        _ => Problem::read(&reply.text),
    };
    assert_eq!(problem.fields.len(), 1, "{}", reply.text);
    (reply.status.as_u16(), problem.fields[0].field.clone())
}

#[tokio::test]
async fn a_mailed_link_sets_a_new_password_and_signs_in() {
    let server = Server::start();
    let before = server.sign_in(AISHA).await;
    assert_eq!(start(&server, "Aisha.Khan@example.com ").await.status, 200);
    let token = server.mailed_token("/reset-password").await;
    let said = ResetToken::new(token.clone()).unwrap().claims().unwrap();
    assert_eq!(said.email.as_deref(), Some(AISHA), "what the page shows");
    let reply = complete(&server, &token, NEW).await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, "no-store"));
    let once = CompletePasswordReset::read(&reply.text).unwrap().token.unwrap();
    assert_eq!(server.whoami(once.expose()).await, 401, "no bearer");
    let session = server.exchange(once.expose()).await.field("token");
    assert_eq!(claims(&session)["sub"], "9003");
    assert_eq!(
        (server.whoami(&session).await, server.whoami(&before).await),
        (200, 401),
        "old sessions are over"
    );
    assert_eq!(server.exchange(once.expose()).await.status, 401, "used");
    assert_eq!(server.sign_in_with(AISHA, PASSWORD).await.status, 400);
    assert_eq!(server.sign_in_with(AISHA, NEW).await.status, 200);
}

#[tokio::test]
async fn the_answer_does_not_tell_who_has_an_account() {
    let server = Server::start();
    let known = start(&server, MARIA).await;
    for email in ["nobody@example.com", SUSPENDED] {
        let reply = start(&server, email).await;
        assert_eq!((reply.status, reply.text.as_str()), (known.status, known.text.as_str()), "{email}");
    }
    let mails = server.mails().await;
    assert_eq!((mails.len(), &mails[0]["To"]), (1, &MARIA.into()));
    for body in ["", "{}", r#"{"email":1}"#, r#"{"email":"nobody"}"#] {
        let reply = server.call(axum::http::Method::POST, StartPasswordReset::ROUTE, "", body).await;
        assert_eq!(reply.status, 400, "{body}");
    }
}

#[tokio::test]
async fn a_password_that_is_not_taken_is_said_beside_its_field_and_leaves_the_link_good() {
    let server = Server::start();
    start(&server, AISHA).await;
    let token = server.mailed_token("/reset-password").await;
    for password in ["", "too-short", "ünïcödé-9", PASSWORD] {
        let reply = complete(&server, &token, password).await;
        assert_eq!(refusal(&reply), (200, "Password".into()), "{password}");
        assert!(password.is_empty() || !reply.text.contains(password), "it is not sent back");
    }
    assert_eq!(server.sign_in_with(AISHA, PASSWORD).await.status, 200, "nothing has changed");
    assert!(CompletePasswordReset::read(&complete(&server, &token, NEW).await.text).unwrap().token.is_some());
}

#[tokio::test]
async fn a_link_works_once_for_half_an_hour_and_takes_the_others_along() {
    let server = Server::start();
    start(&server, AISHA).await;
    let first = server.mailed_token("/reset-password").await;
    start(&server, AISHA).await;
    let second = server.mailed_token("/reset-password").await;
    let used = |reply: Reply| assert_eq!(refusal(&reply), (400, "Token".into()));
    server.advance(29 * 60).await;
    complete(&server, &first, NEW).await;
    used(complete(&server, &first, "another-password").await);
    used(complete(&server, &second, "another-password").await);
    start(&server, MARIA).await;
    let late = server.mailed_token("/reset-password").await;
    server.advance(30 * 60).await;
    let end = ResetToken::new(late.clone()).unwrap().claims().unwrap().expires_at.unwrap();
    assert_eq!(end - claims(&late)["iat"].as_i64().unwrap(), 1800);
    used(complete(&server, &late, NEW).await);
    assert_eq!(server.sign_in_with(MARIA, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn sec_26_no_other_kind_of_token_sets_a_password_and_this_one_opens_nothing() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let start_token = server.impersonate(&maria, 104).await.field("token");
    server.ask(&SendOtp { email: AISHA.into(), business_id: BusinessId(7) }).await;
    let link = server.mailed_token("/sign-in/link").await;
    for token in [maria.as_str(), &start_token, &link, "x", "a.b.c"] {
        assert_eq!(refusal(&complete(&server, token, NEW).await), (400, "Token".into()));
    }
    start(&server, AISHA).await;
    let reset = server.mailed_token("/reset-password").await;
    assert_eq!(server.whoami(&reset).await, 401);
    assert_eq!(server.exchange(&reset).await.status, 401);
    assert_eq!(complete(&server, &reset, NEW).await.status, 200, "none of this used it up");
}

#[tokio::test]
async fn whoever_must_reset_gets_a_token_for_it_and_no_session() {
    let server = Server::start();
    assert_eq!(server.sign_in_with(OTTO, "wrong").await.field("error"), "invalid_grant");
    let reply = server.sign_in_with(OTTO, PASSWORD).await;
    assert_eq!(reply.status, 400);
    let problem = Problem::read(&reply.text);
    assert_eq!((problem.code.as_str(), problem.message.as_str()), (code::MUST_RESET, ""));
    let token = problem.reset_token.unwrap();
    assert_eq!(token.claims().unwrap().email.as_deref(), Some(OTTO));
    let reply = complete(&server, token.expose(), NEW).await;
    let once = CompletePasswordReset::read(&reply.text).unwrap().token.unwrap();
    assert_eq!(server.exchange(once.expose()).await.status, 200);
    assert_eq!(server.sign_in_with(OTTO, NEW).await.status, 200, "once is enough");
}

#[tokio::test]
async fn a_new_password_voids_what_the_old_one_and_its_mails_let_in() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let as_aisha = server.act(&maria, 104).await;
    let own = server.sign_in_with(AISHA, PASSWORD).await;
    server.ask(&SendOtp { email: AISHA.into(), business_id: BusinessId(7) }).await;
    let link = server.mailed_token("/sign-in/link").await;
    start(&server, AISHA).await;
    complete(&server, &server.mailed_token("/reset-password").await, NEW).await;
    assert_eq!(server.exchange(&link).await.status, 401);
    assert_eq!(server.whoami(&as_aisha).await, 401);
    let form = format!("grant_type=refresh_token&refresh_token={}", own.field("refresh_token"));
    assert_eq!(server.token(&form, AISHA).await.field("error"), "invalid_grant");
    assert_eq!(server.whoami(&maria).await, 200, "somebody else's session is none of this");
}

#[tokio::test]
async fn a_new_password_ends_the_wait_after_wrong_ones_and_a_second_factor_stays() {
    let server = Server::start();
    for _ in 0..5 {
        server.sign_in_with(VERA, "wrong").await;
    }
    assert_eq!(server.sign_in_with(VERA, PASSWORD).await.status, 429);
    start(&server, VERA).await;
    complete(&server, &server.mailed_token("/reset-password").await, NEW).await;
    assert_eq!(server.sign_in_with(VERA, NEW).await.field("error"), code::TWO_FACTOR);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_resets_at_the_same_time_one_goes_through() {
    let server = Server::start();
    for round in 0..20 {
        start(&server, AISHA).await;
        let token = server.mailed_token("/reset-password").await;
        let attempts = [0, 1].map(|which| {
            let (server, token) = (server.clone(), token.clone());
            tokio::spawn(async move {
                complete(&server, &token, &format!("morning-{round}-{which}")).await.status.as_u16()
            })
        });
        let mut statuses = Vec::new();
        for attempt in attempts {
            statuses.push(attempt.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400], "round {round}");
    }
}

#[tokio::test]
async fn a_token_is_not_good_at_another_location_and_stays_good_at_its_own() {
    let server = Server::start();
    start(&server, AISHA).await;
    let token = server.mailed_token("/reset-password").await;
    let elsewhere = CompletePasswordReset {
        token: ResetToken::new(token.clone()).unwrap(),
        password: NEW.into(),
        business_id: BusinessId(8),
    };
    assert_eq!(refusal(&server.ask(&elsewhere).await), (400, CompletePasswordReset::TOKEN.to_owned()));
    assert_eq!(complete(&server, &token, NEW).await.status, 200);
}

#[tokio::test]
async fn a_body_without_token_password_or_location_is_a_400() {
    let server = Server::start();
    for body in [
        "",
        "[]",
        "{}",
        r#"{"Token":"a.b.c"}"#,
        r#"{"token":"a.b.c","password":"quay-side-morning","businessId":7}"#,
        r#"{"Token":"a.b.c","Password":"quay-side-morning"}"#,
        r#"{"Token":"a.b.c","Password":"quay-side-morning","BusinessId":"x"}"#,
    ] {
        let reply = server.call(axum::http::Method::POST, CompletePasswordReset::ROUTE, "", body).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["Errors"]), (400, &json!(null)), "{body}");
    }
}
