use crate::client::{MARIA, Server};
use axum::http::Method;
use contract::location::{Configuration, CurrentBusiness};
use contract::{Endpoint, ExchangeForm, ProfileChoice, Settings};

#[tokio::test]
async fn the_location_and_its_settings_need_no_session() {
    let server = Server::start();
    let reply = server.get(&CurrentBusiness.request().path, "").await;
    let business = CurrentBusiness::read(&reply.text).unwrap();
    assert_eq!((business.id.0, business.web_address.as_str()), (7, "harbourhouse"));
    assert_eq!((business.language_culture.as_str(), business.time_zone.as_str()), ("en-GB", "Europe/London"));
    assert!(!reply.text.contains("PostalCode"), "the shape left it out");
    let reply = server.get(&Configuration.request().path, "").await;
    assert!(!Configuration::read(&reply.text).unwrap().is_empty());
}

#[tokio::test]
async fn the_portals_settings_come_from_the_flags() {
    let server = Server::with(&["--exchange", "sys/users/exchange", "--profile-choice", "impersonate"]);
    let reply = server.get("/config.json", "").await;
    assert_eq!(reply.header("cache-control"), "no-cache");
    let settings: Settings = contract::json::read(&reply.text).unwrap();
    assert_eq!(settings.exchange, ExchangeForm::SysUsersExchange);
    assert_eq!(settings.profile_choice, ProfileChoice::Impersonate);
}

#[tokio::test]
async fn an_unknown_address_of_the_api_is_never_a_page() {
    let server = Server::start();
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/public/teams",
        "/en/nothing",
        "/sandbox/nothing",
        "/API/public/businesses/current",
        "/api%2fpublic/businesses/current",
        "/%61pi/token",
        "/%2f/Api/token",
        "/%45n/login",
        "/Sandbox/mail",
    ] {
        let reply = server.get(path, "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.header("content-type"), "application/json", "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_wrong_verb_is_a_405_that_says_which_are_right() {
    let server = Server::start();
    let wrong = [
        (Method::GET, "/api/token"),
        (Method::PUT, "/api/token"),
        (Method::DELETE, "/sandbox/mail"),
        (Method::POST, "/api/public/coworkers/profiles"),
        (Method::POST, "/api/public/coworkers/profiles/current"),
        (Method::PUT, "/api/public/coworker/profile"),
        (Method::POST, "/api/public/teams/55/permissions/104"),
        (Method::GET, "/api/public/teams/55/members"),
        (Method::PUT, "/api/public/teams/55/members/104"),
        (Method::GET, "/api/public/auth/login/token"),
        (Method::POST, "/"),
    ];
    for (method, path) in wrong {
        let reply = server.call(method, path, "", "").await;
        assert_eq!(reply.status, 405, "{path}");
        assert!(!reply.header("allow").is_empty(), "{path}");
        assert!(path == "/" || reply.field("Message") == "This cannot be done here.", "{path}");
    }
}

#[tokio::test]
async fn an_address_with_a_part_that_is_no_text_is_refused_in_the_apis_words() {
    let server = Server::start();
    for path in ["/api/public/auth/login/SECRET%ff", "/sandbox/members/x/remove"] {
        let reply = server.post(path).await;
        assert_eq!(reply.status, 400, "{path}");
        assert_eq!(reply.field("Message"), "A part of the address cannot be read.");
        assert_eq!(reply.header("content-type"), "application/json", "{path}");
    }
}

#[tokio::test]
async fn a_fault_of_the_sandbox_is_told_in_the_apis_words() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("sandbox.db");
    let server = Server::with(&["--db", file.to_str().unwrap()]);
    rusqlite::Connection::open(&file).unwrap().execute_batch("DROP TABLE audit").unwrap();
    let reply = server.get("/sandbox/audit", "").await;
    assert_eq!(reply.status, 500);
    assert!(!reply.field("Message").is_empty() && reply.json()["Status"] == 500, "{}", reply.text);
}

#[tokio::test]
async fn the_controls_are_not_there_unless_asked_for() {
    let portal_server::Command::Serve(options) =
        portal_server::command(["portal-server", "--dist", "/nonexistent"].map(Into::into))
    else {
        panic!("wrong flags")
    };
    let router = portal_server::build(&options).unwrap();
    let request =
        axum::http::Request::builder().uri("/sandbox/audit").body(axum::body::Body::empty()).unwrap();
    let reply = tower::ServiceExt::oneshot(router, request).await.unwrap();
    assert_eq!(reply.status(), 404);
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let body = "x".repeat(65 * 1024);
    let reply = server.call(Method::PUT, "/api/public/teams/55/permissions/104", &maria, &body).await;
    assert_eq!(reply.status, 413);
}

#[tokio::test]
async fn where_the_portal_asks_a_location_itself_this_server_answers_no_api() {
    let server = Server::beside("https://harbour.example.com", &[]);
    let form = "grant_type=password&username=maria.santos%40example.com&password=harbour-demo&totp=";
    let mut replies = vec![server.token(form, "").await];
    for path in ["/api/public/businesses/current", "/en/login/logout", "/sandbox/mail", "/sandbox/audit"] {
        replies.push(server.get(path, "").await);
    }
    for reply in replies {
        assert_eq!(reply.status, 404);
        assert_eq!(reply.field("Message"), "There is no such address in this API.");
    }
}

#[tokio::test]
async fn sec_28_every_reply_carries_the_security_headers() {
    let server = Server::start();
    for path in ["/", "/api/nothing", "/healthz", "/config.json", "/portal.js"] {
        let reply = server.get(path, "").await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
    assert_eq!(server.get("/healthz", "").await.status, 200);
}
