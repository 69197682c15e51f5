//! A location that answers with something else than data.

use super::{Location, TEAMS};
use crate::client::Reply;
use std::io::Write;

/// What becomes of a reply to a request of this address.
async fn passed(path: &str, status: &str, headers: &str, body: &str) -> Reply {
    let reply = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
    let location = Location::scripted(move |_, stream| stream.write_all(reply.as_bytes()).is_ok());
    location.server(&[]).get(path, "").await
}

#[tokio::test]
async fn an_error_that_is_no_data_becomes_the_apis_error_and_keeps_its_status() {
    for (status, headers, body) in [
        ("503 Service Unavailable", "content-type: Text/HTML; charset=utf-8\r\n", "<h1>Oh no!</h1>"),
        ("503 Service Unavailable", "content-type: application/xhtml+xml\r\n", "<html/>"),
        ("503 Service Unavailable", "content-type: text/plain\r\n", "upstream connect error"),
        ("502 Bad Gateway", "", "<html>Bad gateway</html>"),
        ("500 Internal Server Error", "", ""),
        ("404 Not Found", "content-type: text/html\r\n", "<h1>Not found</h1>"),
        ("403 Forbidden", "content-type:  text/html ;a=b\r\n", "<h1>Blocked</h1>"),
    ] {
        let more = "retry-after: 9\r\ncontent-encoding: gzip\r\ncontent-language: de\r\n";
        let reply = passed(TEAMS, status, &format!("{headers}{more}"), body).await;
        assert_eq!(
            (reply.status.to_string(), reply.header("content-type")),
            (status.into(), "application/json")
        );
        assert_eq!((reply.header("retry-after"), reply.header("content-encoding")), ("9", ""));
        assert_eq!(reply.header("content-language"), "");
        assert_eq!(reply.json()["WasSuccessful"], false, "{status} {headers}");
        assert_eq!(reply.json()["RequestId"], reply.header("x-request-id"));
    }
}

#[tokio::test]
async fn a_page_in_place_of_data_is_a_502() {
    for headers in ["content-type: text/html\r\n", "content-type: application/xhtml+xml; charset=utf-8\r\n"] {
        let reply = passed(TEAMS, "200 OK", headers, "<p>Sign in</p>").await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (502, "application/json"));
        assert_eq!(reply.json()["WasSuccessful"], false);
    }
    let reply = passed("/en/login/logout", "200 OK", "content-type: text/html\r\n", "<p>Bye</p>").await;
    assert_eq!(
        (reply.status.as_u16(), reply.text.as_str()),
        (204, ""),
        "a sign-out that shows a page is done"
    );
}

#[tokio::test]
async fn what_the_api_may_answer_without_data_is_passed_on() {
    for (status, headers, body) in [
        ("200 OK", "", ""),
        ("204 No Content", "", ""),
        ("200 OK", "content-type: image/png\r\n", "picture"),
        ("200 OK", "content-type: application/pdf\r\n", "file"),
        ("200 OK", "content-type: text/plain\r\n", "word"),
        ("400 Bad Request", "", "DISABLED"),
        ("422 Unprocessable Entity", "content-type: application/problem+json\r\n", "{}"),
        ("500 Internal Server Error", "content-type: application/problem+json; a=b\r\n", "{}"),
        ("503 Service Unavailable", "content-type: TEXT/JSON\r\n", "{}"),
    ] {
        let reply = passed(TEAMS, status, headers, body).await;
        assert_eq!((reply.status.to_string(), reply.text.as_str()), (status.into(), body), "{headers}");
    }
}
