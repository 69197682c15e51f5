//! Signing in, renewing, exchanging a one-time token, signing out.
//! Sources: `/api/endpoints/auth/{get-token, refresh-bearer-token, exchange-jwt}`, `/api/endpoints/coworkers/impersonate`.

mod client_id;
pub mod code;
mod password_reset;
mod send_otp;

use crate::endpoint::{Body, Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Read, Reader};
use crate::tokens::{AccessToken, OneTimeToken, RefreshToken};
use crate::{ExchangeForm, Request};

pub use client_id::{account_of, client_id, other_client_id, unnamed_client_id};
pub use password_reset::{CompletePasswordReset, ResetReply, StartPasswordReset};
pub use send_otp::SendOtp;

/// A session as the token endpoints answer it. Both spellings of the bearer are understood: `access_token`
/// (token endpoint) and `token` (exchange).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenReply {
    /// The bearer.
    pub access_token: AccessToken,
    /// Seconds the bearer lives; `None` when the reply does not say.
    pub expires_in: Option<u64>,
    /// Renews the session once, where one was issued.
    pub refresh_token: Option<RefreshToken>,
}

impl Read for TokenReply {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let (mut access_token, mut token, mut expires_in, mut refresh_token) = (None, None, None, None);
        json.fields(&mut |key, json| {
            match key {
                "access_token" => access_token = AccessToken::new(json.read::<String>()?),
                "token" => token = AccessToken::new(json.read::<String>()?),
                "expires_in" => expires_in = seconds(json)?,
                "refresh_token" => refresh_token = RefreshToken::new(json.read::<String>()?),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Self { access_token: access_token.or(token).ok_or(Unreadable)?, expires_in, refresh_token })
    }
}

/// A number, also one like 86400.0, a number as text, or nothing readable: `None`.
fn seconds(json: &mut Reader<'_>) -> Result<Option<u64>, Unreadable> {
    let number = json.clone().number().unwrap_or_default();
    let text: Option<String> = json.attempt()?;
    let whole = text.as_deref().or_else(|| number.split('.').next());
    Ok(whole.and_then(|whole| whole.trim().parse().ok()))
}

#[cfg(feature = "server")]
impl TokenReply {
    /// The reply of `/api/token`.
    pub fn to_token_json(&self) -> serde_json::Value {
        self.to_json("access_token")
    }

    /// The reply of the exchange, which names the bearer `token`.
    pub fn to_exchange_json(&self) -> serde_json::Value {
        self.to_json("token")
    }

    fn to_json(&self, bearer: &str) -> serde_json::Value {
        let mut map = serde_json::Map::new();
        map.insert(bearer.to_owned(), self.access_token.expose().into());
        map.insert("token_type".to_owned(), "bearer".into());
        map.insert("expires_in".to_owned(), self.expires_in.into());
        if let Some(refresh) = &self.refresh_token {
            map.insert("refresh_token".to_owned(), refresh.expose().into());
        }
        map.into()
    }
}

fn form(pairs: &[(&str, &str)]) -> Body {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    Body::Form(form.finish())
}

/// Signs in with e-mail and password. Source: `/api/endpoints/auth/get-token`.
///
/// Errors: 400 with one of [`code`]; 429 too many wrong passwords; 500 for an unknown account at some locations.
pub struct PasswordGrant {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The six-digit code of the second factor; empty when unused.
    pub totp: String,
}

impl Endpoint for PasswordGrant {
    type Reply = TokenReply;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/token";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

    fn headers(&self) -> Vec<(&'static str, String)> {
        vec![("client_id", client_id(&self.email))]
    }

    fn body(&self) -> Body {
        form(&[
            ("grant_type", "password"),
            ("username", &self.email),
            ("password", &self.password),
            ("totp", &self.totp),
        ])
    }

    fn read(text: &str) -> Result<TokenReply, Unreadable> {
        json::read(text)
    }
}

/// Renews a session; the refresh token is used up. Source: `/api/endpoints/auth/refresh-bearer-token`.
///
/// Errors: 400 `invalid_grant` when expired, used, or sent with another `client_id`.
pub struct RefreshGrant {
    /// The same `client_id` as at sign-in.
    pub client_id: String,
    /// The token to use up.
    pub refresh_token: RefreshToken,
}

impl Endpoint for RefreshGrant {
    type Reply = TokenReply;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/token";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

    fn headers(&self) -> Vec<(&'static str, String)> {
        vec![("client_id", client_id::sendable(&self.client_id))]
    }

    fn body(&self) -> Body {
        form(&[("grant_type", "refresh_token"), ("refresh_token", self.refresh_token.expose())])
    }

    fn read(text: &str) -> Result<TokenReply, Unreadable> {
        json::read(text)
    }
}

/// Exchanges a one-time token for a session, token in the path.
/// Source: `/api/endpoints/coworkers/impersonate` (second step). This is the one place that puts a token in a path.
pub struct ExchangeLogin {
    /// The one-time token.
    pub token: OneTimeToken,
}

impl Endpoint for ExchangeLogin {
    type Reply = TokenReply;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/public/auth/login/{token}";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

    fn path_values(&self) -> Vec<String> {
        vec![self.token.expose().to_owned()]
    }

    fn read(text: &str) -> Result<TokenReply, Unreadable> {
        json::read(text)
    }
}

/// The same exchange under its other address, token in the query. Source: `/api/endpoints/auth/exchange-jwt`.
pub struct ExchangeJwt {
    /// The one-time token.
    pub token: OneTimeToken,
    /// Minutes the session is asked to live.
    pub valid_for_minutes: u32,
}

impl Endpoint for ExchangeJwt {
    type Reply = TokenReply;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/sys/users/exchange";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![
            ("token", self.token.expose().to_owned()),
            ("validForInMinutes", self.valid_for_minutes.to_string()),
        ]
    }

    fn read(text: &str) -> Result<TokenReply, Unreadable> {
        json::read(text)
    }
}

/// The exchange in the form that the location wants.
pub fn exchange(form: ExchangeForm, token: OneTimeToken, valid_for_minutes: u32) -> Request {
    match form {
        ExchangeForm::AuthLogin => ExchangeLogin { token }.request(),
        ExchangeForm::SysUsersExchange => ExchangeJwt { token, valid_for_minutes }.request(),
    }
}

/// Tells the server that the bearer's session is over. A reply that is a web page says nothing of that: a location may well
/// lead on to its sign-in page, and a network answer with one of its own. Observed in the v4 portal; not documented. What a
/// location revokes is unknown.
pub struct SignOut;

impl Endpoint for SignOut {
    type Reply = ();
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/en/login/logout";
    const POLICY: Policy = Policy::Allowed;
    const ONE_SHOT: bool = true;

    fn read(_: &str) -> Result<(), Unreadable> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_grant_is_a_form_with_a_client_id_header() {
        let request = PasswordGrant {
            email: "jane.doe@example.com".into(),
            password: "S3cur3P@ss".into(),
            totp: String::new(),
        }
        .request();
        assert_eq!(request.path, "/api/token");
        assert_eq!(
            request.body.text(),
            Some("grant_type=password&username=jane.doe%40example.com&password=S3cur3P%40ss&totp=")
        );
        assert_eq!(request.headers, [("client_id", "nexudus.portal.jane.doe@example.com".to_owned())]);
        assert!(!request.bearer);
    }

    #[test]
    fn a_bearer_that_could_not_be_sent_is_none() {
        for body in [r#"{"token":"a\u20ac"}"#, r#"{"token":"a\u00eb"}"#, r#"{"token":"a\nb"}"#] {
            assert_eq!(ExchangeLogin::read(body), Err(Unreadable), "{body}");
        }
    }

    #[test]
    fn both_spellings_of_the_bearer_are_understood() {
        let token =
            r#"{"access_token":"a","token_type":"bearer","expires_in":86400,"refresh_token":"8xLOxBtZp8"}"#;
        let exchange =
            r#"{"token":"a","token_type":"bearer","expires_in":"86400","refresh_token":"8xLOxBtZp8"}"#;
        let both = |token: &str| {
            format!(
                r#"{{"token":{token},"access_token":"a","expires_in":86400.0,"refresh_token":"8xLOxBtZp8"}}"#
            )
        };
        let expected = PasswordGrant::read(token).unwrap();
        assert_eq!(expected.expires_in, Some(86_400));
        assert_eq!(ExchangeLogin::read(exchange).unwrap(), expected);
        for empty in ["\"\"", "null", "{}"] {
            assert_eq!(ExchangeJwt::read(&both(empty)).unwrap(), expected, "{empty}");
        }
    }

    #[test]
    fn a_reply_without_a_bearer_is_unreadable() {
        for body in ["", "{}", r#"{"token":null}"#, r#"{"token":" "}"#, "<html>", r#"{"access_tok"#] {
            assert_eq!(ExchangeLogin::read(body), Err(Unreadable), "{body}");
        }
    }

    #[test]
    fn p16_an_exchange_token_is_encoded_in_the_path_and_hidden_in_debug_output() {
        let token = OneTimeToken::new("a/b?c").unwrap();
        let request = exchange(ExchangeForm::AuthLogin, token.clone(), 30);
        assert_eq!(request.path, "/api/public/auth/login/a%2Fb%3Fc");
        assert_eq!(format!("{request:?}"), "POST /api/public/auth/login/{token}");
        let request = exchange(ExchangeForm::SysUsersExchange, token, 30);
        assert_eq!(request.path, "/api/sys/users/exchange?token=a%2Fb%3Fc&validForInMinutes=30");
        assert!(request.one_shot);
    }

    #[cfg(feature = "server")]
    #[test]
    fn what_the_server_writes_is_what_the_portal_reads() {
        let reply = TokenReply {
            access_token: AccessToken::new("a").unwrap(),
            expires_in: Some(60),
            refresh_token: RefreshToken::new("r"),
        };
        assert_eq!(PasswordGrant::read(&reply.to_token_json().to_string()).unwrap(), reply);
        assert_eq!(ExchangeLogin::read(&reply.to_exchange_json().to_string()).unwrap(), reply);
    }
}
