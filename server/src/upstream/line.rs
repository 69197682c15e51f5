//! Connections to the upstream.

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::Instant;
use tower_service::Service;

/// Connecting took longer than it may.
#[derive(Debug, thiserror::Error)]
#[error("connecting took too long")]
pub(super) struct TooLong;

/// Opens connections: TLS for `https`, HTTP/2 where the upstream speaks it. Looking up the name, TCP and TLS together
/// take no longer than the patience.
#[derive(Clone)]
pub(super) struct Connector {
    inner: HttpsConnector<HttpConnector>,
    patience: Duration,
}

impl Connector {
    /// Trusts the authorities that browsers trust, and those in the file `more`.
    ///
    /// # Errors
    /// A sentence, when the file has no certificates.
    pub(super) fn new(more: Option<&Path>, patience: Duration) -> Result<Self, String> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(patience));
        let inner = HttpsConnectorBuilder::new()
            .with_tls_config(tls(more)?)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(tcp);
        Ok(Self { inner, patience })
    }
}

fn tls(more: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = more {
        let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        for certificate in crate::pem::certificates(path).map_err(|error| wrong(&error))? {
            roots.add(certificate).map_err(|error| wrong(&error))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

impl Service<axum::http::Uri> for Connector {
    type Response = Line;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Line, Self::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, address: axum::http::Uri) -> Self::Future {
        let connecting = tokio::time::timeout(self.patience, self.inner.call(address));
        Box::pin(async move {
            let stream = connecting.await.map_err(|_| TooLong)??;
            Ok(Line { stream, record: Record::new() })
        })
    }
}

/// For how long a connection is given new requests. Where the location moves to, nobody would ask while the place where it was
/// answers.
pub(super) const LIFE: Duration = Duration::from_secs(300);

/// What is known of a connection. One that has brought a reply before may have been closed by the other side meanwhile.
#[derive(Clone)]
pub(super) struct Record {
    opened: Instant,
    proven: Arc<AtomicBool>,
}

impl Record {
    fn new() -> Self {
        Self { opened: Instant::now(), proven: Arc::default() }
    }

    /// Remembers that it brought a reply.
    pub(super) fn prove(&self) {
        self.proven.store(true, Ordering::Relaxed);
    }

    /// Whether it did.
    pub(super) fn is_proven(&self) -> bool {
        self.proven.load(Ordering::Relaxed)
    }

    /// Whether it has lived for long enough.
    pub(super) fn is_old(&self) -> bool {
        self.opened.elapsed() >= LIFE
    }
}

/// A connection and what is known of it.
pub(super) struct Line {
    stream: MaybeHttpsStream<TokioIo<TcpStream>>,
    record: Record,
}

impl Connection for Line {
    fn connected(&self) -> Connected {
        self.stream.connected().extra(self.record.clone())
    }
}

impl Read for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, to)
    }
}

impl Write for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, from)
    }
}
