use crate::client::{AISHA, Server, VERA};
use axum::body::Body;
use axum::http::Request;
use contract::BusinessId;
use contract::auth::{SendOtp, StartPasswordReset};
use http_body_util::BodyExt;
use portal_server::{Command, build, command};
use tower::ServiceExt;

#[tokio::test]
async fn the_page_shows_every_mail_with_a_link_to_follow_the_newest_first() {
    let server = Server::start();
    assert!(server.get("/sandbox/mail", "").await.text.contains("Nothing has been sent yet."));
    server.ask(&StartPasswordReset { email: AISHA.into(), business_id: None }).await;
    server.ask(&SendOtp { email: AISHA.into(), business_id: BusinessId(7) }).await;
    let page = server.get("/sandbox/mail", "").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    let mails = server.mails().await;
    let links: Vec<&str> = mails.iter().map(|mail| mail["Link"].as_str().unwrap()).collect();
    assert!(links[0].starts_with("/sign-in/link?token=") && links[1].starts_with("/reset-password?token="));
    let at = |text: &str| page.text.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.text));
    assert!(at(&format!("href=\"{}\"", links[0])) < at(&format!("href=\"{}\"", links[1])));
    assert!(at(mails[0]["Code"].as_str().unwrap()) > 0);
    assert_eq!(mails[1]["Code"], serde_json::Value::Null);
    assert!(mails[0]["Text"].as_str().unwrap().starts_with("Hello Aisha Khan,\n\n"));
    assert!(mails[0]["At"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn the_page_shows_what_the_authenticator_of_an_account_shows() {
    let server = Server::start();
    let page = server.get("/sandbox/mail", "").await.text;
    let shown = page.split(VERA).nth(1).expect("she is there").split(['>', '<']).nth(2).unwrap();
    assert_eq!(shown.len(), 6, "{page}");
    let reply = server.sign_in_with_code(VERA, crate::client::PASSWORD, shown).await;
    assert_eq!(reply.status, 200, "{shown}");
}

#[tokio::test]
async fn the_page_is_there_without_the_controls_and_not_in_front_of_a_location() {
    for (flags, status) in [(&[][..], 200), (&["--upstream", "https://a.example.com"], 404)] {
        let own = ["portal-server", "--dist", "/nonexistent"];
        let Command::Serve(options) = command(own.iter().chain(flags).map(Into::into)) else {
            panic!("wrong flags")
        };
        for path in ["/sandbox/mail", "/sandbox/mail.json"] {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            let reply = build(&options).unwrap().oneshot(request).await.unwrap();
            assert_eq!(reply.status(), status, "{path}");
            let text = reply.into_body().collect().await.unwrap().to_bytes();
            assert!(!text.is_empty());
        }
        let request = Request::builder().uri("/sandbox/totp?email=x").body(Body::empty()).unwrap();
        assert_eq!(build(&options).unwrap().oneshot(request).await.unwrap().status(), 404);
    }
}
