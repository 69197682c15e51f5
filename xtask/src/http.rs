//! Ports of this machine: whether one is free, and whether somebody answers on it.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(2);

fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Whether nobody listens on this port.
pub fn is_free(port: u16) -> bool {
    // Asking first: where a listener on all addresses holds the port, binding one may still work.
    let answered = TcpStream::connect_timeout(&local(port), Duration::from_millis(300)).is_ok();
    !answered && TcpListener::bind(local(port)).is_ok()
}

/// A port nobody listens on.
pub fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(local(0))?.local_addr()?.port())
}

/// The status that a GET is answered with; `None` while nobody answers.
pub fn get_status(port: u16, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&local(port), PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = Vec::new();
    stream.take(64).read_to_end(&mut head).ok()?;
    status_of(&String::from_utf8_lossy(&head))
}

fn status_of(head: &str) -> Option<u16> {
    head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_read_from_the_first_line_of_a_reply() {
        assert_eq!(status_of("HTTP/1.1 200 OK\r\ncontent-"), Some(200));
        assert_eq!(status_of("HTTP/1.0 404 Not Found\r\n"), Some(404));
        assert_eq!(status_of("SSH-2.0-OpenSSH"), None);
    }

    #[test]
    fn a_port_somebody_listens_on_is_not_free() {
        let listener = TcpListener::bind(local(0)).expect("a port");
        let port = listener.local_addr().expect("its address").port();
        assert!(!is_free(port));
    }
}
