//! What an endpoint is, and the request it turns into.

use crate::Problem;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// Everything but the unreserved characters of RFC 3986: the value stays one segment whatever it holds.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The HTTP methods the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Starts something or sends a form.
    Post,
    /// Replaces.
    Put,
    /// Changes the fields it names and leaves the others.
    Patch,
    /// Takes away.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// True when a request changes nothing on the server.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// What may leave the browser while one person acts as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// With either access: it changes nothing.
    Allowed,
    /// Only with Full access: it changes something of the other person.
    FullAccess,
    /// Not at all: it decides who somebody is or what others may do.
    Never,
}

/// A request's body.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// No body.
    None,
    /// `application/json`.
    Json(String),
    /// `application/x-www-form-urlencoded`, which only `/api/token` takes.
    Form(String),
}

impl Body {
    /// The media type to announce, if there is a body.
    pub fn content_type(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Json(_) => Some("application/json"),
            Self::Form(_) => Some("application/x-www-form-urlencoded"),
        }
    }

    /// The text to send, if any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Json(text) | Self::Form(text) => Some(text),
        }
    }
}

/// A success reply that is not what the contract says. Carries no part of the reply: it may hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// One endpoint of the API, ready to be called with the values it holds.
///
/// `POLICY` has no default: an endpoint that does not say what it may do while acting does not compile.
///
/// ```compile_fail,E0046
/// # use contract::{Endpoint, Method, Policy, Unreadable};
/// struct Ping;
///
/// impl Endpoint for Ping {
///     type Reply = ();
///     const METHOD: Method = Method::Get;
///     const ROUTE: &'static str = "/ping";
///
///     fn read(_: &str) -> Result<(), Unreadable> {
///         Ok(())
///     }
/// }
/// ```
///
/// The same endpoint compiles once it says so, and nothing else is added:
///
/// ```
/// # use contract::{Endpoint, Method, Policy, Unreadable};
/// struct Ping;
///
/// impl Endpoint for Ping {
///     type Reply = ();
///     const METHOD: Method = Method::Get;
///     const ROUTE: &'static str = "/ping";
///     const POLICY: Policy = Policy::Allowed;
///
///     fn read(_: &str) -> Result<(), Unreadable> {
///         Ok(())
///     }
/// }
/// ```
pub trait Endpoint {
    /// What a success means.
    type Reply: 'static;
    /// The method.
    const METHOD: Method;
    /// The path with its parameters in braces, as the server routes it. Safe to log.
    const ROUTE: &'static str;
    /// What may be sent while acting as another person.
    const POLICY: Policy;
    /// True when the request carries the session's bearer.
    const BEARER: bool = true;
    /// True when the request must be sent once at most, and neither it nor its reply may be stored anywhere.
    const ONE_SHOT: bool = false;
    /// True when a success is one whatever its body is, or `read` itself knows what a web page in its place means. For all
    /// others that is none: it is how a network that wants something first answers everything.
    const ANY_BODY: bool = false;

    /// Values for the braces of `ROUTE`, in order.
    fn path_values(&self) -> Vec<String> {
        Vec::new()
    }

    /// Query parameters.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Headers of this endpoint alone.
    fn headers(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The body.
    fn body(&self) -> Body {
        Body::None
    }

    /// Reads a success reply.
    ///
    /// # Errors
    /// [`Unreadable`] when the text is not what the contract says.
    fn read(text: &str) -> Result<Self::Reply, Unreadable>;

    /// Why a reply that came with a success is a refusal all the same; `None` when it is none.
    fn refusal(_reply: &Self::Reply) -> Option<Problem> {
        None
    }

    /// The request as plain data.
    fn request(&self) -> Request {
        Request {
            method: Self::METHOD,
            route: Self::ROUTE,
            path: path(Self::ROUTE, &self.path_values(), self.query()),
            headers: self.headers(),
            body: self.body(),
            policy: Self::POLICY,
            bearer: Self::BEARER,
            one_shot: Self::ONE_SHOT,
        }
    }
}

fn path(route: &str, values: &[String], query: Vec<(&str, String)>) -> String {
    let mut path = fill(route, values);
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    if !query.is_empty() {
        path.push('?');
        path.push_str(&query);
    }
    path
}

/// Puts percent-encoded values in the place of a route's braces.
fn fill(route: &str, values: &[String]) -> String {
    let mut values = values.iter();
    let mut path = String::with_capacity(route.len() + 16);
    let mut rest = route;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        if let Some(value) = values.next() {
            path.extend(utf8_percent_encode(value, SEGMENT));
        }
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    path.push_str(rest);
    path
}

/// A request as data, for whichever transport carries it.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path's pattern, without values: what may be logged.
    pub route: &'static str,
    /// Path and query, encoded. May hold a secret: never log it.
    pub path: String,
    /// Headers of this endpoint alone.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// What may be sent while acting.
    pub policy: Policy,
    /// Carries the session's bearer.
    pub bearer: bool,
    /// Sent once at most and stored nowhere.
    pub one_shot: bool,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_with_a_slash_stays_one_segment() {
        let path = fill("/a/{x}/b/{y}", &["1/../2?#".into(), "ü".into()]);
        assert_eq!(path, "/a/1%2F..%2F2%3F%23/b/%C3%BC");
    }

    proptest! {
        #[test]
        fn no_value_adds_a_segment_a_query_or_a_fragment(value in ".*") {
            let path = fill("/a/{x}/b", &[value]);
            prop_assert_eq!(path.matches('/').count(), 3);
            prop_assert!(!path.contains(['?', '#', '\\', ' ']));
        }
    }
}
