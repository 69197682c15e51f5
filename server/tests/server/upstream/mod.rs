//! A location that does as a test says, and the server in front of it.

mod away;
mod broken;
mod faults;
mod http2;
mod in_flight;
mod pages;
mod passing;
mod retry;
mod streaming;
mod whole;

use crate::client::Server;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Which connection it came on, from 0.
    pub connection: usize,
    pub head: String,
    pub body: String,
}

impl Heard {
    /// The values of a header, joined; its name as it was written.
    fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(its, _)| *its == name).map(|(_, value)| value).collect::<Vec<_>>().join("|")
    }
}

/// A scripted location; it lives as long as the test's process.
pub struct Location {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Location {
    /// Hands each connection with its number to `serve`, on a thread of its own.
    fn raw(serve: impl Fn(usize, TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (serve, stream) = (Arc::clone(&serve), stream.unwrap());
                thread::spawn(move || serve(number, stream));
            }
        });
        Self { address, heard: Arc::default() }
    }

    /// Lets `answer` write to each request; the connection is kept while it says so.
    fn scripted(answer: impl Fn(&Heard, &mut TcpStream) -> bool + Send + Sync + 'static) -> Self {
        let heard = Arc::<Mutex<Vec<Heard>>>::default();
        let all = Arc::clone(&heard);
        let location = Self::raw(move |connection, mut stream| {
            while let Some(mut request) = read_request(&mut stream) {
                request.connection = connection;
                all.lock().unwrap().push(request.clone());
                if !answer(&request, &mut stream) {
                    break;
                }
            }
        });
        Self { heard, ..location }
    }

    /// Says the same each time and keeps the connection.
    fn saying(reply: &'static str) -> Self {
        Self::scripted(move |_, stream| stream.write_all(reply.as_bytes()).is_ok())
    }

    /// What came so far.
    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The server in front of it.
    fn server(&self, flags: &[&str]) -> Server {
        Server::in_front_of(&self.url(), flags)
    }
}

/// A request with a body of a said length; `None` when the connection ends instead.
fn read_request(stream: &mut TcpStream) -> Option<Heard> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        bytes.extend(byte);
    }
    let mut heard = Heard { head: String::from_utf8(bytes).unwrap(), ..Heard::default() };
    let mut body = vec![0; heard.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    heard.body = String::from_utf8(body).unwrap();
    Some(heard)
}

/// A reply of JSON.
fn json(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
const TEAMS: &str = "/api/public/teams/my";

/// Counts up from 0, for whoever answers differently each time.
#[derive(Default)]
struct Turn(AtomicUsize);

impl Turn {
    fn next(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}
