//! Mailed links and codes, from asking for them to the session.

use crate::client::{AISHA, MARIA, OTTO, Reply, SUSPENDED, Server, VERA, claims};
use axum::http::Method;
use contract::auth::{ExchangeJwt, SendOtp, client_id, exchange, unnamed_client_id};
use contract::{BusinessId, Endpoint, ExchangeForm, OneTimeToken};

async fn send(server: &Server, email: &str) -> Reply {
    server.ask(&SendOtp { email: email.into(), business_id: BusinessId(7) }).await
}

/// The code of the newest mail.
async fn mailed_code(server: &Server) -> String {
    server.mails().await[0]["Code"].as_str().unwrap().to_owned()
}

/// Exchanges what somebody typed or followed.
async fn redeem(server: &Server, form: ExchangeForm, text: &str) -> Reply {
    let path = exchange(form, OneTimeToken::new(text).unwrap(), 1440).path;
    server.post(&path).await
}

const FORMS: [ExchangeForm; 2] = [ExchangeForm::AuthLogin, ExchangeForm::SysUsersExchange];

#[tokio::test]
async fn a_mailed_link_signs_in_at_both_addresses_with_a_session_that_can_be_renewed() {
    for form in FORMS {
        let server = Server::start();
        assert_eq!(send(&server, "AISHA.khan@example.com").await.status, 200);
        let reply = redeem(&server, form, &server.mailed_token("/sign-in/link").await).await;
        let session = ExchangeJwt::read(&reply.text).unwrap();
        assert_eq!((session.expires_in, reply.header("cache-control")), (Some(86_400), "no-store"));
        let bearer = session.access_token.expose();
        assert_eq!((claims(bearer)["sub"].as_str(), server.whoami(bearer).await), (Some("9003"), 200));
        assert!(claims(bearer).get("act").is_none(), "an ordinary session");
        let form =
            format!("grant_type=refresh_token&refresh_token={}", session.refresh_token.unwrap().expose());
        assert_eq!(server.token(&form, &client_id(AISHA)).await.status, 400, "no client was named");
        assert_eq!(server.token(&form, &unnamed_client_id(AISHA)).await.status, 200);
    }
}

#[tokio::test]
async fn a_code_signs_in_however_it_is_typed() {
    for form in FORMS {
        for typed in [
            |code: &str| code.to_owned(),
            |code: &str| code.to_lowercase().replace('-', ""),
            |code: &str| format!(" {} ", code.replace('-', " ")),
        ] {
            let server = Server::start();
            send(&server, AISHA).await;
            let code = typed(&mailed_code(&server).await);
            let reply = redeem(&server, form, &code).await;
            assert_eq!(claims(&reply.field("token"))["sub"], "9003", "{code}");
        }
    }
}

#[tokio::test]
async fn of_link_and_code_one_works_once() {
    let server = Server::start();
    send(&server, AISHA).await;
    let (link, code) = (server.mailed_token("/sign-in/link").await, mailed_code(&server).await);
    assert_eq!(server.exchange(&link).await.status, 200);
    for used in [&link, &code] {
        let reply = server.exchange(used).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (401, ""));
    }
    server.advance(20).await;
    send(&server, AISHA).await;
    let (link, code) = (server.mailed_token("/sign-in/link").await, mailed_code(&server).await);
    assert_eq!(server.exchange(&code).await.status, 200);
    assert_eq!(
        (server.exchange(&link).await.status, server.exchange(&code).await.status),
        (401.try_into().unwrap(), 401.try_into().unwrap())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sec_07_a_code_works_once_also_when_it_is_used_twice_at_the_same_moment() {
    let server = Server::start();
    for round in 0..20 {
        server.advance(20).await;
        send(&server, AISHA).await;
        let tokens = [server.mailed_token("/sign-in/link").await, mailed_code(&server).await];
        let attempts = tokens.map(|token| {
            let server = server.clone();
            tokio::spawn(async move { server.exchange(&token).await.status.as_u16() })
        });
        let mut statuses = Vec::new();
        for attempt in attempts {
            statuses.push(attempt.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401], "round {round}");
    }
}

#[tokio::test]
async fn link_and_code_end_after_a_quarter_of_an_hour_and_with_the_next_mail() {
    let server = Server::start();
    send(&server, AISHA).await;
    let first = (server.mailed_token("/sign-in/link").await, mailed_code(&server).await);
    server.advance(20).await;
    send(&server, AISHA).await;
    let second = (server.mailed_token("/sign-in/link").await, mailed_code(&server).await);
    assert_ne!(first, second);
    assert_eq!(
        (server.exchange(&first.0).await.status.as_u16(), server.exchange(&first.1).await.status.as_u16()),
        (401, 401)
    );
    server.advance(15 * 60).await;
    assert_eq!(
        (server.exchange(&second.0).await.status.as_u16(), server.exchange(&second.1).await.status.as_u16()),
        (401, 401)
    );
    send(&server, AISHA).await;
    server.advance(15 * 60 - 5).await;
    assert_eq!(server.exchange(&mailed_code(&server).await).await.status, 200);
}

#[tokio::test]
async fn the_answer_and_the_wait_do_not_tell_who_has_an_account() {
    let server = Server::start();
    let known = send(&server, MARIA).await;
    for email in ["nobody@example.com", SUSPENDED] {
        let reply = send(&server, email).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, known.text.as_str()), "{email}");
    }
    for email in ["Maria.Santos@example.com", "nobody@example.com"] {
        let reply = send(&server, email).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (429, ""), "{email}");
        assert!((1..=20).contains(&reply.header("retry-after").parse::<u32>().unwrap()));
    }
    let mails = server.mails().await;
    assert_eq!((mails.len(), &mails[0]["To"]), (1, &MARIA.into()));
    server.advance(20).await;
    assert_eq!(send(&server, MARIA).await.status, 200);
}

#[tokio::test]
async fn an_address_or_a_location_that_is_none_is_a_400_and_another_location_sends_nothing() {
    let server = Server::start();
    for query in
        ["", "email=maria.santos%40example.com", "email=maria&businessId=7", "email=a%40b&businessId=x"]
    {
        let reply = server.get(&format!("{}?{query}", SendOtp::ROUTE), "").await;
        assert_eq!(reply.status, 400, "{query}");
    }
    let reply = server.ask(&SendOtp { email: MARIA.into(), business_id: BusinessId(8) }).await;
    assert_eq!((reply.status.as_u16(), server.mails().await.len()), (200, 0));
    let head = format!("{}?email=aisha.khan%40example.com&businessId=7", SendOtp::ROUTE);
    assert_eq!(server.call(Method::HEAD, &head, "", "").await.status, 405, "it would send a mail");
}

#[tokio::test]
async fn guessing_at_codes_is_slowed_down_and_links_go_on_working() {
    let server = Server::start();
    send(&server, AISHA).await;
    let (link, code) = (server.mailed_token("/sign-in/link").await, mailed_code(&server).await);
    for _ in 0..5 {
        assert_eq!(server.exchange("AAAA-AAAA").await.status, 401);
    }
    let reply = server.exchange(&code).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (429, ""));
    assert!((1..=10).contains(&reply.header("retry-after").parse::<u32>().unwrap()));
    assert_eq!(server.exchange(&link).await.status, 200);
}

#[tokio::test]
async fn whoever_is_nobody_meanwhile_is_not_let_in() {
    for change in ["members/104/deactivate", "members/104/remove"] {
        let server = Server::start();
        send(&server, AISHA).await;
        let code = mailed_code(&server).await;
        server.control(change).await;
        assert_eq!(server.exchange(&code).await.status, 401, "{change}");
    }
}

#[tokio::test]
async fn a_mailed_link_asks_for_nothing_else() {
    for email in [VERA, OTTO] {
        let server = Server::start();
        send(&server, email).await;
        assert_eq!(server.exchange(&mailed_code(&server).await).await.status, 200, "{email}");
    }
}
