//! A location that answers with something else than data.

use super::{Location, TEAMS};
use crate::client::Reply;
use axum::http::Method;
use std::io::Write;
use std::time::Duration;

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
        ("403 Forbidden", "", "<h1>Blocked</h1>"),
        ("403 Forbidden", "content-type: application/xml\r\n", "\n<?xml version='1.0'?><html/>"),
        ("500 Internal Server Error", "content-type: text/html\r\n", "a word"),
    ] {
        let coding = if status.starts_with("403") { "identity" } else { "gzip" };
        let more = format!("retry-after: 9\r\ncontent-encoding: {coding}\r\ncontent-language: de\r\n");
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
        for body in ["<p>Sign in</p>", "\r\n  <!doctype html>", "\u{feff}<p>", "  ", "\0<\0p"] {
            let reply = passed(TEAMS, "200 OK", headers, body).await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (502, "application/json"));
            assert_eq!(reply.json()["WasSuccessful"], false, "{body:?}");
        }
    }
    let reply = passed("/en/login/logout", "200 OK", "content-type: text/html\r\n", "<p>Bye</p>").await;
    assert_eq!(
        (reply.status.as_u16(), reply.text.as_str()),
        (204, ""),
        "a sign-out that shows a page is done"
    );
}

#[tokio::test]
async fn a_page_that_is_not_called_one_is_a_page_too() {
    for headers in [
        "",
        "content-type: text/plain\r\n",
        "content-type: application/xml; charset=utf-8\r\n",
        "content-type: application/json\r\ncontent-type: text/html\r\n",
    ] {
        for body in ["<p>Sign in</p>", "\r\n  <!doctype html>", "\u{feff}<p>"] {
            let reply = passed(TEAMS, "200 OK", headers, body).await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (502, "application/json"));
            assert_eq!(reply.json()["WasSuccessful"], false, "{headers}{body:?}");
            let reply = passed("/en/login/logout", "200 OK", headers, body).await;
            assert_eq!((reply.status.as_u16(), reply.text.as_str()), (204, ""), "{headers}{body:?}");
        }
    }
}

#[tokio::test]
async fn what_the_api_may_answer_without_data_is_passed_on() {
    for (status, headers, body) in [
        ("200 OK", "", ""),
        ("204 No Content", "", ""),
        ("200 OK", "content-type: image/png\r\n", "picture"),
        ("200 OK", "content-type: application/pdf\r\n", "file"),
        ("200 OK", "content-type: text/plain\r\n", "word"),
        ("200 OK", "content-type: text/plain\r\n", " "),
        ("200 OK", "", "{\"Name\":\"<b>\"}"),
        ("200 OK", "content-type: application/json\r\n", "<p>"),
        ("200 OK", "content-type: text/plain\r\ncontent-encoding: gzip\r\n", "<p>"),
        ("400 Bad Request", "", "DISABLED"),
        ("422 Unprocessable Entity", "content-type: application/problem+json\r\n", "{}"),
        ("500 Internal Server Error", "content-type: application/problem+json; a=b\r\n", "{}"),
        ("503 Service Unavailable", "content-type: TEXT/JSON\r\n", "{}"),
    ] {
        let reply = passed(TEAMS, status, headers, body).await;
        assert_eq!((reply.status.to_string(), reply.text.as_str()), (status.into(), body), "{headers}");
    }
}

#[tokio::test]
async fn what_is_called_a_page_and_is_none_is_passed_on_as_words() {
    for (status, body) in [
        ("200 OK", ""),
        ("404 Not Found", ""),
        ("200 OK", "{\"Id\":1}"),
        ("400 Bad Request", "DISABLED"),
        ("403 Forbidden", "  {\"Message\":\"<b>No</b>\"}"),
    ] {
        let reply = passed(TEAMS, status, "content-type: text/html; charset=utf-8\r\n", body).await;
        assert_eq!((reply.status.to_string(), reply.text.as_str()), (status.into(), body));
        assert_eq!(
            reply.header("content-type"),
            "text/plain; charset=utf-8",
            "no browser makes a page of it"
        );
        assert_eq!(reply.header("content-length"), body.len().to_string());
    }
}

#[tokio::test]
async fn an_empty_reply_of_unknown_length_that_is_called_a_page_is_passed_on() {
    let reply = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";
    let reply = Location::saying(reply).server(&[]).get(TEAMS, "").await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
}

#[tokio::test]
async fn words_that_are_called_a_page_come_completely_in_whatever_pieces() {
    let location = Location::scripted(|_, stream| {
        let head =
            "HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(format!("{head}1\r\nD\r\n").as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        stream.write_all(b"7\r\nISABLED\r\n0\r\n\r\n").is_ok()
    });
    assert_eq!(location.server(&[]).get(TEAMS, "").await.text, "DISABLED");
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_what_it_is_called() {
    let packed = "content-type: text/html\r\ncontent-encoding: gzip\r\n";
    assert_eq!(passed(TEAMS, "200 OK", packed, "packed").await.status, 502);
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\n";
    let head = Location::saying(page).server(&[]).call(Method::HEAD, TEAMS, "", "").await;
    assert_eq!(head.status, 502, "nothing of the body is seen");
}
