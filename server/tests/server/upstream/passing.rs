//! What passes in which direction.

use super::{EMPTY, Location, TEAMS};
use axum::body::Body;
use axum::http::{Method, Request};
use std::io::Write;

#[tokio::test]
async fn a_request_is_passed_on_with_what_the_api_reads_and_nothing_else() {
    let location = Location::saying(EMPTY);
    let request = Request::builder()
        .method("POST")
        .uri("/api/token?a=b%2Fc")
        .header("host", "portal.example.com")
        .header("client_id", "nexudus.portal.a@example.com")
        .header("authorization", "Bearer a.b.c")
        .header("accept", "application/json")
        .header("accept-encoding", "br")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-use-timezone", "true")
        .header("cookie", "session=secret")
        .header("origin", "https://portal.example.com")
        .header("referer", "https://portal.example.com/a")
        .header("user-agent", "Browser")
        .header("x-forwarded-for", "192.0.2.7")
        .header("x-http-method-override", "DELETE")
        .header("connection", "keep-alive, x-one")
        .header("keep-alive", "timeout=5")
        .header("proxy-authorization", "Basic secret")
        .header("te", "trailers")
        .header("upgrade", "h2c")
        .header("x-one", "hop")
        .body(Body::from("grant_type=password"));
    let reply = location.server(&[]).send(request.unwrap()).await;
    assert_eq!(reply.status, 200);
    let heard = location.heard().remove(0);
    assert!(heard.head.starts_with("POST /api/token?a=b%2Fc HTTP/1.1\r\n"), "{}", heard.head);
    assert_eq!(heard.body, "grant_type=password");
    let mut names: Vec<_> = heard.head.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "accept-encoding",
            "authorization",
            "client_id",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-request-id",
            "x-use-timezone"
        ]
    );
    assert_eq!(heard.header("x-request-id"), reply.header("x-request-id"));
    assert_eq!(heard.header("client_id"), "nexudus.portal.a@example.com");
    assert_eq!(heard.header("host"), location.address.to_string());
    assert_eq!(heard.header("user-agent"), concat!("portal-server/", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn a_write_without_a_body_says_so() {
    let location = Location::saying(EMPTY);
    let server = location.server(&[]);
    for (method, length) in
        [("POST", "0"), ("PUT", "0"), ("PATCH", "0"), ("DELETE", ""), ("GET", ""), ("HEAD", "")]
    {
        server.call(method.parse().unwrap(), TEAMS, "", "").await;
        let heard = location.heard().pop().unwrap();
        assert!(heard.head.starts_with(method) && heard.head.contains("HTTP/1.1"), "{}", heard.head);
        assert_eq!(heard.header("content-length"), length, "{method}");
        assert_eq!(heard.header("transfer-encoding"), "", "{method}");
    }
}

#[tokio::test]
async fn what_connection_names_goes_no_further_in_either_direction() {
    let location = Location::saying(
        "HTTP/1.1 200 OK\r\nconnection: Retry-After, keep-alive\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n",
    );
    let request =
        Request::builder().uri(TEAMS).header("connection", "X-Use-Timezone").header("x-use-timezone", "true");
    let reply = location.server(&[]).send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (200, ""));
    assert_eq!(location.heard()[0].header("x-use-timezone"), "");
}

#[tokio::test]
async fn a_reply_comes_back_under_this_servers_own_headers() {
    let location = Location::saying(concat!(
        "HTTP/1.1 200 OK\r\nserver: Secret/1\r\nx-powered-by: Secret\r\nset-cookie: a=b\r\n",
        "cache-control: public, max-age=9\r\nexpires: 0\r\netag: \"a\"\r\nlast-modified: a\r\nvary: cookie\r\nage: 1\r\n",
        "content-security-policy: script-src *\r\nx-frame-options: ALLOWALL\r\naccess-control-allow-origin: *\r\n",
        "strict-transport-security: max-age=1\r\nlocation: https://evil.example\r\nalt-svc: h3=\":443\"\r\n",
        "refresh: 0;url=/a\r\nclear-site-data: \"*\"\r\nlink: </a>; rel=preload\r\nkeep-alive: timeout=5\r\n",
        "www-authenticate: Basic realm=\"a\"\r\ncontent-type: application/json\r\ncontent-language: en\r\n",
        "content-encoding: br\r\ncontent-length: 2\r\n\r\n{}"
    ));
    let reply = location.server(&[]).get(TEAMS, "").await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, "{}"));
    let mut names: Vec<_> = reply.headers.keys().map(axum::http::HeaderName::as_str).collect();
    names.sort_unstable();
    let own = ["content-encoding", "content-language", "content-length", "content-type"];
    for name in own {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'; frame-ancestors"));
    for name in [
        "server",
        "x-powered-by",
        "set-cookie",
        "expires",
        "etag",
        "last-modified",
        "vary",
        "age",
        "x-frame-options",
        "access-control-allow-origin",
        "strict-transport-security",
        "location",
        "alt-svc",
        "refresh",
        "clear-site-data",
        "link",
        "keep-alive",
        "www-authenticate",
    ] {
        assert!(!names.contains(&name), "{name}");
    }
}

#[tokio::test]
async fn what_is_said_in_several_lines_is_said_in_one() {
    let location = Location::saying(concat!(
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nallow: GET\r\nallow: PUT\r\n",
        "content-encoding: br\r\ncontent-encoding: gzip\r\nretry-after: 1\r\nretry-after: 2\r\n\r\n{}"
    ));
    let request =
        Request::builder().uri(TEAMS).header("accept", "application/json").header("accept", "text/*");
    let reply = location.server(&[]).send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(location.heard()[0].header("accept"), "application/json, text/*");
    assert_eq!((reply.header("allow"), reply.header("content-encoding")), ("GET, PUT", "br, gzip"));
    assert_eq!(reply.headers.get_all("retry-after").iter().collect::<Vec<_>>(), ["1"], "this is no list");
}

#[tokio::test]
async fn a_length_that_is_said_twice_is_passed_on_once() {
    for length in
        ["content-length: 5, 5\r\n", "content-length: 5\r\ncontent-length: 5\r\n", "content-length: 05\r\n"]
    {
        let location = Location::scripted(move |_, stream| {
            write!(stream, "HTTP/1.1 200 OK\r\n{length}\r\n12345").is_ok()
        });
        let reply = location.server(&[]).get(TEAMS, "").await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, "12345"), "{length}");
        assert_eq!(reply.headers.get_all("content-length").iter().collect::<Vec<_>>(), ["5"], "{length}");
    }
}

#[tokio::test]
async fn of_how_to_sign_in_only_a_bearer_is_passed_on() {
    for (said, passed) in [
        ("Bearer", "Bearer"),
        ("bearer realm=\"a\", error=\"invalid_token\"", "Bearer"),
        ("Bearer, Basic realm=\"x\"", "Bearer"),
        ("Negotiate\r\nwww-authenticate: Bearer", "Bearer"),
        ("Basic realm=\"x\", Bearer", "Bearer"),
        ("Basic realm=\"x\"", ""),
        ("Bearers", ""),
        ("", ""),
    ] {
        let location = Location::scripted(move |_, stream| {
            let head = format!("HTTP/1.1 401 Unauthorized\r\nwww-authenticate: {said}\r\n");
            write!(stream, "{head}content-length: 0\r\n\r\n").is_ok()
        });
        let reply = location.server(&[]).get(TEAMS, "").await;
        let lines = reply.headers.get_all("www-authenticate").iter().count();
        assert_eq!(
            (reply.header("www-authenticate"), lines),
            (passed, usize::from(!passed.is_empty())),
            "{said}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_says_no_is_passed_on_as_it_is() {
    for (status, headers, body) in [
        ("400 Bad Request", "content-type: application/json\r\n", r#"{"error":"invalid_grant"}"#),
        ("401 Unauthorized", "www-authenticate: Bearer\r\n", ""),
        ("403 Forbidden", "content-type: text/plain\r\n", "not valid"),
        ("404 Not Found", "", ""),
        ("409 Conflict", "retry-after: 1\r\n", ""),
        ("429 Too Many Requests", "retry-after: 30\r\n", ""),
        ("500 Internal Server Error", "content-type: application/json\r\n", r#"{"Message":"no"}"#),
    ] {
        let location = Location::scripted(move |_, stream| {
            let reply = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
            stream.write_all(reply.as_bytes()).is_ok()
        });
        let reply = location.server(&[]).get(TEAMS, "a").await;
        assert_eq!((reply.status.to_string(), reply.text.as_str()), (status.to_owned(), body));
        for (name, value) in headers.lines().filter_map(|line| line.split_once(": ")) {
            assert_eq!(reply.header(name), value, "{status}");
        }
        assert_eq!(location.heard().len(), 1, "{status} is an answer: it is not asked for again");
    }
}

#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let location = Location::saying(
        "HTTP/1.1 302 Found\r\nlocation: https://evil.example/\r\ncontent-length: 0\r\n\r\n",
    );
    let server = location.server(&[]);
    let reply = server.get(TEAMS, "a").await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (502, ""));
    assert_eq!(reply.json()["WasSuccessful"], false);
    let reply = server.get("/en/login/logout", "a").await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("location")),
        (204, ""),
        "a sign-out that leads on is done"
    );
    assert_eq!(location.heard().len(), 2);
}

#[tokio::test]
async fn only_documented_addresses_are_asked_for_and_only_as_they_are_written() {
    let location = Location::saying(EMPTY);
    let server = location.server(&[]);
    let known = [
        "/api/token",
        "/api/public/coworkers/profiles?_shape=User.Id",
        "/api/public/auth/login/a.b.c",
        "/api/sys/users/exchange?token=a&validForInMinutes=30",
        "/api/sys/users",
        "/api/sys/users?x=1",
        "/api/sys/businesses",
        "/api/sys/businesses/getByHost",
        "/en/login/logout",
    ];
    for path in known {
        assert_eq!(server.get(path, "").await.status, 200, "{path}");
    }
    let unknown = [
        "/api",
        "/api/",
        "/api/spaces/coworkers",
        "/api/sys",
        "/api/sys/coworkers",
        "/api/sys/users/",
        "/api/sys/usersandmore",
        "/api/publicity/a",
        "/api/token/",
        "/API/PUBLIC/teams/my",
        "/en/team/profiles",
        "/en/login",
        "/sandbox/audit",
        "/api/public/../spaces/a",
        "/api/public/%2e%2e/spaces",
        "/api/public/..%2fspaces",
        "/api/public/..%5cspaces",
        "/api/public/a//b",
        "/api/public/%252e%252e/a",
        "/api/public/a;b",
        "/api/public/%00",
        "//api/token",
        "/api/%70ublic/teams/my",
    ];
    for path in unknown {
        let reply = server.get(path, "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text.contains("<"), "{path}");
    }
    let paths: Vec<_> =
        location.heard().iter().map(|heard| heard.head.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(paths, known);
}

#[tokio::test]
async fn methods_of_the_api_are_passed_on_and_others_are_not() {
    let location = Location::saying(EMPTY);
    let server = location.server(&[]);
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
        let reply = server.call(method.parse().unwrap(), TEAMS, "", "").await;
        assert_eq!(reply.status, 200, "{method}");
        assert!(location.heard().last().unwrap().head.starts_with(method));
    }
    for method in [Method::OPTIONS, Method::TRACE, Method::CONNECT, "PROPFIND".parse().unwrap()] {
        let reply = server.call(method.clone(), TEAMS, "", "").await;
        assert_eq!(reply.status, 405, "{method}");
        assert!(!reply.header("allow").is_empty() && reply.json()["WasSuccessful"] == false);
    }
    assert_eq!(location.heard().len(), 6);
}
