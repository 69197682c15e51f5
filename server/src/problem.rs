//! Errors of the server itself, in the words and the shape of the API: never HTML.

use crate::observe::{RequestId, current_request};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A reply that says in one sentence why a request was not done, with the id that the server's log knows it by.
pub(crate) fn problem(status: StatusCode, message: &str) -> Response {
    envelope(status, message, Value::Null)
}

/// The envelope of an action that was not done; `errors` say what is wrong with which field.
pub(crate) fn envelope(status: StatusCode, message: &str, errors: Value) -> Response {
    let id = current_request();
    let body = json!({
        "WasSuccessful": false, "Value": null, "Status": status.as_u16(), "Message": message, "Errors": errors,
        "RequestId": id.as_ref().map(RequestId::as_str),
    });
    (status, Json(body)).into_response()
}

/// For every address of the API that nobody answers.
pub(crate) fn no_such_address() -> Response {
    problem(StatusCode::NOT_FOUND, "There is no such address in this API.")
}
