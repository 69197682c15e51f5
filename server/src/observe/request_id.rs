//! The name of a request: in its log lines, in its reply, and in what people read out to support.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The header that carries it.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const SHORTEST: usize = 8;
const LONGEST: usize = 64;

/// Odd, so that it leads through all of them before one comes again; the golden ratio, so that neighbours look nothing like
/// each other.
const STEP: u64 = 0x9e37_79b9_7f4b;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// A name of letters, digits, `-`, `_` and `.`, so it is safe in a header, in a log line and on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    /// The one that a trusted proxy has given, else a new one.
    pub(super) fn of(headers: &HeaderMap, is_trusted: bool) -> Self {
        let given = headers.get(HEADER).filter(|value| is_trusted && fits(value.as_bytes()));
        given.cloned().map_or_else(Self::made, Self)
    }

    /// Short enough to be read out. No two of one process are the same.
    fn made() -> Self {
        // Asking the system for each is a system call for each.
        static NEXT: LazyLock<AtomicU64> =
            LazyLock::new(|| AtomicU64::new(getrandom::u64().unwrap_or_default()));
        let id = NEXT.fetch_add(STEP, Ordering::Relaxed) & 0xffff_ffff_ffff;
        Self(HeaderValue::from_str(&format!("{id:012x}")).unwrap_or(HeaderValue::from_static("none")))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Does something as the work of this request.
    pub(super) async fn with<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }
}

/// The request that is being answered here, if one is.
pub(crate) fn current() -> Option<RequestId> {
    CURRENT.try_with(Clone::clone).ok()
}

fn fits(id: &[u8]) -> bool {
    (SHORTEST..=LONGEST).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(given: &'static str, is_trusted: bool) -> String {
        let headers = HeaderMap::from_iter([(HEADER, HeaderValue::from_static(given))]);
        RequestId::of(&headers, is_trusted).as_str().to_owned()
    }

    #[test]
    fn only_a_trusted_and_harmless_name_is_taken() {
        assert_eq!(id("0123-abc_D.E", true), "0123-abc_D.E");
        for (given, is_trusted) in
            [("0123-abc_D.E", false), ("short", true), ("<script>alert(1)", true), ("a b c d e f", true)]
        {
            let made = id(given, is_trusted);
            assert!(made.len() == 12 && made.bytes().all(|byte| byte.is_ascii_hexdigit()), "{made}");
        }
        assert_ne!(id("", true), id("", true));
    }
}
