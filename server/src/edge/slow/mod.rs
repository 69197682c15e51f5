//! Clients that are slow or asleep, as tests.

mod broken;
mod halves;
mod windows;

use super::activity::Activity;
use super::connection::{Shared, speak};
use super::patience::Patience;
use super::stage::{Stage, Stages};
use super::tls::Tls;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::routing::get;
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::Ipv4Addr;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// A stream of which only so many bytes are read at a time.
struct Slow<S> {
    stream: S,
    bytes: usize,
    left: usize,
    next: Pin<Box<Sleep>>,
}

impl<S> Slow<S> {
    fn new(stream: S, bytes: usize) -> Self {
        Self { stream, bytes, left: bytes, next: Box::pin(tokio::time::sleep(STEP)) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Slow<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.left == 0 {
            ready!(self.next.as_mut().poll(cx));
            let next = Instant::now() + STEP;
            self.next.as_mut().reset(next);
            self.left = self.bytes;
        }
        // Little at a time, so that the other end is told of each.
        let mut part = vec![0; self.left.min(buf.remaining())];
        let mut part = ReadBuf::new(&mut part);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut part))?;
        self.left -= part.filled().len();
        buf.put_slice(part.filled());
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Slow<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

const SIZE: usize = 200_000;
const STEP: Duration = Duration::from_secs(10);

/// What a client got of a reply, and how long the server kept the connection.
type Outcome = (usize, Duration);

/// A server at the other end of a line that holds little.
fn serve(tls: Option<Tls>, stages: &Stages) -> (DuplexStream, JoinHandle<Duration>) {
    let seconds = Duration::from_secs;
    let patience = Patience {
        head: seconds(10),
        quiet: seconds(75),
        rate: 240,
        linger: seconds(1),
        settle: seconds(20),
    };
    let router = Router::new()
        .route("/", get(|| async { vec![b'x'; SIZE] }))
        .route("/halves", get(halves::reply))
        .route("/broken", get(broken::reply))
        .route("/headed", get(broken::headed));
    let shared = Shared { router, tls, patience, stages: stages.clone() };
    let (stream, client) = tokio::io::duplex(1000);
    let began = Instant::now();
    let served = tokio::spawn(async move {
        let activity = Arc::new(Activity::new(shared.patience));
        speak(stream, Ipv4Addr::LOCALHOST.into(), &shared, activity).await;
        began.elapsed()
    });
    (client, served)
}

/// A certificate in a folder, and the roots that trust it.
fn certified(folder: &Path) -> (Tls, RootCertStore) {
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    std::fs::write(&cert, made.cert.pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(made.cert.pem().as_bytes()).unwrap()).unwrap();
    (Tls::open(&cert, &key).unwrap(), roots)
}

/// A client that has shaken hands and is slow from then on.
async fn secure(
    alpn: &[u8],
    bytes: usize,
    stages: &Stages,
) -> (TlsStream<Slow<DuplexStream>>, JoinHandle<Duration>) {
    let folder = tempfile::TempDir::new().unwrap();
    let (tls, roots) = certified(folder.path());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    let (client, served) = serve(Some(tls), stages);
    let connector = TlsConnector::from(Arc::new(config));
    let client = Slow::new(client, usize::MAX);
    let mut client = connector.connect(ServerName::try_from("localhost").unwrap(), client).await.unwrap();
    let slow = client.get_mut().0;
    (slow.bytes, slow.left) = (bytes, bytes);
    (client, served)
}

async fn over_http1(
    path: &str,
    mut client: impl AsyncRead + AsyncWrite + Unpin,
    served: JoinHandle<Duration>,
) -> Outcome {
    let head = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    client.write_all(head.as_bytes()).await.unwrap();
    let mut got = Vec::new();
    let _ = client.read_to_end(&mut got).await;
    let head = got.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |end| end + 4);
    (got.len() - head, served.await.unwrap())
}

async fn over_http2(
    path: &str,
    client: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    served: JoinHandle<Duration>,
) -> Outcome {
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(client));
    let (client, connection) = handshake.await.unwrap();
    tokio::spawn(connection);
    let got = fetch(path, client).await;
    (got, served.await.unwrap())
}

/// How much of a reply comes.
async fn fetch(path: &str, mut client: hyper::client::conn::http2::SendRequest<Body>) -> usize {
    let uri = format!("https://localhost{path}");
    let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
    let mut got = 0;
    if let Ok(mut reply) = client.send_request(request).await {
        while let Some(Ok(frame)) = reply.frame().await {
            got += frame.data_ref().map_or(0, |data| data.len());
        }
    }
    got
}

/// A server that closes while it sends a reply, or never.
fn stages(closes: bool) -> Stages {
    let (stage, stages) = Stages::begin();
    if closes {
        tokio::spawn(async move {
            tokio::time::sleep(STEP * 5).await;
            stage.send_replace(Stage::Closing);
        });
    }
    stages
}

/// In plain HTTP/1.1, and over TLS in both versions, when so many bytes are taken each ten seconds.
async fn outcomes(path: &str, bytes: usize, closes: bool) -> [Outcome; 3] {
    let (client, served) = serve(None, &stages(closes));
    let plain = over_http1(path, Slow::new(client, bytes), served).await;
    let (client, served) = secure(b"http/1.1", bytes, &stages(closes)).await;
    let http1 = over_http1(path, client, served).await;
    let (client, served) = secure(b"h2", bytes, &stages(closes)).await;
    [plain, http1, over_http2(path, client, served).await]
}

#[tokio::test(start_paused = true)]
async fn who_takes_a_byte_a_second_of_a_reply_is_cut_off() {
    for (got, kept) in outcomes("/", 10, false).await {
        assert!(got < SIZE && (75..100).contains(&kept.as_secs()), "{got} {kept:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_slow_but_keeps_up_gets_all_of_a_reply_however_long_it_takes() {
    for closes in [false, true] {
        for (got, kept) in outcomes("/", 3000, closes).await {
            assert!(got == SIZE && kept.as_secs() > 600, "{got} {kept:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_slow_but_keeps_up_gets_all_of_several_replies_at_a_time() {
    let (client, _served) = secure(b"h2", 3000, &stages(false)).await;
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(client));
    let (client, connection) = handshake.await.unwrap();
    tokio::spawn(connection);
    let got = tokio::join!(
        fetch("/", client.clone()),
        fetch("/", client.clone()),
        fetch("/", client.clone()),
        fetch("/", client)
    );
    assert_eq!(got, (SIZE, SIZE, SIZE, SIZE));
}

/// How long a connection is kept once the server closes, when its client sleeps from then on.
async fn kept_asleep<S>(client: S, served: JoinHandle<Duration>, stage: &watch::Sender<Stage>) -> Duration {
    let began = Instant::now();
    stage.send_replace(Stage::Closing);
    served.await.unwrap();
    drop(client);
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn who_sleeps_in_the_middle_of_a_handshake_or_a_head_is_not_waited_for_when_the_server_closes() {
    let (stage, stages) = Stages::begin();
    let (mut client, served) = serve(None, &stages);
    client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n").await.unwrap();
    tokio::task::yield_now().await;
    assert_eq!(kept_asleep(client, served, &stage).await.as_secs(), 2);
    let (stage, stages) = Stages::begin();
    let folder = tempfile::TempDir::new().unwrap();
    let (mut client, served) = serve(Some(certified(folder.path()).0), &stages);
    client.write_all(&[22, 3, 1]).await.unwrap();
    tokio::task::yield_now().await;
    assert_eq!(kept_asleep(client, served, &stage).await.as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn who_sleeps_on_http2_is_not_waited_for_when_the_server_closes_once_there_was_time_to_take_the_last_reply()
 {
    for (idle, kept) in [(0, 20), (15, 5), (60, 1)] {
        let (stage, stages) = Stages::begin();
        let (client, served) = secure(b"h2", usize::MAX, &stages).await;
        let mut settings = h2::client::Builder::new();
        settings.initial_window_size(1 << 20).initial_connection_window_size(1 << 20);
        let (mut client, mut connection) = settings.handshake::<_, Bytes>(client).await.unwrap();
        let request = Request::builder().uri("https://localhost/").body(()).unwrap();
        let asking = async {
            let mut body = client.send_request(request, true).unwrap().0.await.unwrap().into_body();
            let mut got = 0;
            while let Some(data) = body.data().await {
                got += data.unwrap().len();
            }
            got
        };
        // Nobody else lets the client read and answer.
        tokio::select! {
            _ = &mut connection => panic!("the connection ended"),
            got = asking => assert_eq!(got, SIZE),
        }
        tokio::time::sleep(Duration::from_secs(idle)).await;
        assert_eq!(kept_asleep(connection, served, &stage).await.as_secs(), kept, "idle for {idle} s");
    }
}

#[tokio::test(start_paused = true)]
async fn who_reads_late_on_http2_gets_all_of_a_reply_when_the_server_closes() {
    let (stage, stages) = Stages::begin();
    let (client, served) = secure(b"h2", usize::MAX, &stages).await;
    let (mut client, connection) = h2::client::handshake(client).await.unwrap();
    tokio::spawn(connection);
    let request = Request::builder().uri("https://localhost/").body(()).unwrap();
    let mut body = client.send_request(request, true).unwrap().0.await.unwrap().into_body();
    stage.send_replace(Stage::Closing);
    // The server has handed over the whole reply, and may send no more of it than the window takes.
    tokio::time::sleep(STEP).await;
    let mut got = 0;
    while let Some(data) = body.data().await {
        let length = data.unwrap().len();
        got += length;
        body.flow_control().release_capacity(length).unwrap();
    }
    drop((client, body));
    assert_eq!((got, served.await.unwrap().as_secs()), (SIZE, 10));
}
