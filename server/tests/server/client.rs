//! A server of one's own for each test, and a client that speaks to it.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::Endpoint;
use http_body_util::BodyExt;
use portal_server::{Command, Options, build, command};
use serde_json::Value;
use tower::ServiceExt;

pub const MARIA: &str = "maria.santos@example.com";
pub const TOMAS: &str = "tomas.lind@example.com";
pub const AISHA: &str = "aisha.khan@example.com";
pub const LEO: &str = "leo.martin@example.com";
pub const OPS: &str = "ops@example.com";
pub const JONAS: &str = "jonas.weber@example.com";
pub const VERA: &str = "vera.holm@example.com";
pub const OTTO: &str = "otto.brandt@example.com";
pub const NORA: &str = "nora.quill@example.com";
pub const SUSPENDED: &str = "suspended@example.com";
pub const PASSWORD: &str = "harbour-demo";

pub fn options(flags: &[&str]) -> Options {
    let flags = ["portal-server", "--dist", "/nonexistent", "--sandbox-controls"].iter().chain(flags);
    let Command::Serve(options) = command(flags.map(Into::into)) else { panic!("wrong flags") };
    *options
}

#[derive(Clone)]
pub struct Server(Router);

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The reply's text under a name.
    pub fn field(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_default().to_owned()
    }
}

impl Server {
    pub fn start() -> Self {
        Self::with(&[])
    }

    pub fn with(flags: &[&str]) -> Self {
        Self(build(&options(flags)).unwrap())
    }

    /// A server that passes the API on to a location.
    pub fn in_front_of(location: &str, flags: &[&str]) -> Self {
        Self::without_sandbox("--upstream", location, flags)
    }

    /// A server whose portal asks a location by itself.
    pub fn beside(location: &str, flags: &[&str]) -> Self {
        Self::without_sandbox("--api-base", location, flags)
    }

    fn without_sandbox(how: &str, location: &str, flags: &[&str]) -> Self {
        let own = ["portal-server", "--dist", "/nonexistent", how, location];
        let Command::Serve(options) = command(own.iter().chain(flags).map(Into::into)) else {
            panic!("wrong flags")
        };
        Self(build(&options).unwrap())
    }

    /// A reply whose body is still to be read.
    pub async fn begin(&self, request: Request<Body>) -> Response<Body> {
        self.0.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.begin(request).await.into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Reply { status: parts.status, headers: parts.headers, text }
    }

    pub async fn call(&self, method: Method, path: &str, bearer: &str, body: &str) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if !bearer.is_empty() {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub async fn get(&self, path: &str, bearer: &str) -> Reply {
        self.call(Method::GET, path, bearer, "").await
    }

    pub async fn post(&self, path: &str) -> Reply {
        self.call(Method::POST, path, "", "").await
    }

    /// A control of the sandbox; it must have done something.
    pub async fn control(&self, path: &str) {
        let reply = self.post(&format!("/sandbox/{path}")).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
    }

    pub async fn token(&self, form: &str, client_id: &str) -> Reply {
        let mut request = Request::builder().method(Method::POST).uri("/api/token");
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if !client_id.is_empty() {
            request = request.header("client_id", client_id);
        }
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    pub async fn sign_in_with(&self, email: &str, password: &str) -> Reply {
        self.sign_in_with_code(email, password, "").await
    }

    pub async fn sign_in_with_code(&self, email: &str, password: &str, code: &str) -> Reply {
        let email = email.replace('@', "%40");
        self.token(&format!("grant_type=password&username={email}&password={password}&totp={code}"), "").await
    }

    /// Sends what the contract says, as a client would.
    pub async fn ask<E: Endpoint>(&self, endpoint: &E) -> Reply {
        let contract::Request { method, path, body, .. } = endpoint.request();
        let mut request = Request::builder().method(method.as_str()).uri(path);
        if let Some(kind) = body.content_type() {
            request = request.header("content-type", kind);
        }
        let body = body.text().unwrap_or_default().to_owned();
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// The mails, newest first.
    pub async fn mails(&self) -> Vec<Value> {
        self.get("/sandbox/mail.json", "").await.json().as_array().unwrap().clone()
    }

    /// The token in the newest mail's link, which must lead to this page.
    pub async fn mailed_token(&self, page: &str) -> String {
        let mails = self.mails().await;
        let (path, query) = mails[0]["Link"].as_str().unwrap().split_once("?token=").unwrap();
        assert_eq!(path, page);
        query.to_owned()
    }

    pub async fn advance(&self, seconds: u32) {
        self.control(&format!("clock/advance?seconds={seconds}")).await;
    }

    /// The bearer of a person.
    pub async fn sign_in(&self, email: &str) -> String {
        let reply = self.sign_in_with(email, PASSWORD).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.field("access_token")
    }

    pub async fn impersonate(&self, bearer: &str, coworker: i64) -> Reply {
        self.get(&format!("/api/public/coworkers/{coworker}/impersonate"), bearer).await
    }

    pub async fn exchange(&self, token: &str) -> Reply {
        self.post(&format!("/api/public/auth/login/{token}")).await
    }

    /// The bearer of an administrator acting as somebody.
    pub async fn act(&self, bearer: &str, coworker: i64) -> String {
        let start = self.impersonate(bearer, coworker).await;
        assert_eq!(start.status, 200, "{}", start.text);
        let reply = self.exchange(&start.field("token")).await;
        assert_eq!(reply.status, 200);
        reply.field("token")
    }

    /// The status of whoami.
    pub async fn whoami(&self, bearer: &str) -> u16 {
        self.get("/api/public/coworkers/profiles?_shape=User.Id", bearer).await.status.as_u16()
    }
}

/// What a token says, unverified.
pub fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
