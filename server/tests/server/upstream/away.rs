//! A location that ends a connection over HTTP/2 as it does every so many requests: with a word about which of those
//! under way it still deals with.

use super::TEAMS;
use super::http2::acceptor;
use super::whole::certificates;
use crate::client::Server;
use axum::http::Method;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const GO_AWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

/// As HPACK packs `:status: 200`.
const OK: [u8; 1] = [0x88];

/// So many requests of the first connection are dealt with, and so many are under way when it says so.
const DEALT_WITH: usize = 11;
const UNDER_WAY: usize = 21;

struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

impl Frame {
    async fn read(from: &mut (impl AsyncReadExt + Unpin)) -> io::Result<Self> {
        let mut head = [0; 9];
        from.read_exact(&mut head).await?;
        let mut payload = vec![0; usize::from(head[1]) << 8 | usize::from(head[2])];
        from.read_exact(&mut payload).await?;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        Ok(Self { kind: head[3], flags: head[4], stream, payload })
    }

    async fn write(self, to: &mut (impl AsyncWriteExt + Unpin)) -> io::Result<()> {
        let size = u8::try_from(self.payload.len()).unwrap();
        let mut bytes = vec![0, 0, size, self.kind, self.flags];
        bytes.extend(self.stream.to_be_bytes());
        bytes.extend(self.payload);
        to.write_all(&bytes).await
    }
}

/// Answers requests once they are complete, and remembers their bodies. Those of the first connection beyond the ones it
/// deals with get no answer.
async fn serve<S>(mut stream: S, is_first: bool, bodies: &Mutex<Vec<String>>) -> io::Result<()>
where
    S: AsyncReadExt + AsyncWriteExt + Unpin,
{
    let frame = |kind, flags, stream, payload| Frame { kind, flags, stream, payload };
    stream.read_exact(&mut [0; 24]).await?;
    frame(SETTINGS, 0, 0, Vec::new()).write(&mut stream).await?;
    let (mut begun, mut last) = (0, 0);
    let mut open = HashMap::new();
    loop {
        let Frame { kind, flags, stream: id, payload } = Frame::read(&mut stream).await?;
        match kind {
            SETTINGS if flags & ACK == 0 => frame(SETTINGS, ACK, 0, Vec::new()).write(&mut stream).await?,
            HEADERS => {
                begun += 1;
                if !is_first || begun <= DEALT_WITH {
                    last = id;
                    open.insert(id, String::new());
                }
                if is_first && begun == UNDER_WAY {
                    let payload = [u32::to_be_bytes(last), [0; 4]].concat();
                    frame(GO_AWAY, 0, 0, payload).write(&mut stream).await?;
                }
            }
            DATA => {
                let text = std::str::from_utf8(&payload).unwrap();
                open.entry(id).and_modify(|body| body.push_str(text));
            }
            _ => {}
        }
        let is_complete = [HEADERS, DATA].contains(&kind) && flags & END_STREAM != 0;
        if let Some(body) = is_complete.then(|| open.remove(&id)).flatten() {
            bodies.lock().unwrap().push(body);
            frame(HEADERS, END_HEADERS | END_STREAM, id, OK.to_vec()).write(&mut stream).await?;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_done_twice_when_a_location_ends_a_connection_as_it_should() {
    let folder = tempfile::TempDir::new().unwrap();
    let [cert, key, ca] = certificates(folder.path());
    let acceptor = acceptor(&cert, &key);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let bodies = Arc::<Mutex<Vec<String>>>::default();
    let all = Arc::clone(&bodies);
    tokio::spawn(async move {
        for number in 0.. {
            let stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
            let bodies = Arc::clone(&all);
            tokio::spawn(async move { serve(stream, number == 0, &bodies).await });
        }
    });
    let server = Server::in_front_of(&url, &["--upstream-ca", &ca]);
    assert_eq!(server.get(TEAMS, "").await.status, 200);
    let asking = (1..UNDER_WAY).map(|number| {
        let server = server.clone();
        let (method, path, body) = match number % 3 {
            0 => (Method::GET, "/api/public/coworkers/104/impersonate", String::new()),
            _ => (Method::POST, "/api/public/bookings", number.to_string()),
        };
        tokio::spawn(async move { server.call(method, path, "", &body).await.status })
    });
    for status in asking.collect::<Vec<_>>() {
        assert_eq!(status.await.unwrap(), 200);
    }
    let mut expected: Vec<_> =
        (1..UNDER_WAY).filter(|number| number % 3 != 0).map(|it| it.to_string()).collect();
    expected.resize(UNDER_WAY, String::new());
    let mut bodies = bodies.lock().unwrap().clone();
    bodies.sort_unstable();
    expected.sort_unstable();
    assert_eq!(bodies, expected, "each is dealt with, and once");
}
