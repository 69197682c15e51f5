//! What a request brings along: its bearer and its query. Reading them never refuses a request by itself, so that
//! a wrong query of somebody without a session is still a 401.

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{Method, header};
use std::convert::Infallible;

/// The bearer as sent, and what it was sent for.
pub(super) struct Credential {
    pub(super) bearer: Option<String>,
    pub(super) method: Method,
    /// The route's pattern: it goes into the audit, the path does not.
    pub(super) route: String,
}

impl Credential {
    /// True when the request changes something that the API keeps.
    pub(super) fn writes(&self) -> bool {
        !self.method.is_safe() && self.route.starts_with("/api/public/")
    }
}

impl<S: Sync> FromRequestParts<S> for Credential {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = header
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim().to_owned());
        let route = parts.extensions.get::<MatchedPath>().map(|route| route.as_str().to_owned());
        Ok(Self { bearer, method: parts.method.clone(), route: route.unwrap_or_default() })
    }
}

/// The query's pairs, decoded.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// A parameter that is present and not blank; names are compared without regard to case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}
