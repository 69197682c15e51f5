//! Told to stop, the server loses no request.

use crate::child::{Running, read_all, read_reply, until};
use std::io::{ErrorKind, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::Instant;

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
const TOKEN: &str =
    "POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\n";
const READY: &str = "GET /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

/// Asks on one connection after another until the server takes no more. Every request on a connection that has
/// been taken must be answered.
fn ask_until_refused(address: SocketAddr, answered: &AtomicUsize, told: &AtomicBool) -> Result<(), String> {
    loop {
        let Ok(mut stream) = TcpStream::connect(address) else { return Ok(()) };
        stream.set_read_timeout(Some(crate::child::PATIENCE)).unwrap();
        let mut first = true;
        loop {
            let asked = stream.write_all(HEALTH.as_bytes()).and_then(|()| read_reply(&mut stream));
            match asked {
                Ok(reply) if reply.starts_with("HTTP/1.1 200") => {
                    answered.fetch_add(1, SeqCst);
                    if reply.contains("connection: close") {
                        break;
                    }
                }
                // Connected by the system, but never taken: the listener was gone before.
                Err(error)
                    if first
                        && told.load(SeqCst)
                        && matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) =>
                {
                    return Ok(());
                }
                other => return Err(format!("{other:?}")),
            }
            first = false;
        }
    }
}

#[test]
fn under_load_every_request_that_was_sent_is_answered() {
    for _ in 0..3 {
        let server = Running::start(&[]);
        let (answered, told) = (AtomicUsize::new(0), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let clients: Vec<_> =
                (0..8).map(|_| scope.spawn(|| ask_until_refused(server.address, &answered, &told))).collect();
            until("there is load", || answered.load(SeqCst) > 500);
            told.store(true, SeqCst);
            server.tell_to_stop();
            for client in clients {
                assert_eq!(client.join().unwrap(), Ok(()));
            }
        });
        let (status, log) = server.ended();
        assert!(status.success() && log.iter().all(|line| !line.contains("cut off")), "{log:?}");
    }
}

#[test]
fn a_body_on_its_way_is_waited_for_and_answered() {
    let server = Running::start(&[]);
    let mut slow = server.connect();
    let form = "grant_type=password&username=maria.santos%40example.com&password=harbour-demo";
    write!(slow, "{TOKEN}content-length: {}\r\n\r\n", form.len()).unwrap();
    // A reply on a later connection: the earlier one was taken before it.
    server.ask(READY);
    server.tell_to_stop();
    until("connections are refused", || TcpStream::connect(server.address).is_err());
    slow.write_all(form.as_bytes()).unwrap();
    let reply = read_all(&mut slow);
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("access_token"), "{reply}");
    assert!(server.ended().0.success());
}

#[test]
fn whoever_never_finishes_is_cut_off_after_the_grace() {
    let server = Running::start(&["--shutdown-grace", "0.3"]);
    let mut endless = server.connect();
    endless.write_all(b"POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n").unwrap();
    server.ask(READY);
    server.tell_to_stop();
    let began = Instant::now();
    let (status, log) = server.ended();
    assert!(status.success() && began.elapsed().as_secs() < 3);
    assert!(log.iter().any(|line| line.contains("1 connections were cut off")), "{log:?}");
}

#[test]
fn told_a_second_time_it_ends_at_once() {
    for flags in [["--shutdown-grace", "60"], ["--shutdown-delay", "60"]] {
        let server = Running::start(&flags);
        let mut endless = server.connect();
        endless.write_all(b"POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n").unwrap();
        server.ask(READY);
        server.tell_to_stop();
        server.log_line("stopping");
        let began = Instant::now();
        server.tell_to_stop();
        let (status, log) = server.ended();
        assert!(status.success() && began.elapsed() < crate::child::PATIENCE);
        assert!(log.iter().any(|line| line.contains("told to stop a second time")), "{log:?}");
    }
}

#[test]
fn a_hangup_without_a_terminal_loses_nothing() {
    let server = Running::start(&[]);
    let mut slow = server.connect();
    write!(slow, "{TOKEN}content-length: 15\r\nconnection: close\r\n\r\n").unwrap();
    for _ in 0..2 {
        server.signal("-HUP");
        server.log_line("SIGHUP changes nothing");
    }
    assert!(server.ask(READY).starts_with("HTTP/1.1 200"));
    slow.write_all(b"grant_type=none").unwrap();
    assert!(read_all(&mut slow).starts_with("HTTP/1.1 400"));
    server.stop();
}

#[test]
fn it_says_that_it_is_not_ready_before_it_refuses_anybody() {
    let server = Running::start(&["--shutdown-delay", "0.5"]);
    assert!(server.ask(READY).starts_with("HTTP/1.1 200"));
    server.tell_to_stop();
    let seen = AtomicBool::new(false);
    until("it is not ready", || {
        let ready = server.ask(READY);
        seen.store(ready.starts_with("HTTP/1.1 503"), SeqCst);
        seen.load(SeqCst)
    });
    assert!(server.ended().0.success());
}

#[test]
#[cfg(target_os = "linux")]
fn whoever_waits_to_be_taken_for_want_of_a_descriptor_is_answered_when_there_are_some_again() {
    let server = Running::start_within("-n 64", &[]);
    let mut clients: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    for client in &mut clients {
        client.write_all(HEALTH.as_bytes()).unwrap();
    }
    server.log_line("cannot take a connection");
    server.tell_to_stop();
    for client in &mut clients {
        let reply = read_all(client);
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    }
    assert!(server.ended().0.success());
}

#[test]
fn an_idle_connection_does_not_keep_it_from_stopping() {
    let server = Running::start(&["--shutdown-grace", "60"]);
    let mut idle = server.connect();
    idle.write_all(HEALTH.as_bytes()).unwrap();
    read_reply(&mut idle).unwrap();
    let log = server.stop();
    assert!(log.iter().all(|line| !line.contains("cut off")), "{log:?}");
    assert_eq!(read_all(&mut idle), "");
}

#[test]
fn half_a_head_does_not_keep_it_from_stopping() {
    let server = Running::start(&["--header-timeout", "60", "--shutdown-grace", "60"]);
    let mut half = server.connect();
    half.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n").unwrap();
    server.ask(READY);
    let began = Instant::now();
    let log = server.stop();
    assert!(
        began.elapsed() < crate::child::PATIENCE && log.iter().all(|line| !line.contains("cut off")),
        "{log:?}"
    );
    assert_eq!(read_all(&mut half), "");
}
