//! A location that does with each request what its path says: most of it nothing good.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

/// What can be wrong with a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It takes a request and says nothing.
    Hangs,
    /// It closes the connection instead.
    Drops,
    /// It says nothing more in the middle of a reply.
    Stops,
    /// It closes the connection there.
    BreaksOff,
    /// It says what is no HTTP.
    Garbage,
    /// It answers with a page.
    Page,
    /// It was asked too much.
    Throttles,
    /// It fails, and says so with a page.
    Fails,
}

impl Fault {
    pub const ALL: [Self; 8] = [
        Self::Hangs,
        Self::Drops,
        Self::Stops,
        Self::BreaksOff,
        Self::Garbage,
        Self::Page,
        Self::Throttles,
        Self::Fails,
    ];

    /// The path that asks for it.
    pub fn path(self) -> String {
        format!("/api/public/{self:?}")
    }

    /// The status that a client has to get; nothing for a reply that has begun, which can only be cut.
    pub fn told(self) -> Option<u16> {
        match self {
            Self::Hangs => Some(504),
            Self::Drops | Self::Garbage | Self::Page => Some(502),
            Self::Stops | Self::BreaksOff => None,
            Self::Throttles => Some(429),
            Self::Fails => Some(503),
        }
    }

    fn of(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.path() == path)
    }
}

/// What a healthy reply to a path says: every request has another one.
pub fn body(path: &str) -> String {
    format!("\"{}\"", format!("{path} ").repeat(100))
}

/// A location of one's own.
pub struct Location {
    pub address: SocketAddr,
    /// Grows when all connections are to be closed.
    rests: Arc<AtomicUsize>,
}

impl Location {
    /// Starts it on a free port, with a thread for each connection, for as long as this process lives.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let rests = Arc::<AtomicUsize>::default();
        let all = Arc::clone(&rests);
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let rests = Arc::clone(&all);
                thread::spawn(move || serve(stream, &rests));
            }
        });
        Ok(Self { address, rests })
    }

    /// Closes the connections that are kept.
    pub fn rest(&self) {
        self.rests.fetch_add(1, Relaxed);
    }
}

fn serve(mut stream: TcpStream, rests: &AtomicUsize) -> Option<()> {
    let began = rests.load(Relaxed);
    stream.set_read_timeout(Some(Duration::from_millis(100))).ok()?;
    stream.set_nodelay(true).ok()?;
    let is_over = || rests.load(Relaxed) != began;
    loop {
        let head = read(&mut stream, &is_over)?;
        let path = head.split(' ').nth(1)?;
        let reply = match Fault::of(path) {
            None => reply("200 OK", "application/json", &body(path)),
            Some(Fault::Hangs) => String::new(),
            Some(Fault::Drops) => return None,
            Some(Fault::Stops | Fault::BreaksOff) => {
                "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf".to_owned()
            }
            Some(Fault::Garbage) => "SSH-2.0-OpenSSH\r\n\r\n".to_owned(),
            Some(Fault::Page) => reply("200 OK", "text/html", "<p>Hello</p>"),
            Some(Fault::Throttles) => {
                reply("429 Too Many Requests\r\nretry-after: 7", "application/json", "{\"Status\":429}")
            }
            Some(Fault::Fails) => reply("503 Service Unavailable", "text/html", "<p>Sorry</p>"),
        };
        stream.write_all(reply.as_bytes()).ok()?;
        match Fault::of(path) {
            Some(Fault::BreaksOff | Fault::Garbage) => return None,
            // Whatever else comes is no concern of a location that hangs.
            Some(Fault::Hangs | Fault::Stops) => while read(&mut stream, &is_over).is_some() {},
            _ => {}
        }
    }
}

fn reply(status: &str, kind: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The head of the next request, which has no body; nothing when there is none.
fn read(stream: &mut TcpStream, is_over: &impl Fn() -> bool) -> Option<String> {
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut part) {
            Ok(0) => return None,
            Ok(read) => head.extend_from_slice(part.get(..read)?),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && !is_over() => {}
            Err(_) => return None,
        }
    }
    String::from_utf8(head).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_a_path_of_its_own_and_all_others_are_healthy() {
        for fault in Fault::ALL {
            assert_eq!(Fault::of(&fault.path()), Some(fault));
        }
        assert_eq!(Fault::of("/api/public/7"), None);
    }

    #[test]
    fn a_location_that_rests_closes_what_it_kept() {
        let location = Location::start().expect("a free port");
        let mut stream = TcpStream::connect(location.address).expect("connected");
        stream.write_all(b"GET /api/public/7 HTTP/1.1\r\n\r\n").expect("sent");
        let mut text = String::new();
        while !text.ends_with(&body("/api/public/7")) {
            let mut part = [0; 4096];
            let read = stream.read(&mut part).expect("answered");
            assert!(read > 0, "{text}");
            text += &String::from_utf8_lossy(&part[..read]);
        }
        location.rest();
        assert_eq!(stream.read(&mut [0]).expect("closed"), 0);
    }
}
