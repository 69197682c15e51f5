//! HTTP/2, which a browser speaks to the server where that has a certificate.

use crate::child::{PATIENCE, Running, until};
use crate::tls::{certify, config, connect, start, start_with};
use axum::body::{Body, Bytes};
use axum::http::Request;
use http_body_util::{BodyExt, channel::Channel};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::RootCertStore;
use rustls::pki_types::ServerName;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

type Tls = tokio_rustls::client::TlsStream<tokio::net::TcpStream>;

async fn stream(server: &Running, roots: &RootCertStore) -> Tls {
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config(roots, b"h2")));
    let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    let stream = connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    stream
}

pub type Http2 = hyper::client::conn::http2::SendRequest<Body>;

/// One HTTP/2 connection. The task ends when it does.
pub async fn http2(
    server: &Running,
    roots: &RootCertStore,
) -> (Http2, tokio::task::JoinHandle<hyper::Result<()>>) {
    let stream = TokioIo::new(stream(server, roots).await);
    let mut settings = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
    // Little is taken unread, and the connection is never quiet.
    settings.initial_stream_window_size(1024).timer(TokioTimer::new());
    settings.keep_alive_interval(Duration::from_millis(50)).keep_alive_while_idle(true);
    let (client, connection) = settings.handshake(stream).await.unwrap();
    (client, tokio::spawn(connection))
}

async fn send(client: &mut Http2, method: &str, path: &str, body: Body) -> (u16, String) {
    let request = Request::builder().method(method).uri(format!("https://localhost{path}"));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body).unwrap();
    let (head, body) = client.send_request(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (head.status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn http2_is_spoken_to_whoever_offers_it_with_many_requests_at_a_time() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start(folder.path());
    let (mut client, connection) = http2(&server, &roots).await;
    // How many at a time is known with the first reply.
    assert_eq!(send(&mut client, "GET", "/healthz", Body::empty()).await, (200, "ok".to_owned()));
    let asked = (0..200).map(|_| {
        let mut client = client.clone();
        tokio::spawn(async move { send(&mut client, "GET", "/healthz", Body::empty()).await })
    });
    for reply in asked.collect::<Vec<_>>() {
        assert_eq!(reply.await.unwrap(), (200, "ok".to_owned()));
    }
    drop(client);
    connection.await.unwrap().unwrap();
    server.stop();
}

#[tokio::test]
async fn what_is_asked_before_it_is_known_how_much_may_be_is_answered_or_refused_undone() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start(folder.path());
    let (mut client, connection) = h2::client::handshake(stream(&server, &roots).await).await.unwrap();
    let path = "https://localhost/api/token";
    let form = || Request::post(path).header("content-type", "application/x-www-form-urlencoded").body(());
    // Nothing is read yet, so that the client does not know how many the server takes, and each waits for its body.
    let asked: Vec<_> = (0..64).map(|_| client.send_request(form().unwrap(), false).unwrap()).collect();
    let connection = tokio::spawn(connection);
    let mut refused = 0;
    for (reply, mut body) in asked {
        // Who was refused cannot send a body any more.
        let _ = body.send_data(Bytes::from_static(b"grant_type=none"), true);
        match reply.await {
            Ok(reply) => assert_eq!(reply.status(), 400),
            Err(error) => {
                assert_eq!(error.reason(), Some(h2::Reason::REFUSED_STREAM), "{error}");
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 32);
    let (again, mut body) = client.send_request(form().unwrap(), false).unwrap();
    body.send_data(Bytes::from_static(b"grant_type=none"), true).unwrap();
    assert_eq!(again.await.unwrap().status(), 400);
    drop((client, body));
    connection.await.unwrap().unwrap();
    server.stop();
}

/// A client that hears at once that nobody wants the rest of its body may lose the reply over it.
#[tokio::test]
async fn whoever_is_answered_before_they_have_sent_their_body_over_http2_may_send_it() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start_with(folder.path(), &["--max-body", "2000", "--body-timeout", "1"]);
    for (path, beginning, whole, expected) in [
        ("nothing", 0, 2000, 404),
        ("token", 0, 100_000, 413),
        ("public/teams/my", 0, 2000, 405),
        ("token", 1000, 1500, 408),
    ] {
        let (mut client, connection) = h2::client::handshake(stream(&server, &roots).await).await.unwrap();
        let connection = tokio::spawn(connection);
        let asked = Request::post(format!("https://localhost/api/{path}"));
        let asked = asked.header("content-type", "application/x-www-form-urlencoded");
        let asked = if whole > 2000 { asked.header("content-length", whole) } else { asked };
        let (reply, mut body) = client.send_request(asked.body(()).unwrap(), false).unwrap();
        body.send_data(vec![b'x'; beginning].into(), false).unwrap();
        let mut reply = reply.await.unwrap();
        assert_eq!(reply.status(), expected);
        while let Some(data) = reply.body_mut().data().await {
            data.unwrap();
        }
        // With the next reply, whatever was said of this body has come, too.
        let next = Request::get("https://localhost/healthz").body(()).unwrap();
        assert_eq!(client.send_request(next, true).unwrap().0.await.unwrap().status(), 200);
        let mut left = whole - beginning;
        while left > 0 {
            body.reserve_capacity(left);
            let allowed =
                std::future::poll_fn(|cx| body.poll_capacity(cx)).await.expect("it is wanted").unwrap();
            left -= allowed;
            body.send_data(vec![b'x'; allowed].into(), left == 0).expect("it is wanted");
        }
        drop((client, reply, body));
        connection.await.unwrap().unwrap();
    }
    server.stop();
}

#[tokio::test]
async fn what_did_not_change_says_no_length_in_either_version() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    std::fs::write(folder.path().join("index.html"), "<p>Portal</p>").unwrap();
    let server = start_with(folder.path(), &["--dist", folder.path().to_str().unwrap()]);
    let mut stream = connect(&server, &roots);
    write!(stream, "GET / HTTP/1.1\r\nhost: a\r\nif-none-match: *\r\nconnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 304") && reply.contains("etag: "), "{reply}");
    assert!(!reply.contains("content-length") && !reply.contains("transfer-encoding"), "{reply}");
    let (mut client, _connection) = http2(&server, &roots).await;
    let request = Request::builder().uri("https://localhost/").header("if-none-match", "*");
    let reply = client.send_request(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.headers().get("content-length")), (304, None));
    assert!(reply.headers().contains_key("etag"));
}

#[tokio::test]
async fn a_request_of_http2_on_its_way_is_answered_when_the_server_stops() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start(folder.path());
    let (mut client, connection) = http2(&server, &roots).await;
    let (mut body, late) = Channel::<Bytes>::new(1);
    let form = "grant_type=password&username=maria.santos%40example.com&password=harbour-demo";
    let mut first = client.clone();
    let slow = tokio::spawn(async move { send(&mut first, "POST", "/api/token", Body::new(late)).await });
    send(&mut client, "GET", "/healthz", Body::empty()).await;
    server.tell_to_stop();
    until("connections are refused", || TcpStream::connect(server.address).is_err());
    body.send_data(form.into()).await.unwrap();
    drop(body);
    let (status, text) = slow.await.unwrap();
    assert!(status == 200 && text.contains("access_token"), "{status} {text}");
    connection.await.unwrap().unwrap();
    assert!(server.ended().0.success());
}

#[tokio::test]
async fn a_client_of_http2_that_sleeps_does_not_keep_it_from_stopping() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start_with(folder.path(), &["--shutdown-grace", "60"]);
    let (mut client, connection) = http2(&server, &roots).await;
    send(&mut client, "GET", "/healthz", Body::empty()).await;
    // On this thread alone: while it waits for the server nobody reads or answers.
    let began = Instant::now();
    let log = server.stop();
    assert!(began.elapsed() < PATIENCE && log.iter().all(|line| !line.contains("cut off")), "{log:?}");
    drop((client, connection));
}

#[tokio::test]
async fn a_connection_on_which_nothing_is_asked_ends_with_a_leave_however_often_its_client_says_it_is_there()
{
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let flags = ["--idle-timeout", "0.5", "--metrics-listen", "127.0.0.1:0"];
    let server = start_with(folder.path(), &flags);
    let apart = server.apart();
    let (mut client, connection) = http2(&server, &roots).await;
    assert_eq!(send(&mut client, "GET", "/healthz", Body::empty()).await.0, 200);
    let ended = tokio::time::timeout(PATIENCE, connection).await.expect("the connection stays open");
    ended.unwrap().expect("it ends as it should");
    let figures = apart("/metrics");
    assert!(figures.contains("portal_requests_total") && !figures.contains("cut_off_total{"), "{figures}");
    server.stop();
}

#[tokio::test]
async fn who_reads_nothing_of_a_reply_is_cut_off_however_lively_the_connection_is() {
    let location = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", location.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = location.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n").unwrap();
        while stream.write_all(&[b'x'; 1000]).is_ok() {}
    });
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start_with(folder.path(), &["--upstream", &url, "--idle-timeout", "0.5"]);
    let (mut client, connection) = http2(&server, &roots).await;
    let request =
        Request::builder().uri("https://localhost/api/public/teams/my").body(Body::empty()).unwrap();
    let unread = client.send_request(request).await.unwrap();
    assert_eq!(unread.status(), 200);
    let ended = tokio::time::timeout(PATIENCE, connection).await;
    assert!(ended.is_ok(), "the connection stays open");
    server.stop();
}

#[tokio::test]
async fn a_request_that_its_client_gives_up_is_logged_and_counted_as_such() {
    let location = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", location.local_addr().unwrap());
    let (tell, told) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = location.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        tell.send(()).unwrap();
        let _ = stream.read(&mut [0]);
    });
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start_with(folder.path(), &["--upstream", &url, "--metrics-listen", "127.0.0.1:0"]);
    let apart = server.apart();
    let (mut client, _connection) = http2(&server, &roots).await;
    let asking = tokio::spawn(async move {
        send(&mut client, "GET", "/api/public/teams/my", Body::empty()).await;
    });
    told.await.unwrap();
    asking.abort();
    let log = tokio::task::spawn_blocking(move || (server.log_line("abandoned"), server));
    let (line, server) = log.await.unwrap();
    assert!(line.contains("GET") && line.contains("/api/public/{*path}") && line.contains("499"), "{line}");
    let figures = apart("/metrics");
    assert!(figures.contains(r#"portal_requests_total{class="api",status="499"} 1"#), "{figures}");
    server.stop();
}
