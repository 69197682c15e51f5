//! What can go wrong between this server and the upstream, and how the portal is told.

use crate::observe::METRICS;
use crate::problem::problem;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::error::Error;
use std::fmt::Write;

/// Why there is no reply of the upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It took too long to connect or to begin the reply.
    Late,
    /// There is no connection, or it broke.
    Unreachable,
    /// What it said is no reply of an API.
    NoReply,
    /// The client did not finish its request: too much, too late or not at all.
    Unfinished,
}

impl Trouble {
    /// One word, for the figures.
    fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Unreachable => "unreachable",
            Self::NoReply => "no_reply",
            Self::Unfinished => "unfinished",
        }
    }

    fn told(self) -> (StatusCode, &'static str) {
        match self {
            Self::Late => (StatusCode::GATEWAY_TIMEOUT, "The location did not answer in time."),
            Self::Unreachable => (StatusCode::BAD_GATEWAY, "The location cannot be reached."),
            Self::NoReply => (StatusCode::BAD_GATEWAY, "The location's answer could not be understood."),
            Self::Unfinished => (StatusCode::BAD_REQUEST, "The request was not finished."),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        if self != Self::Unfinished {
            METRICS.upstream_error(self.name());
        }
        let (status, message) = self.told();
        problem(status, message)
    }
}

/// An error with its causes in one line. None of those that end here names the address of a request.
pub(super) fn causes(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    for cause in chain(error).skip(1) {
        let _ = write!(line, ": {cause}");
    }
    line
}

/// An error and everything behind it.
pub(super) fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}
