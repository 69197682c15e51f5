//! HTTPS by the server itself.

use crate::child::{Running, until};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use tempfile::TempDir;

/// A new certificate in the files, and the roots that trust it alone.
pub fn certify(folder: &Path) -> RootCertStore {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(made.cert.pem().as_bytes()).unwrap()).unwrap();
    roots
}

pub fn start(folder: &Path) -> Running {
    start_with(folder, &[])
}

pub fn start_with(folder: &Path, flags: &[&str]) -> Running {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (cert, key) = (path("cert.pem"), path("key.pem"));
    Running::start(&[&["--tls-cert", cert.as_str(), "--tls-key", key.as_str()], flags].concat())
}

pub fn config(roots: &RootCertStore, alpn: &[u8]) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots.clone()).with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    config
}

pub fn connect(server: &Running, roots: &RootCertStore) -> StreamOwned<ClientConnection, TcpStream> {
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

/// Whoever opens a pipe that nobody writes to waits for ever.
#[cfg(unix)]
#[test]
fn a_certificate_in_whose_place_a_pipe_comes_holds_nobody_up() {
    let folder = TempDir::new().unwrap();
    let roots = certify(folder.path());
    let server = start(folder.path());
    let cert = folder.path().join("cert.pem");
    let (kept, pipe) = (std::fs::read(&cert).unwrap(), folder.path().join("pipe"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::fs::rename(&pipe, &cert).unwrap();
    let line = server.log_line("the old one stays");
    assert!(line.contains("cert.pem: it is no file"), "{line}");
    assert!(ask(&server, &roots).is_ok());
    std::fs::remove_file(&cert).unwrap();
    std::fs::write(&cert, kept).unwrap();
    server.log_line("is used from now on");
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
    let mut program = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    let program =
        program.args(["--listen", "127.0.0.1:0", "--tls-cert"]).arg(&cert).arg("--tls-key").arg(&key);
    for check in [&[][..], &["--check"]] {
        let output = program.args(check).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains(cert.to_str().unwrap()), "{text}");
    }
}

/// A new certificate in the files, valid from 2000 to the beginning of this year.
fn certify_until(folder: &Path, year: i32) {
    certify_as(folder, |params| params.not_after = rcgen::date_time_ymd(year, 1, 1));
}

fn certify_as(folder: &Path, set: impl FnOnce(&mut rcgen::CertificateParams)) {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2000, 1, 1);
    set(&mut params);
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), params.self_signed(&key).unwrap().pem()).unwrap();
}

#[test]
fn a_certificate_that_expired_is_told_and_takes_no_valid_ones_place() {
    let folder = TempDir::new().unwrap();
    certify_until(folder.path(), 2001);
    let server = start_with(folder.path(), &["--metrics-listen", "127.0.0.1:0"]);
    let line = server.log_line("clients will not trust the certificate");
    assert!(line.contains("WARN") && line.contains("cert.pem: it expired "), "{line}");
    certify_until(folder.path(), 2002);
    let line = server.log_line("is used from now on");
    assert!(
        line.contains("WARN") && line.contains("it expired "),
        "none is valid, and the newest is used: {line}"
    );
    let roots = certify(folder.path());
    let line = server.log_line("is used from now on");
    assert!(line.contains("INFO"), "{line}");
    certify_until(folder.path(), 2001);
    let line = server.log_line("cert.pem: it expired ");
    assert!(line.contains("WARN") && line.contains("the old one stays"), "{line}");
    assert!(ask(&server, &roots).is_ok());
    server.stop();
}

#[test]
fn a_certificate_that_expires_while_it_is_used_is_told_once() {
    let folder = TempDir::new().unwrap();
    let soon = UNIX_EPOCH.elapsed().unwrap() + Duration::from_secs(2);
    certify_as(folder.path(), |params| params.not_after = rcgen::date_time_ymd(1970, 1, 1) + soon);
    let server = start(folder.path());
    let line = server.log_line("the certificate");
    assert!(line.contains("WARN") && line.contains("no longer trust") && line.contains("cert.pem"), "{line}");
    certify_until(folder.path(), 2001);
    let line = server.log_line("the certificate");
    assert!(line.contains("is used from now on"), "{line}");
    server.stop();
}

#[test]
fn until_when_the_certificate_is_valid_is_a_figure() {
    let folder = TempDir::new().unwrap();
    certify_until(folder.path(), 2060);
    let flags = ["--metrics-listen", "127.0.0.1:0"];
    let figures = start_with(folder.path(), &flags).apart()("/metrics");
    assert!(figures.contains("\nportal_certificate_not_after_seconds{} 2840140800\n"), "{figures}");
    let figures = Running::start(&flags).apart()("/metrics");
    assert!(!figures.contains("\nportal_certificate_not_after_seconds{"), "{figures}");
}
