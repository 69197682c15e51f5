//! Who sends a request, and whether the way to them is encrypted.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Two years, as browsers ask for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub(crate) address: IpAddr,
    pub(crate) secure: bool,
}

/// Whoever a request comes from, behind the proxies that are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) address: IpAddr,
    pub(crate) secure: bool,
}

impl Client {
    /// `hops` proxies are believed, each of which has added the address it was asked from. What stands before
    /// those was written by the client and is nobody's word.
    fn new(peer: Peer, headers: &HeaderMap, hops: u8) -> Self {
        let Some(steps) = usize::from(hops).checked_sub(1) else {
            return Self { address: peer.address, secure: peer.secure };
        };
        let address = nth_from_the_end(headers, "x-forwarded-for", steps).and_then(address);
        let scheme = nth_from_the_end(headers, "x-forwarded-proto", steps);
        Self {
            address: address.unwrap_or(peer.address),
            secure: peer.secure || scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https")),
        }
    }
}

/// One word of a list over all its headers; its first one when there are fewer. A word that is no text counts as one
/// that says nothing: whoever sends it must not hide what a proxy has written beside it.
fn nth_from_the_end<'a>(headers: &'a HeaderMap, name: &str, steps: usize) -> Option<&'a str> {
    let lines = headers.get_all(name).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    let words: Vec<&str> = lines.map(|word| std::str::from_utf8(word).unwrap_or_default().trim()).collect();
    words.iter().rev().nth(steps).or(words.first()).copied()
}

/// Some proxies add the port.
fn address(word: &str) -> Option<IpAddr> {
    let alone = word.trim_start_matches('[').trim_end_matches(']').parse().ok();
    alone.or_else(|| word.parse().ok().map(|with_port: SocketAddr| with_port.ip()))
}

/// Tells the routes their [`Client`], and whoever came over TLS to do so always.
pub(crate) async fn identify<Reply: Future<Output = Response>>(
    hops: u8,
    mut request: Request,
    next: impl FnOnce(Request) -> Reply,
) -> Response {
    let nobody = Peer { address: Ipv4Addr::UNSPECIFIED.into(), secure: false };
    let peer = request.extensions().get().copied().unwrap_or(nobody);
    let client = Client::new(peer, request.headers(), hops);
    request.extensions_mut().insert(client);
    let mut response = next(request).await;
    if client.secure {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEER: Peer = Peer { address: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), secure: false };

    fn client(hops: u8, lines: &[(&'static str, &'static str)]) -> (String, bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        let client = Client::new(PEER, &headers, hops);
        (client.address.to_string(), client.secure)
    }

    #[test]
    fn nobody_is_believed_unless_told_to() {
        let lines = [("x-forwarded-for", "192.0.2.7"), ("x-forwarded-proto", "https")];
        assert_eq!(client(0, &lines), ("10.0.0.1".to_owned(), false));
        assert_eq!(client(1, &lines), ("192.0.2.7".to_owned(), true));
    }

    #[test]
    fn what_a_client_writes_itself_is_passed_over() {
        let lines = [("x-forwarded-for", "1.1.1.1, 192.0.2.7"), ("x-forwarded-for", "198.51.100.9")];
        assert_eq!(client(1, &lines).0, "198.51.100.9");
        assert_eq!(client(2, &lines).0, "192.0.2.7");
        assert_eq!(client(9, &lines).0, "1.1.1.1", "fewer than promised: the furthest there is");
    }

    #[test]
    fn what_is_no_text_hides_nothing_that_a_proxy_wrote() {
        let line = HeaderValue::from_bytes(b"\xff, 192.0.2.7").unwrap();
        let headers = HeaderMap::from_iter([(header::HeaderName::from_static("x-forwarded-for"), line)]);
        assert_eq!(Client::new(PEER, &headers, 1).address.to_string(), "192.0.2.7");
        assert_eq!(Client::new(PEER, &headers, 2).address.to_string(), "10.0.0.1");
    }

    #[test]
    fn ports_brackets_and_nonsense_are_understood() {
        for (written, meant) in [
            ("192.0.2.7:4711", "192.0.2.7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("unknown", "10.0.0.1"),
            ("", "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_static(written));
            assert_eq!(Client::new(PEER, &headers, 1).address.to_string(), meant);
        }
    }
}
