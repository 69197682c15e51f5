//! The server in front of another one with the sandbox, over real connections.

use crate::child::Running;
use crate::client::{MARIA, PASSWORD, Server};
use axum::http::Method;

#[tokio::test(flavor = "multi_thread")]
async fn one_signs_in_acts_as_another_and_comes_back_through_the_upstream() {
    let sandbox = Running::start(&[]);
    let server = Server::in_front_of(&format!("http://{}", sandbox.address), &[]);
    assert_eq!(server.sign_in_with(MARIA, "wrong").await.json()["error"], "invalid_grant");
    let form =
        format!("grant_type=password&username={}&password={PASSWORD}&totp=", MARIA.replace('@', "%40"));
    let reply = server.token(&form, "client-of-maria").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let (maria, refresh) = (reply.field("access_token"), reply.field("refresh_token"));
    let renew = format!("grant_type=refresh_token&refresh_token={refresh}");
    assert_eq!(
        server.token(&renew, "client-of-another").await.status,
        400,
        "client_id arrived at the sign-in"
    );
    let acting = server.act(&maria, 104).await;
    let whoami = server.get("/api/public/coworkers/profiles?_shape=User.Id", &acting).await;
    assert_eq!(whoami.json()["User"]["Id"], 9003);
    let change = server.call(Method::PUT, "/api/public/coworkers/profiles/current", &maria, "{}").await;
    assert!(change.status.is_client_error(), "{}", change.status);
    assert_eq!(server.get("/en/login/logout", &acting).await.status, 200);
    assert_eq!((server.whoami(&acting).await, server.whoami(&maria).await), (401, 200));
}

#[test]
fn the_pages_and_the_settings_are_this_servers_own() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "<p>here</p>").unwrap();
    let sandbox = Running::start(&["--brand", "There"]);
    let upstream = format!("http://{}", sandbox.address);
    let server = Running::start(&[
        "--upstream",
        &upstream,
        "--brand",
        "Here",
        "--dist",
        folder.path().to_str().unwrap(),
    ]);
    let get =
        |path: &str| server.ask(&format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
    assert!(get("/sign-in").contains("<p>here</p>"));
    assert!(get("/config.json").contains(r#""brand":"Here""#), "{}", get("/config.json"));
    assert!(get("/api/public/businesses/current").contains("harbourhouse"));
    assert!(get("/sandbox/audit").starts_with("HTTP/1.1 404"));
}

/// A certificate for 127.0.0.1, its key, and the authority that signed it, as files.
pub fn certificates(folder: &std::path::Path) -> [String; 3] {
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let mut authority = rcgen::CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority_pem = authority.self_signed(&authority_key).unwrap().pem();
    let issuer = rcgen::Issuer::new(authority, authority_key);
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()])
        .unwrap()
        .signed_by(&key, &issuer)
        .unwrap();
    let files =
        [("cert.pem", certificate.pem()), ("key.pem", key.serialize_pem()), ("ca.pem", authority_pem)];
    files.map(|(name, text)| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    })
}

#[test]
fn a_location_is_asked_over_tls_and_its_certificate_is_checked() {
    let folder = tempfile::TempDir::new().unwrap();
    let [cert, key, ca] = certificates(folder.path());
    let sandbox = Running::start(&["--tls-cert", &cert, "--tls-key", &key]);
    let upstream = format!("https://{}", sandbox.address);
    let business = "GET /api/public/businesses/current HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let stranger = Running::start(&["--upstream", &upstream]);
    assert!(stranger.ask(business).starts_with("HTTP/1.1 502"));
    let friend = Running::start(&["--upstream", &upstream, "--upstream-ca", &ca]);
    assert!(friend.ask(business).contains("harbourhouse"));
}

#[test]
fn authorities_that_cannot_be_read_are_said_in_one_line() {
    let folder = tempfile::TempDir::new().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    for file in [empty.to_str().unwrap(), "/nonexistent/ca.pem"] {
        let program = env!("CARGO_BIN_EXE_portal-server");
        let flags = ["--upstream", "https://a.example.com", "--upstream-ca", file];
        let output = std::process::Command::new(program).args(flags).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.lines().count() == 1 && text.contains(file), "{text}");
    }
}
