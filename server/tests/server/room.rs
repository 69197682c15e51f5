//! How many connections one client may have.

use crate::child::{Running, read_all, read_reply, until};
use crate::settings::Place;
use std::io::Write;
use std::net::TcpStream;

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";

fn is_served(stream: &mut TcpStream) -> bool {
    stream.write_all(HEALTH.as_bytes()).is_ok()
        && read_reply(stream).is_ok_and(|reply| reply.starts_with("HTTP/1.1 200"))
}

/// Connections that are served, so many of them.
fn served(server: &Running, count: usize) -> Vec<TcpStream> {
    let mut streams: Vec<TcpStream> = (0..count).map(|_| server.connect()).collect();
    assert!(streams.iter_mut().all(is_served));
    streams
}

/// A client at another address of this machine.
#[cfg(target_os = "linux")]
fn somebody_else(server: &Running) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&std::net::SocketAddr::from(([127, 0, 0, 2], 0)).into()).unwrap();
    socket.connect(&server.address.into()).unwrap();
    socket.set_read_timeout(Some(crate::child::PATIENCE)).unwrap();
    socket.into()
}

#[test]
#[cfg(target_os = "linux")]
fn one_client_takes_no_more_than_its_share_of_the_connections_and_others_are_served() {
    let own = ["--max-connections", "9", "--max-connections-per-client", "3"];
    for flags in [&own[..], &["--max-connections", "9"]] {
        let server = Running::start(&[flags, &["--metrics-listen", "127.0.0.1:0"]].concat());
        let apart = server.apart();
        let mut streams = served(&server, 3);
        for _ in 0..20 {
            assert_eq!(read_all(&mut server.connect()), "", "it is closed");
        }
        assert!(is_served(&mut somebody_else(&server)));
        let figures = apart("/metrics");
        assert!(figures.contains(r#"cut_off_total{reason="many"} 20"#), "{figures}");
        streams.pop();
        until("there is a place again", || is_served(&mut server.connect()));
        server.stop();
    }
}

#[test]
fn where_every_connection_is_a_proxys_and_where_any_number_is_allowed_none_are_counted() {
    for flags in [["--trusted-hops", "1"], ["--max-connections-per-client", "0"]] {
        let server = Running::start(&[&flags[..], &["--max-connections", "4"]].concat());
        drop(served(&server, 4));
        server.stop();
    }
    let place = Place::new();
    let wrong = place.wrong(&["--trusted-hops", "1", "--max-connections-per-client", "9"]);
    assert!(wrong.contains("`max_connections_per_client`") && wrong.contains("`trusted_hops`"), "{wrong}");
}
