//! HTTPS by the server itself.

use crate::child::{PATIENCE, Running, read_all, until};
use axum::body::{Body, Bytes};
use axum::http::Request;
use http_body_util::{BodyExt, channel::Channel};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A new certificate in the files, and the roots that trust it alone.
fn certify(folder: &Path) -> RootCertStore {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(made.cert.pem().as_bytes()).unwrap()).unwrap();
    roots
}

fn start(folder: &Path) -> Running {
    start_with(folder, &[])
}

fn start_with(folder: &Path, flags: &[&str]) -> Running {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (cert, key) = (path("cert.pem"), path("key.pem"));
    Running::start(&[&["--tls-cert", cert.as_str(), "--tls-key", key.as_str()], flags].concat())
}

fn config(roots: &RootCertStore, alpn: &[u8]) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots.clone()).with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    config
}

fn connect(server: &Running, roots: &RootCertStore) -> StreamOwned<ClientConnection, TcpStream> {
    let name = ServerName::try_from("localhost").unwrap();
    StreamOwned::new(
        ClientConnection::new(Arc::new(config(roots, b"http/1.1")), name).unwrap(),
        server.connect(),
    )
}

fn ask(server: &Running, roots: &RootCertStore) -> std::io::Result<String> {
    let mut stream = connect(server, roots);
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    Ok(reply)
}

#[test]
fn with_a_certificate_it_speaks_https_and_asks_to_be_called_so_always() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start(folder.path());
    let reply = ask(&server, &roots).unwrap();
    assert!(
        reply.starts_with("HTTP/1.1 200") && reply.contains("strict-transport-security: max-age="),
        "{reply}"
    );
    assert!(
        !server.ask("GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").contains("HTTP/1.1 200"),
        "no plain HTTP"
    );
    server.stop();
}

#[test]
fn a_certificate_that_changes_is_used_and_one_that_is_broken_is_not() {
    let folder = TempDir::new().unwrap();
    let old = certify(folder.path());
    let server = start(folder.path());
    assert!(ask(&server, &old).is_ok());
    std::fs::write(folder.path().join("cert.pem"), "half a certificate").unwrap();
    let new = TempDir::new().unwrap();
    let renewed = certify(new.path());
    assert!(ask(&server, &renewed).is_err());
    assert!(ask(&server, &old).is_ok(), "the one before stays");
    for name in ["key.pem", "cert.pem"] {
        std::fs::copy(new.path().join(name), folder.path().join(name)).unwrap();
    }
    until("the new certificate is used", || ask(&server, &renewed).is_ok());
    assert!(ask(&server, &old).is_err());
    server.stop();
}

/// Rights are no part of a file's time or size, and a key is often written before it is handed to whoever may read it.
#[test]
fn a_certificate_that_could_not_be_read_is_read_as_soon_as_it_can_be() {
    let folder = TempDir::new().unwrap();
    let old = certify(folder.path());
    let server = start(folder.path());
    let new = TempDir::new().unwrap();
    let renewed = certify(new.path());
    let key = std::fs::read(new.path().join("key.pem")).unwrap();
    let time = std::time::SystemTime::now() - Duration::from_secs(60);
    let write = |bytes: &[u8]| {
        let next = new.path().join("next.pem");
        std::fs::write(&next, bytes).unwrap();
        std::fs::File::options().write(true).open(&next).unwrap().set_modified(time).unwrap();
        std::fs::rename(&next, folder.path().join("key.pem")).unwrap();
    };
    write(&vec![b'-'; key.len()]);
    std::fs::copy(new.path().join("cert.pem"), folder.path().join("cert.pem")).unwrap();
    server.log_line("the old one stays");
    assert!(ask(&server, &old).is_ok());
    write(&key);
    until("the new certificate is used", || ask(&server, &renewed).is_ok());
    server.stop();
}

type Http2 = hyper::client::conn::http2::SendRequest<Body>;

/// One HTTP/2 connection. The task ends when it does.
async fn http2(
    server: &Running,
    roots: &RootCertStore,
) -> (Http2, tokio::task::JoinHandle<hyper::Result<()>>) {
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config(roots, b"h2")));
    let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    let stream = connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let stream = TokioIo::new(stream);
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
    let (client, connection) = http2(&server, &roots).await;
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
    let metrics = server.log_line("metrics at ");
    let metrics = metrics.split("http://").nth(1).unwrap().trim_end_matches("/metrics");
    let (mut client, _connection) = http2(&server, &roots).await;
    let asking = tokio::spawn(async move {
        send(&mut client, "GET", "/api/public/teams/my", Body::empty()).await;
    });
    told.await.unwrap();
    asking.abort();
    let log = tokio::task::spawn_blocking(move || (server.log_line("abandoned"), server));
    let (line, server) = log.await.unwrap();
    assert!(line.contains("GET") && line.contains("/api/public/{*path}") && line.contains("499"), "{line}");
    let mut stream = TcpStream::connect(metrics).unwrap();
    write!(stream, "GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let figures = read_all(&mut stream);
    assert!(figures.contains(r#"portal_requests_total{class="api",status="499"} 1"#), "{figures}");
    server.stop();
}

#[test]
fn a_certificate_that_cannot_be_used_is_said_before_anything_is_served() {
    let folder = TempDir::new().unwrap();
    certify(folder.path());
    let foreign = TempDir::new().unwrap();
    certify(foreign.path());
    let cert = folder.path().join("cert.pem");
    let key = foreign.path().join("key.pem");
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_portal-server"));
    let program =
        program.args(["--listen", "127.0.0.1:0", "--tls-cert"]).arg(&cert).arg("--tls-key").arg(&key);
    for check in [&[][..], &["--check"]] {
        let output = program.args(check).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains(cert.to_str().unwrap()), "{text}");
    }
}
