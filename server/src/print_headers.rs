//! The headers of every file, for whoever serves the portal from elsewhere.

use crate::client::{Peer, identify};
use crate::pages::{self, Pages};
use crate::{Options, headers};
use axum::body::Body;
use axum::http::{HeaderName, Request, header};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::Ipv4Addr;

/// What says something of one reply alone.
const OF_A_REPLY: [HeaderName; 4] =
    [header::ACCEPT_RANGES, header::CONTENT_LENGTH, header::ETAG, header::VARY];

/// Prints which headers this server sends with each file over TLS: paths at the beginning of their lines, then, indented,
/// the headers that belong to all of them. `/` stands for every path of a page. They are those of this very build: the
/// policy of the page names its scripts.
pub async fn print_headers(options: &Options, out: &mut impl Write) {
    let config = contract::json::write(&options.settings());
    let pages = Pages::open(&options.dist, &options.api_base, &config);
    let mut groups = BTreeMap::<String, Vec<String>>::new();
    for path in pages::paths(&options.dist) {
        let Ok(mut request) = Request::builder().uri(&path).body(Body::empty()) else { continue };
        request.extensions_mut().insert(Peer { address: Ipv4Addr::LOCALHOST.into(), secure: true });
        let answered = |request| headers::add(request, |request| pages.clone().answer(request));
        let reply = identify(0, request, answered).await;
        let mut lines: Vec<String> = reply
            .headers()
            .iter()
            .filter(|(name, _)| !OF_A_REPLY.contains(name))
            .map(|(name, value)| format!("  {name}: {}\n", value.to_str().unwrap_or_default()))
            .collect();
        lines.sort();
        groups.entry(lines.concat()).or_default().push(path);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (headers, paths) in groups {
        let _ = writeln!(out, "{}\n{headers}", paths.join("\n"));
    }
}
