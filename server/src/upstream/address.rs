//! Which addresses are passed on.

use axum::http::uri::PathAndQuery;
use contract::Endpoint;
use contract::auth::{SendOtp, SignOut};
use percent_encoding::percent_decode_str;

/// The parts of the API that are documented, as routes. Whatever else a location answers stays out of reach.
pub(super) const ROUTES: [&str; 7] = [
    "/api/token",
    "/api/public/{*path}",
    "/api/sys/users",
    "/api/sys/users/{*path}",
    "/api/sys/businesses",
    "/api/sys/businesses/{*path}",
    SignOut::ROUTE,
];

/// True for a path that every server reads alike: no empty, dotted or twice encoded segments, and no signs with a
/// meaning of their own. What is odd is not repaired but refused.
pub(super) fn is_plain(address: &PathAndQuery) -> bool {
    let Some(path) = address.path().strip_prefix('/') else { return false };
    path.split('/').all(|segment| {
        let Ok(name) = percent_decode_str(segment).decode_utf8() else { return false };
        let ordinary = |sign: char| sign.is_ascii_alphanumeric() || "-._~@+=:,".contains(sign);
        !name.is_empty() && name.chars().all(ordinary) && name.chars().any(|sign| sign != '.')
    })
}

/// True for a GET that does something that must not be done twice, in whatever spelling a server may take for it.
pub(super) fn is_one_shot(address: &PathAndQuery) -> bool {
    let path = percent_decode_str(address.path()).decode_utf8_lossy();
    let last = path.rsplit('/').next().unwrap_or_default();
    [SignOut::ROUTE, SendOtp::ROUTE].iter().any(|route| path.eq_ignore_ascii_case(route))
        || last.eq_ignore_ascii_case("impersonate")
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::coworkers::{Impersonate, OperatorImpersonate};
    use proptest::prelude::*;

    fn is_plain(path: &str) -> bool {
        path.parse().is_ok_and(|address| super::is_plain(&address))
    }

    #[test]
    fn addresses_of_the_contract_are_plain() {
        for path in [
            "/api/token",
            "/api/public/coworkers/profiles?_shape=User.Id,Profiles.Id",
            "/api/public/auth/login/eyJhbGciOi.eyJzdWIi.c2ln-_~",
            "/api/public/auth/login/a%2Bb%3D",
            "/api/sys/users/exchange?token=a%2Fb%252F..&validForInMinutes=30",
            "/en/login/logout",
        ] {
            assert!(is_plain(path), "{path}");
        }
    }

    #[test]
    fn whatever_two_servers_could_read_differently_is_not() {
        for path in [
            "/api/public/../token",
            "/api/public/%2e%2e/token",
            "/api/public/.%2E/token",
            "/api/public/./a",
            "/api/public/...",
            "/api/public//a",
            "/api/public/a/",
            "/api/public/a%2fb",
            "/api/public/a%5cb",
            "/api/public/a\\b",
            "/api/public/%252e%252e/token",
            "/api/public/a%25",
            "/api/public/a%00",
            "/api/public/a%0d%0aHost:b",
            "/api/public/..;/token",
            "/api/public/a;b=c",
            "/api/public/%c0%ae",
            "/api/public/%ff",
            "/api/public/caf%C3%A9",
            "/api/public/a%",
            "/api/public/a%20b",
            "/",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn a_start_of_acting_is_done_once_however_it_is_spelled() {
        for route in [Impersonate::ROUTE, OperatorImpersonate::ROUTE, SendOtp::ROUTE, SignOut::ROUTE] {
            let path = route.replace("{id}", "7");
            let (all_but_last, last) = path.split_at(path.len() - 1);
            let packed = format!("{all_but_last}%{:02x}?a=b", last.as_bytes()[0]);
            for path in [path.to_uppercase(), packed, path] {
                assert!(is_one_shot(&path.parse().unwrap()), "{path}");
            }
        }
        for path in
            ["/api/public/teams/my", "/api/public/teams/impersonated", "/api/public/teams/my?a=/impersonate"]
        {
            assert!(!is_one_shot(&path.parse().unwrap()), "{path}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_holds_no_way_up_however_often_it_is_decoded(path in "/api/public/[%25cCeEfF./\\\\a;]{0,16}") {
            if is_plain(&path) {
                let mut text = path;
                for _ in 0..4 {
                    prop_assert!(!text.split(['/', '\\', ';']).skip(1).any(|part| ["", ".", ".."].contains(&part)));
                    text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
                }
            }
        }
    }
}
