//! HTTPS by the server itself.

use crate::child::{PATIENCE, Running, until};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
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
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    Running::start(&["--tls-cert", &path("cert.pem"), "--tls-key", &path("key.pem")])
}

fn connect(server: &Running, roots: &RootCertStore, alpn: &[u8]) -> StreamOwned<ClientConnection, TcpStream> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots.clone()).with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), server.connect())
}

fn ask(server: &Running, roots: &RootCertStore) -> std::io::Result<String> {
    let mut stream = connect(server, roots, b"http/1.1");
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

#[test]
fn http2_is_spoken_to_whoever_offers_it() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start(folder.path());
    let mut stream = connect(&server, &roots, b"h2");
    stream.sock.set_read_timeout(Some(PATIENCE)).unwrap();
    // The preface and empty settings; the reply begins with the server's settings, a frame of type 4.
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    let mut head = [0; 9];
    stream.read_exact(&mut head).unwrap();
    assert_eq!((stream.conn.alpn_protocol(), head[3]), (Some(&b"h2"[..]), 4));
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
