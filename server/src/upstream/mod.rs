//! The API of a location, through this server.
//!
//! Requests to documented addresses are passed on, piece by piece and with few headers; replies come back the same
//! way. Trouble with the location is told as the API tells trouble.

mod address;
mod body;
mod client;
mod headers;
mod kind;
mod lanes;
mod line;
mod trouble;
mod upload;

use crate::UpstreamOptions;
use crate::coding::is_coded;
use crate::problem::{no_such_address, problem};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use body::{Beginning, Cut, Download};
use client::{Client, Reply};
use contract::Endpoint;
use contract::auth::SignOut;
use kind::Kind;
use std::sync::Arc;
use trouble::Trouble;

const METHODS: [Method; 6] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// What is said of a body that is not passed on.
const BODY: [HeaderName; 4] =
    [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LANGUAGE, header::CONTENT_LENGTH];

/// What is called a page, and none.
const WORDS: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Answers the documented addresses of the API by passing them on to `location`.
///
/// # Errors
/// A sentence, when the certificates of further authorities cannot be read.
pub(crate) fn router(location: &str, options: &UpstreamOptions) -> Result<Router, String> {
    let client = Arc::new(Client::new(location, options)?);
    let router =
        address::ROUTES.iter().fold(Router::new(), |router, route| router.route(route, any(pass_on)));
    Ok(router.with_state(client))
}

/// Whether the settings can be used.
///
/// # Errors
/// A sentence, when the certificates of further authorities cannot be read.
pub(crate) fn check(options: &UpstreamOptions) -> Result<(), String> {
    line::Connector::new(options.upstream_ca.as_deref(), options.upstream_connect_timeout).map(drop)
}

async fn pass_on(State(client): State<Arc<Client>>, request: Request) -> Response {
    let Some(address) = request.uri().path_and_query().filter(|address| address::is_plain(address)).cloned()
    else {
        return no_such_address();
    };
    if !METHODS.contains(request.method()) {
        let allow = [(header::ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE")];
        let status = StatusCode::METHOD_NOT_ALLOWED;
        return (allow, problem(status, "This cannot be done here.")).into_response();
    }
    let is_sign_out = address.path() == SignOut::ROUTE;
    let has_body = request.method() != Method::HEAD;
    match client.ask(request, address).await {
        // A page, or where one would have led on to. What was asked for is done.
        Ok(reply) if is_sign_out && is_done(&reply) => StatusCode::NO_CONTENT.into_response(),
        Ok(reply) => {
            let has_worked = is_sign_out && reply.status().is_success();
            match told(&client, reply, has_body).await {
                // A page again, which is not called one.
                Err(_) if has_worked => StatusCode::NO_CONTENT.into_response(),
                reply => reply.into_response(),
            }
        }
        Err(trouble) => trouble.into_response(),
    }
}

/// True for what a page for people answers when it did what it is for.
fn is_done(reply: &Reply) -> bool {
    let status = reply.status();
    status.is_redirection() || status.is_success() && Kind::of(reply.headers()) == Kind::Page
}

/// The upstream's reply as the client gets it. One to HEAD has no body whatever it says.
async fn told(client: &Client, reply: Reply, has_body: bool) -> Result<Response, Trouble> {
    let (parts, body) = reply.into_parts();
    let status = parts.status;
    // The API answers with data or with an error. The last two are about this server's own connection.
    let answers = status.is_success() || status.is_client_error() || status.is_server_error();
    let about_us = [StatusCode::PROXY_AUTHENTICATION_REQUIRED, StatusCode::MISDIRECTED_REQUEST];
    if !answers || about_us.contains(&status) {
        tracing::warn!("the upstream answered with {}", status.as_u16());
        return Err(Trouble::NoReply);
    }
    if is_coded(&parts.headers) {
        tracing::warn!("the upstream answered in a coding that was not asked for");
        return Err(Trouble::NoReply);
    }
    let mut headers = headers::answered(&parts.headers);
    let kind = Kind::of(&parts.headers);
    // The API says no with an empty body or a plain word as well; when it is in trouble itself, whoever stands before
    // it answers, with anything.
    if status.is_server_error() && kind != Kind::Json {
        return Ok(without_data(status, headers));
    }
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > client.max_reply) {
        tracing::warn!("{}", Cut::TooLarge);
        return Err(Trouble::NoReply);
    }
    let mut body = Download::new(body, parts.version, client.max_reply, client.patience);
    // As long as nothing is sent, whatever goes wrong can still be told.
    let beginning = if has_body { body.beginning().await } else { Ok(Beginning::Unclear) };
    let is_empty = matches!(beginning, Ok(Beginning::Nothing));
    let trouble = match beginning {
        Err(cut) => Some(cut.into()),
        Ok(beginning) if is_data(kind, beginning, headers::is_packed(&headers)) => None,
        Ok(_) => {
            tracing::warn!("the upstream did not answer with data");
            Some(Trouble::NoReply)
        }
    };
    match trouble {
        Some(trouble) if status.is_success() => return Err(trouble),
        Some(_) => return Ok(without_data(status, headers)),
        None => {}
    }
    if kind == Kind::Page {
        // Called a page, and none. No browser is to make one of it.
        headers.insert(header::CONTENT_TYPE, WORDS);
    }
    let mut response = Response::new(if is_empty { Body::empty() } else { Body::new(body) });
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// Whether a reply that is called this and begins so may be data. Of what is packed nothing is seen.
fn is_data(kind: Kind, beginning: Beginning, is_packed: bool) -> bool {
    match beginning {
        Beginning::Nothing => true,
        Beginning::Text if !is_packed => true,
        Beginning::Markup if !is_packed => !matches!(kind, Kind::Page | Kind::Vague),
        _ => kind != Kind::Page,
    }
}

/// An error of the location whose body nobody can use, in the API's words.
fn without_data(status: StatusCode, mut headers: HeaderMap) -> Response {
    for name in BODY {
        headers.remove(name);
    }
    (headers, problem(status, "The location did not answer with data.")).into_response()
}
