//! A few lines of HTTP, for asking the server more than a well-behaved client would.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Nothing that is measured takes this long unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection.
pub struct Client(TcpStream);

impl Client {
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    pub fn send(&mut self, text: &str) -> io::Result<()> {
        self.0.write_all(text.as_bytes())
    }

    /// Says that nothing more is coming.
    pub fn end(&self) -> io::Result<()> {
        self.0.shutdown(std::net::Shutdown::Write)
    }

    /// The reply to the only request under way, once it is there completely.
    pub fn reply(&mut self) -> io::Result<Reply> {
        let mut bytes = Vec::new();
        let mut part = [0; 16 * 1024];
        loop {
            let read = self.0.read(&mut part)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            bytes.extend_from_slice(part.get(..read).unwrap_or_default());
            if let Some(reply) = complete(&String::from_utf8_lossy(&bytes)) {
                return Ok(reply);
            }
        }
    }

    /// Whether the other end has closed it, or reset it.
    pub fn is_closed(&self) -> bool {
        let _ = self.0.set_nonblocking(true);
        let peeked = self.0.peek(&mut [0]);
        let _ = self.0.set_nonblocking(false);
        !matches!(peeked, Ok(1..)) && !peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

/// A reply whose length is said.
#[derive(Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    /// The connection takes no more requests.
    pub is_last: bool,
    pub body: String,
}

fn complete(text: &str) -> Option<Reply> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let length = field("content-length: ").map_or(Some(0), |length| length.parse().ok())?;
    let code = head.split(' ').nth(1)?.parse().ok()?;
    let is_last = field("connection: close").is_some();
    (body.len() >= length).then(|| Reply { code, is_last, body: body.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_complete_with_its_last_byte() {
        let reply = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno";
        assert_eq!(complete(reply), Some(Reply { code: 503, is_last: true, body: "no".to_owned() }));
        assert_eq!(complete(&reply[..reply.len() - 1]), None);
    }
}
