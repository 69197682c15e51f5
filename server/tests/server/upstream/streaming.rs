//! Bodies pass piece by piece.

use super::{EMPTY, Location, TEAMS};
use crate::child::{PATIENCE, Running, read_all};
use std::io::{Read, Write};
use std::sync::{Mutex, mpsc};

#[test]
fn the_first_piece_of_a_reply_arrives_before_the_last_is_sent() {
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let location = Location::scripted(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n").unwrap();
        wait.lock().unwrap().recv_timeout(PATIENCE).expect("the client has the first piece");
        stream.write_all(b"4\r\nlast\r\n0\r\n\r\n").unwrap();
        false
    });
    let server = Running::start(&["--upstream", &location.url()]);
    let mut client = server.connect();
    write!(client, "GET {TEAMS} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    let mut part = [0; 1000];
    while !text.contains("first") {
        let read = client.read(&mut part).unwrap();
        assert!(read > 0, "{text}");
        text.push_str(std::str::from_utf8(&part[..read]).unwrap());
    }
    seen.send(()).unwrap();
    text.push_str(&read_all(&mut client));
    assert!(text.contains("last") && text.ends_with("0\r\n\r\n"), "{text}");
}

#[test]
fn the_first_piece_of_a_request_arrives_before_the_last_is_sent() {
    let (seen, wait) = mpsc::channel();
    let location = Location::raw(move |_, mut stream| {
        let mut text = String::new();
        let mut part = [0; 1000];
        while !text.ends_with("last") {
            let read = stream.read(&mut part).unwrap();
            text.push_str(std::str::from_utf8(&part[..read]).unwrap());
            if text.ends_with("first") {
                seen.send(()).unwrap();
            }
        }
        stream.write_all(EMPTY.as_bytes()).unwrap();
    });
    let server = Running::start(&["--upstream", &location.url()]);
    let mut client = server.connect();
    write!(client, "POST {TEAMS} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 9\r\n\r\nfirst")
        .unwrap();
    wait.recv_timeout(PATIENCE).expect("the location has the first piece");
    write!(client, "last").unwrap();
    assert!(read_all(&mut client).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_large_reply_passes_without_being_kept() {
    const SIZE: usize = 48 * 1024 * 1024;
    let location = Location::scripted(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {SIZE}\r\n\r\n").unwrap();
        let piece = [b'x'; 65536];
        (0..SIZE / piece.len()).all(|_| stream.write_all(&piece).is_ok())
    });
    let server = Running::start(&["--upstream", &location.url()]);
    let before = server.memory();
    let mut client = server.connect();
    write!(client, "GET {TEAMS} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut count = 0;
    let mut part = vec![0; 1 << 20];
    loop {
        let read = client.read(&mut part).unwrap();
        if read == 0 {
            break;
        }
        count += read;
        assert!(server.memory() < before + 16 * 1024, "{} KiB for a part of {count} bytes", server.memory());
    }
    assert!(count > SIZE);
}

#[test]
fn a_request_that_is_too_large_is_a_413_whether_it_says_so_or_not() {
    let location = Location::raw(|_, mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let server = Running::start(&["--upstream", &location.url(), "--max-body", "1024"]);
    for body in ["content-length: 2000\r\n\r\n".to_owned(), chunks(2000)] {
        let reply = server.ask(&format!("POST /api/token HTTP/1.1\r\nhost: a\r\n{body}"));
        assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
        assert!(reply.contains(r#""WasSuccessful":false"#), "{reply}");
    }
}

fn chunks(size: usize) -> String {
    format!("transfer-encoding: chunked\r\n\r\n{size:x}\r\n{}\r\n0\r\n\r\n", "x".repeat(size))
}

#[test]
fn a_slow_request_is_the_clients_and_a_slow_reply_the_locations() {
    let location = Location::raw(|_, mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let patience = ["--body-timeout", "1", "--upstream-response-timeout", "0.2"];
    let server = Running::start(&[&["--upstream", location.url().as_str()], patience.as_slice()].concat());
    let head = "POST /api/token HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 5\r\n\r\n";
    for (body, status) in [("half", "HTTP/1.1 408"), ("whole", "HTTP/1.1 504")] {
        let reply = server.ask(&format!("{head}{body}"));
        assert!(reply.starts_with(status), "{body}: {reply}");
    }
}

#[test]
fn a_request_in_another_coding_than_pieces_is_a_501_and_not_passed_on() {
    let location = Location::saying(EMPTY);
    let server = Running::start(&["--upstream", &location.url()]);
    let ask = |path: &str, codings: &str| {
        let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\ntransfer-encoding: {codings}\r\n\r\n");
        server.ask(&format!(
            "{head}4\r\nbody\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
        ))
    };
    for codings in [
        "gzip, chunked",
        "chunked, chunked",
        "chunked\r\ntransfer-encoding: chunked",
        "gzip\r\ntransfer-encoding: chunked",
    ] {
        for path in [TEAMS, "/"] {
            let reply = ask(path, codings);
            assert!(
                reply.starts_with("HTTP/1.1 501") && reply.contains(r#""WasSuccessful":false"#),
                "{reply}"
            );
            assert_eq!(reply.matches("HTTP/1.1 ").count(), 1, "what follows is nobody's: {reply}");
        }
    }
    assert_eq!(location.heard().len(), 0);
    let reply = ask("/", "Chunked");
    assert!(reply.starts_with("HTTP/1.1 405") && reply.contains("HTTP/1.1 200"), "{reply}");
}
