//! Values that are more than a number or a word. Each error is one sentence.

use axum::http::uri::Authority;
use rustls::pki_types::ServerName;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU16;
use std::time::Duration;

/// The longest time that a setting may name.
const LONGEST: f64 = 3600.0;

/// What stands in `deploy/` and in the documents for the name of a location.
const PLACEHOLDER: &str = "YOUR-LOCATION";

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
    if host.is_some_and(|host| host.to_ascii_uppercase().starts_with(PLACEHOLDER)) {
        return Err(format!("expected the name of a location in place of {PLACEHOLDER}"));
    }
    let authority = host.filter(|host| fits(host)).and_then(|host| host.parse().ok());
    let Some(authority) = authority.filter(is_reachable) else {
        return Err("expected a scheme and a host, such as https://name.spaces.nexudus.com".to_owned());
    };
    if !has_usable_port(&authority) {
        return Err("expected a port from 1 to 65535 behind the host's colon".to_owned());
    }
    Ok(text.to_owned())
}

/// Whether its host is a name or an address, as whoever connects asks.
fn is_reachable(authority: &Authority) -> bool {
    let host = authority.host();
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => ServerName::try_from(host).is_ok(),
    }
}

/// Whoever connects would take the usual port in place of one that is none.
fn has_usable_port(authority: &Authority) -> bool {
    match authority.as_str().strip_prefix(authority.host()) {
        Some("") => true,
        behind => {
            let port = behind.and_then(|behind| behind.strip_prefix(':'));
            port.is_some_and(|port| port.parse::<NonZeroU16>().is_ok())
        }
    }
}

/// An origin that people's passwords may be sent to: HTTPS, or HTTP that does not leave this machine.
pub(super) fn upstream(text: &str) -> Result<String, String> {
    let origin = origin(text)?;
    let local = |host: &str| {
        host == "localhost"
            || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    let host = origin.strip_prefix("http://").and_then(|host| host.parse::<Authority>().ok());
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
            "https://192.0.2.1",
            "https://[2001:db8::1]:8443",
            "https://xn--hfen-5qa.example.com",
            "https://a.example.com.",
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
            "https://[zz]",
            "https://[1.2.3.4]",
            "https://a..b",
            "https://-",
            "https://.",
            "https://-a.example.com",
            "https://1.2.3",
            "https://1.2.3.400",
        ] {
            assert!(upstream(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_recipes_have_to_be_told_the_location() {
        let recipe = include_str!("../../../deploy/portal.toml").parse::<toml::Table>().unwrap();
        let reason = upstream(recipe["upstream"].as_str().unwrap()).unwrap_err();
        assert!(reason.contains("in place of YOUR-LOCATION"), "{reason}");
    }

    #[test]
    fn what_stands_behind_the_colon_of_a_host_is_a_port() {
        for host in ["a.example.com", "127.0.0.1", "[::1]"] {
            for port in ["", ":1", ":8443", ":65535"] {
                assert!(origin(&format!("https://{host}{port}")).is_ok(), "{host}{port}");
            }
            for port in [":", ":0", ":65536", ":99999", ":http", ":80a", ":-1"] {
                let reason = origin(&format!("https://{host}{port}")).unwrap_err();
                assert!(reason.contains("65535"), "{host}{port}: {reason}");
            }
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
