//! What a connection may do, how long it may take, and how it ends.

use crate::child::{Running, read_all, read_reply, until};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
const TOKEN: &str =
    "POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\n";
const LAST: &str = "GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

fn status(reply: &str) -> &str {
    reply.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn a_head_that_never_ends_is_cut_off_however_steadily_it_comes() {
    let server = Running::start(&["--header-timeout", "0.3"]);
    let mut silent = server.connect();
    let mut slow = server.connect();
    slow.set_nonblocking(true).unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    let began = Instant::now();
    let mut sent = Instant::now();
    until("the slow one is cut off", || {
        if sent.elapsed() > Duration::from_millis(20) {
            sent = Instant::now();
            if slow.write_all(b"a: b\r\n").is_err() {
                return true;
            }
        }
        matches!(slow.peek(&mut [0]), Ok(0))
    });
    assert!(began.elapsed() >= Duration::from_millis(250), "{:?}", began.elapsed());
    assert_eq!(read_all(&mut silent), "", "who never asks is not kept either");
    assert_eq!(status(&server.ask(LAST)), "200");
    server.stop();
}

#[test]
fn a_kept_connection_outlives_the_time_of_a_head_and_ends_when_it_is_idle_for_long_which_is_no_fault() {
    let flags = ["--header-timeout", "0.2", "--idle-timeout", "0.8", "--metrics-listen", "127.0.0.1:0"];
    let server = Running::start(&flags);
    let apart = server.apart();
    let mut kept = server.connect();
    kept.write_all(HEALTH.as_bytes()).unwrap();
    read_reply(&mut kept).unwrap();
    let asked = Instant::now();
    until("the time of a head is over", || asked.elapsed() > Duration::from_millis(400));
    kept.write_all(HEALTH.as_bytes()).unwrap();
    read_reply(&mut kept).unwrap();
    let idle = Instant::now();
    assert_eq!(read_all(&mut kept), "");
    assert!(idle.elapsed() > Duration::from_millis(700), "{:?}", idle.elapsed());
    let figures = apart("/metrics");
    assert!(figures.contains("portal_requests_total") && !figures.contains("cut_off_total{"), "{figures}");
    server.stop();
}

#[test]
fn a_body_that_stops_coming_is_answered_with_408() {
    let server = Running::start(&["--body-timeout", "0.2"]);
    let reply = server.ask("POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\ngrant_type=");
    assert_eq!(status(&reply), "408", "{reply}");
    assert!(reply.contains(r#""Status":408"#) && reply.contains("connection: close"), "{reply}");
    server.stop();
}

#[test]
fn a_body_that_is_too_large_is_answered_with_413_announced_or_not() {
    let server = Running::start(&["--max-body", "2000"]);
    let announced = server.ask("POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-length: 2001\r\n\r\n");
    assert_eq!(status(&announced), "413", "{announced}");
    assert!(announced.contains(r#""Status":413"#) && announced.contains("application/json"), "{announced}");
    let chunk = format!("3e8\r\n{}\r\n", "x".repeat(1000));
    let head = "POST /api/token HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunked = server.ask(&format!("{head}{}", chunk.repeat(3)));
    assert_eq!(status(&chunked), "413", "{chunked}");
    server.stop();
}

#[test]
fn whoever_sends_a_body_that_is_too_large_without_looking_reads_why_it_was_refused() {
    let server = Running::start(&[]);
    let body = "x".repeat(200_000);
    let chunks = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let announced = format!("{TOKEN}content-length: {}\r\n\r\n{body}", body.len());
    for request in [announced, format!("{TOKEN}transfer-encoding: chunked\r\n\r\n{chunks}")] {
        let (first, rest) = request.split_at(100_000);
        let mut client = server.connect();
        client.write_all(first.as_bytes()).unwrap();
        let reply = read_reply(&mut client).unwrap();
        assert!(status(&reply) == "413" && reply.contains(r#""Status":413"#), "{reply}");
        for piece in rest.as_bytes().chunks(10_000) {
            client.write_all(piece).expect("it is read");
        }
        assert_eq!(client.read(&mut [0]).expect("it is no reset"), 0);
    }
    server.stop();
}

/// A connection that is closed with something unread is reset, and takes with it the reply that was just sent.
#[test]
fn whoever_is_answered_before_they_have_sent_their_body_may_send_it_and_go_on() {
    let limit = ["--rate-limit", "1", "--rate-burst", "1"];
    for (flags, expected) in [(&[][..], "404"), (&limit[..], "429")] {
        let server = Running::start(flags);
        server.ask("GET /api/nothing HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let mut client = server.connect();
        client.write_all(b"POST /api/nothing HTTP/1.1\r\nhost: a\r\ncontent-length: 60000\r\n\r\n").unwrap();
        let reply = read_reply(&mut client).unwrap();
        assert_eq!(status(&reply), expected, "{reply}");
        for _ in 0..6 {
            client.write_all(&[b'x'; 10_000]).unwrap();
        }
        client.write_all(LAST.as_bytes()).unwrap();
        assert_eq!(status(&read_all(&mut client)), "200");
        server.stop();
    }
}

#[test]
fn a_body_may_be_as_large_as_the_settings_say() {
    let server = Running::start(&["--max-body", "4000000"]);
    let body = "x".repeat(3_000_000);
    let length = body.len();
    let reply = server.ask(&format!("{TOKEN}connection: close\r\ncontent-length: {length}\r\n\r\n{body}"));
    assert_eq!(status(&reply), "400", "{reply}");
    assert!(reply.contains("unsupported_grant_type"), "{reply}");
    server.stop();
}

#[test]
fn a_request_names_its_host_once() {
    let server = Running::start(&[]);
    for (lines, expected) in [
        ("HTTP/1.1\r\n", "400"),
        ("HTTP/1.1\r\nhost: a\r\nhost: b\r\n", "400"),
        ("HTTP/1.0\r\nhost: a\r\nhost: b\r\n", "400"),
        ("HTTP/1.0\r\n", "200"),
        ("HTTP/1.1\r\nhost:\r\n", "200"),
        ("HTTP/1.1\r\nhost: a\r\n", "200"),
        ("HTTP/1.1\r\nhost: [::1]:8787\r\n", "200"),
        ("HTTP/1.1\r\nhost: a b/c@d\r\n", "400"),
        ("HTTP/1.1\r\nhost: a@b\r\n", "400"),
        ("HTTP/1.1\r\nhost: a/b\r\n", "400"),
        ("HTTP/1.1\r\nhost: a, b\r\n", "400"),
        ("HTTP/1.0\r\nhost: a/b\r\n", "400"),
    ] {
        let reply = server.ask(&format!("GET /healthz {lines}connection: close\r\n\r\n"));
        assert_eq!(status(&reply), expected, "{lines}: {reply}");
        assert!(expected == "200" || reply.contains(r#""Status":400"#), "{reply}");
    }
    server.stop();
}

#[test]
fn too_many_headers_and_too_large_ones_are_answered_with_431() {
    let server = Running::start(&[]);
    let large = format!("GET / HTTP/1.1\r\nhost: a\r\na: {}\r\n\r\n", "x".repeat(33_000));
    assert_eq!(status(&server.ask(&large)), "431");
    let many = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "a: b\r\n".repeat(101));
    assert_eq!(status(&server.ask(&many)), "431");
    server.stop();
}

#[test]
fn a_client_that_has_sent_all_it_had_to_say_still_gets_its_answer() {
    let server = Running::start(&[]);
    let mut half = server.connect();
    let body = "grant_type=password&username=maria.santos%40example.com&password=harbour-demo";
    write!(half, "{TOKEN}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
    half.shutdown(Shutdown::Write).unwrap();
    assert_eq!(status(&read_all(&mut half)), "200");
    server.stop();
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_listens_at_all_addresses_of_ipv6_is_reached_over_ipv4_too() {
    if TcpListener::bind("[::1]:0").is_err() {
        return;
    }
    let mut server = Running::start(&["--listen", "[::]:0"]);
    for host in ["127.0.0.1", "::1"] {
        server.address.set_ip(host.parse().unwrap());
        assert_eq!(status(&server.ask(LAST)), "200", "{host}");
    }
    server.stop();
}

#[test]
fn more_connections_than_allowed_wait_and_are_served_in_turn() {
    let server = Running::start(&["--max-connections", "2", "--max-connections-per-client", "0"]);
    let first: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(HEALTH.as_bytes()).unwrap();
            read_reply(&mut stream).unwrap();
            stream
        })
        .collect();
    let mut third = server.connect();
    third.write_all(LAST.as_bytes()).unwrap();
    third.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    assert!(third.peek(&mut [0]).is_err(), "nobody has taken it");
    drop(first);
    third.set_read_timeout(Some(crate::child::PATIENCE)).unwrap();
    assert_eq!(status(&read_all(&mut third)), "200");
    server.stop();
}

#[test]
#[cfg(target_os = "linux")]
fn a_thousand_connections_at_a_time_are_served_and_leave_none_open() {
    rlimit::increase_nofile_limit(4096).unwrap();
    let server = Running::start(&[]);
    server.ask(LAST);
    let before = server.descriptors();
    for _ in 0..2 {
        let mut streams: Vec<TcpStream> = (0..1000).map(|_| server.connect()).collect();
        for stream in &mut streams {
            stream.write_all(HEALTH.as_bytes()).unwrap();
        }
        for stream in &mut streams {
            assert_eq!(status(&read_reply(stream).unwrap()), "200");
        }
        assert!(server.descriptors() >= 1000, "all are open at the same time");
        drop(streams);
        until("the descriptors are given back", || server.descriptors() <= before);
    }
    server.stop();
}

#[test]
#[cfg(target_os = "linux")]
fn there_are_descriptors_for_all_connections_and_for_those_to_the_location() {
    let most = ["--max-connections", "700"];
    let alone = Running::start_within("-Sn 64", &most);
    assert!(alone.allowed_descriptors() > 700);
    let flags = [most.as_slice(), &["--upstream", "http://127.0.0.1:9"]].concat();
    let between = Running::start_within("-Sn 64", &flags);
    assert!(between.allowed_descriptors() > 1400, "{}", between.allowed_descriptors());
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_descriptor_to_spare_the_portal_is_served_as_it_was() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "<p>Portal</p>").unwrap();
    let server = Running::start_within("-n 64", &["--dist", folder.path().to_str().unwrap()]);
    let mut page = server.connect();
    let mut ask = || {
        page.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
        read_reply(&mut page).unwrap()
    };
    assert_eq!(status(&ask()), "200");
    let others: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    server.log_line("cannot take a connection");
    // Longer than a build is taken for the newest without a look.
    let began = Instant::now();
    until("it has looked into the folder", || {
        let reply = ask();
        assert_eq!(status(&reply), "200", "{reply}");
        began.elapsed() > Duration::from_millis(2200)
    });
    drop(others);
    server.stop();
}

/// One after the other: how much the allocator keeps of many at a time differs by more than a leak would show.
#[test]
#[cfg(target_os = "linux")]
fn a_connection_leaves_no_memory_behind() {
    let server = Running::start(&[]);
    let memory_after = |connections| {
        (0..connections).for_each(|_| assert_eq!(status(&server.ask(LAST)), "200"));
        server.memory()
    };
    let (before, after) = (memory_after(1000), memory_after(4000));
    assert!(after < before + 2 * 1024, "{before} KiB grew to {after} KiB: some 500 bytes each");
    server.stop();
}
