//! Values that are more than a number or a word. Each error is one sentence.

use std::net::IpAddr;
use std::time::Duration;

/// The longest time that a setting may name.
const LONGEST: f64 = 3600.0;

/// Seconds, more than none, with a fraction where it helps: `0.5`.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    pause(text).ok().filter(|time| !time.is_zero()).ok_or_else(|| EXPECTED.to_owned())
}

const EXPECTED: &str = "expected seconds, more than 0 and at most 3600";

/// Seconds, or none.
pub(super) fn pause(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds) if (0.0..=LONGEST).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(EXPECTED.replace("more than 0", "0 or more")),
    }
}

/// A scheme and a host, nothing else: the value also goes into the Content-Security-Policy.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return Ok(String::new());
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |host: &str| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c))
    };
    match host {
        Some(host) if fits(host) && host.parse::<axum::http::uri::Authority>().is_ok() => Ok(text.to_owned()),
        _ => Err("expected a scheme and a host, such as https://name.spaces.nexudus.com".to_owned()),
    }
}

/// An origin that people's passwords may be sent to: HTTPS, or HTTP that does not leave this machine.
pub(super) fn upstream(text: &str) -> Result<String, String> {
    let origin = origin(text)?;
    let local = |host: &str| {
        host == "localhost"
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    let host =
        origin.strip_prefix("http://").and_then(|host| host.parse::<axum::http::uri::Authority>().ok());
    if origin.starts_with("https://") || host.is_some_and(|host| local(host.host())) {
        Ok(origin)
    } else {
        Err("expected https:// and a host; http:// only for this machine".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upstream_is_reached_by_https_unless_it_is_this_machine() {
        for fits in [
            "https://a.example.com",
            "http://127.0.0.1:9",
            "http://localhost:9",
            "http://[::1]:9",
            "https://a:8443/",
        ] {
            assert_eq!(upstream(fits), Ok(fits.trim_end_matches('/').to_owned()));
        }
        for wrong in [
            "",
            "a.example.com",
            "http://a.example.com",
            "http://127.0.0.1.example.com",
            "https://a.example.com/path",
            "https://user@a.example.com",
            "https://a:b:c",
            "http://[::1",
            "ftp://a.example.com",
        ] {
            assert!(upstream(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_are_seconds_within_reason() {
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        assert_eq!(pause("0"), Ok(Duration::ZERO));
        for wrong in ["", "0", "-1", "NaN", "inf", "3601", "10s"] {
            assert_eq!(seconds(wrong), Err(EXPECTED.to_owned()), "{wrong}");
        }
    }
}
