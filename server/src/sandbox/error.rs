//! Every way in which the sandbox says no, and how each looks on the wire.

use crate::problem::{envelope, problem};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::ResetToken;
use contract::auth::code;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A request that is not done.
#[derive(Debug, PartialEq)]
pub(super) enum Refusal {
    /// 401 without a body: no bearer, or one that is nobody's any more.
    Unauthorized,
    /// 403 and why.
    Forbidden(&'static str),
    /// 404.
    NotFound(&'static str),
    /// 400 of a query.
    BadRequest(&'static str),
    /// 400 of a body: what is wrong with which field.
    Invalid(Vec<Wrong>),
    /// 400 of `/api/token`.
    Grant { error: &'static str, description: &'static str },
    /// 400 of `/api/token`, with what a new password is chosen with in the place of the words.
    MustReset(ResetToken),
    /// 429 without a body: seconds to wait.
    Throttled(i64),
    /// 500: not the caller's doing. The cause went to the log.
    Fault,
}

/// What is wrong with one field.
#[derive(Debug, PartialEq)]
pub(super) struct Wrong {
    pub(super) field: &'static str,
    pub(super) value: Value,
    pub(super) message: Cow<'static, str>,
}

impl Refusal {
    /// Logs a cause and hides it from the caller.
    pub(super) fn fault(what: &str, cause: &dyn std::fmt::Display) -> Self {
        tracing::error!("{what} failed: {cause}");
        Self::Fault
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::fault("the database", &error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Unauthorized => {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
            }
            Self::Forbidden(why) => problem(StatusCode::FORBIDDEN, why),
            Self::NotFound(what) => problem(StatusCode::NOT_FOUND, what),
            Self::BadRequest(why) => problem(StatusCode::BAD_REQUEST, why),
            Self::Invalid(wrong) => {
                let message = wrong.first().map_or("The request is not valid.", |wrong| &wrong.message);
                let errors = wrong.iter().map(|wrong| {
                    json!({ "AttemptedValue": wrong.value, "Message": wrong.message, "PropertyName": wrong.field })
                });
                envelope(StatusCode::BAD_REQUEST, message, errors.collect())
            }
            Self::Grant { error, description } => grant(error, description),
            Self::MustReset(token) => grant(code::MUST_RESET, token.expose()),
            Self::Throttled(seconds) => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())]).into_response()
            }
            Self::Fault => {
                problem(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong. It was not your doing.")
            }
        }
    }
}

fn grant(error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
