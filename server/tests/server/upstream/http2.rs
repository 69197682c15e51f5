//! A location that speaks HTTP/2: many requests share a connection, and one of them may fail alone.

use super::TEAMS;
use super::whole::certificates;
use crate::child::PATIENCE;
use crate::client::Server;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, Response};
use h2::Reason;
use http_body_util::BodyExt;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A body that is larger than what is taken of it unread.
static LARGE: [u8; 4 << 20] = [0; 4 << 20];

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    /// The reply says the number of the connection, from 1.
    Answered,
    /// The reply is [`LARGE`].
    Large,
    /// Its stream alone ends.
    Reset(Reason),
    /// Its stream fails after so much of the reply.
    Half(&'static str),
    /// Its stream ends after so much of a reply that says to be longer, or nothing of its length, as if nobody wanted the rest.
    Left(&'static str, Option<usize>),
    /// The reply ends before it has the length that it says.
    Short,
    /// The connection ends, with a last word.
    Away,
    /// The connection ends.
    Closed,
}

/// A location with a fate for each request by its number, from 0, and the server in front of it.
pub struct Location {
    _folder: TempDir,
    pub asked: Arc<AtomicUsize>,
    /// How a server is told of it.
    pub flags: [String; 6],
    pub server: Server,
}

impl Location {
    pub async fn start(fate: impl Fn(usize) -> Fate + Send + Sync + 'static) -> Self {
        let folder = TempDir::new().unwrap();
        let [cert, key, ca] = certificates(folder.path());
        let acceptor = acceptor(&cert, &key);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let asked = Arc::<AtomicUsize>::default();
        let (fate, turn) = (Arc::new(fate), Arc::clone(&asked));
        tokio::spawn(async move {
            for number in 1.. {
                let stream = listener.accept().await.unwrap().0;
                stream.set_nodelay(true).unwrap();
                let stream = acceptor.accept(stream).await.unwrap();
                let (fate, turn) = (Arc::clone(&fate), Arc::clone(&turn));
                tokio::spawn(async move {
                    let mut connection = h2::server::Builder::new();
                    let connection = connection.max_concurrent_streams(100).handshake(stream);
                    let mut connection = connection.await.unwrap();
                    while let Some(Ok((request, mut reply))) = connection.accept().await {
                        let mut sent = request.into_body();
                        // It begins with a request once it has the whole of it.
                        tokio::select! {
                            biased;
                            () = async { while let Some(Ok(_)) = sent.data().await {} } => {}
                            _ = std::future::poll_fn(|context| connection.poll_closed(context)) => return,
                        }
                        match fate(turn.fetch_add(1, SeqCst)) {
                            Fate::Answered => {
                                let mut body = reply.send_response(Response::new(()), false).unwrap();
                                body.send_data(format!("{number}").into(), true).unwrap();
                            }
                            Fate::Large => {
                                let mut body = reply.send_response(Response::new(()), false).unwrap();
                                body.send_data(Bytes::from_static(&LARGE), true).unwrap();
                            }
                            Fate::Reset(reason) => reply.send_reset(reason),
                            Fate::Half(beginning) => {
                                half(reply, head(None), beginning, Reason::INTERNAL_ERROR);
                            }
                            Fate::Left(beginning, length) => {
                                half(reply, head(length), beginning, Reason::NO_ERROR);
                            }
                            Fate::Short => {
                                let mut body = reply.send_response(head(Some(9)), false).unwrap();
                                body.send_data("half".into(), true).unwrap();
                            }
                            Fate::Away => connection.abrupt_shutdown(Reason::NO_ERROR),
                            Fate::Closed => break,
                        }
                    }
                });
            }
        });
        let server = Server::in_front_of(&url, &["--upstream-ca", &ca, "--rate-limit", "0"]);
        let flags = ["--upstream", &url, "--upstream-ca", &ca, "--rate-limit", "0"].map(str::to_owned);
        Self { _folder: folder, asked, flags, server }
    }
}

/// The head of a reply of data, and how long it says to be.
fn head(length: Option<usize>) -> Response<()> {
    let head = Response::builder().header("content-type", "application/json");
    let head = if let Some(length) = length { head.header("content-length", length) } else { head };
    head.body(()).unwrap()
}

/// Begins a reply and ends its stream, once that is sent: a reset throws away what is not.
fn half(
    mut reply: h2::server::SendResponse<Bytes>,
    head: Response<()>,
    beginning: &'static str,
    reason: Reason,
) {
    struct Beginning(&'static str, #[expect(dead_code)] oneshot::Sender<()>);
    impl AsRef<[u8]> for Beginning {
        fn as_ref(&self) -> &[u8] {
            self.0.as_bytes()
        }
    }
    let (unsent, sent) = oneshot::channel();
    let mut body = reply.send_response(head, false).unwrap();
    body.send_data(Bytes::from_owner(Beginning(beginning, unsent)), false).unwrap();
    tokio::spawn(async move {
        let _ = sent.await;
        body.send_reset(reason);
    });
}

/// TLS, and nothing but HTTP/2 in it.
pub fn acceptor(cert: &str, key: &str) -> tokio_rustls::TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let chain = vec![CertificateDer::from_pem_file(cert).unwrap()];
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    let mut config = config.with_no_client_auth().with_single_cert(chain, key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    Arc::new(config).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_requests_share_one_connection() {
    let location = Location::start(|_| Fate::Answered).await;
    let server = &location.server;
    assert_eq!(server.get(TEAMS, "").await.text, "1");
    let asked = (0..20).map(|_| {
        let server = server.clone();
        tokio::spawn(async move { server.get(TEAMS, "").await.text })
    });
    for reply in asked.collect::<Vec<_>>() {
        assert_eq!(reply.await.unwrap(), "1");
    }
}

/// A location whose first replies are large, and so many of those, begun and not read.
async fn unread(count: usize) -> (Location, Vec<Response<Body>>) {
    let location = Location::start(move |turn| if turn < count { Fate::Large } else { Fate::Answered }).await;
    let mut unread = Vec::new();
    for number in 0..count {
        let request = Request::builder().uri(TEAMS).body(Body::empty()).unwrap();
        let reply = tokio::time::timeout(PATIENCE, location.server.begin(request)).await;
        let reply = reply.expect("the others hold every stream");
        assert_eq!(reply.status(), 200, "{number}");
        unread.push(reply);
    }
    (location, unread)
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_that_nobody_reads_keep_no_other_from_its_client() {
    let (location, mut unread) = unread(20).await;
    let reply = tokio::time::timeout(PATIENCE, location.server.get(TEAMS, "")).await;
    assert_eq!(reply.expect("the others hold the connection").text, "1");
    let first = unread.swap_remove(0).into_body().collect().await.unwrap();
    assert_eq!(first.to_bytes().len(), LARGE.len(), "it still comes as a whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_read_nothing_do_not_hold_every_stream_to_the_location() {
    let (location, mut unread) = unread(150).await;
    let next = async || tokio::time::timeout(PATIENCE, location.server.get(TEAMS, "")).await.unwrap().text;
    assert_eq!(next().await, "7", "the connection");
    unread.drain(..64);
    assert_eq!(next().await, "1", "no more connections than needed");
}

/// A read that is the second request on a connection has this fate: its reply's status, and how often it was sent.
async fn second(fate: Fate) -> (u16, usize) {
    second_of(Method::GET, TEAMS, "", fate).await
}

async fn second_of(method: Method, path: &str, body: &str, fate: Fate) -> (u16, usize) {
    let location = Location::start(move |turn| if turn == 1 { fate } else { Fate::Answered }).await;
    assert_eq!(location.server.get(TEAMS, "").await.text, "1");
    let reply = location.server.call(method, path, "", body).await;
    (reply.status.as_u16(), location.asked.load(SeqCst) - 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_fails_alone_on_a_connection_that_goes_on_is_not_sent_twice() {
    for reason in [Reason::INTERNAL_ERROR, Reason::ENHANCE_YOUR_CALM, Reason::CANCEL, Reason::NO_ERROR] {
        assert_eq!(second(Fate::Reset(reason)).await, (502, 1), "{reason:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_is_sent_once_more_when_the_connection_is_over_or_did_not_begin_with_it() {
    for fate in [Fate::Reset(Reason::REFUSED_STREAM), Fate::Away, Fate::Closed] {
        assert_eq!(second(fate).await, (200, 2), "{fate:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_something_is_sent_once_more_only_when_the_location_did_not_begin_with_it() {
    for (method, path, body) in [
        (Method::POST, "/api/token", "grant_type=password"),
        (Method::POST, "/api/public/auth/login/one-time", ""),
        (Method::PUT, "/api/public/coworkers/profiles/current", "{}"),
        (Method::GET, "/api/public/coworkers/104/impersonate", ""),
    ] {
        let sent = async |fate| second_of(method.clone(), path, body, fate).await;
        assert_eq!(sent(Fate::Reset(Reason::REFUSED_STREAM)).await, (200, 2), "{method} {path}");
        for fate in [Fate::Closed, Fate::Reset(Reason::CANCEL)] {
            assert_eq!(sent(fate).await, (502, 1), "{method} {path} {fate:?}");
        }
        // Whoever only fetches may do so twice: that is harmless, and a leave is not always told apart.
        if method != Method::GET {
            assert_eq!(sent(Fate::Away).await, (502, 1), "{method} {path}");
        }
    }
}
