//! Everything that can go wrong with a call, as a closed list.

use super::transport::Response;
use contract::{ActionConfirmation, Problem, json};
use words::errors;

/// Why a call did not succeed. Each has a sentence for people and a short code for support.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum ApiError {
    /// 401: from a session that is fine, so that the person may not do this; the API has 403 for it, too. What is asked
    /// for without a session, or with one that is only being proved, was not accepted.
    Unauthorized,
    /// 401 to a change, from a session that was too old or over. It was not done, and by now the person has another one.
    StaleSession,
    /// 403: the person may not do this.
    Forbidden,
    /// 404: there is no such thing, or not for this person.
    NotFound,
    /// 409 or 429: too many requests.
    Throttled {
        /// Seconds to wait, when the server said.
        retry_after: Option<u32>,
    },
    /// Another 4xx, or a 200 that says it failed.
    Rejected(Problem),
    /// The server could not be reached.
    Offline,
    /// No answer in time. The request may have been carried out.
    Timeout,
    /// 5xx.
    Server {
        /// The status.
        status: u16,
        /// What the server's log calls the request.
        request: Option<String>,
    },
    /// A success that is not what the contract says, nor says that it failed, such as a captive portal's page.
    Malformed,
    /// The person changed before the request was sent or before its reply came.
    WrongIdentity,
    /// The portal itself did not send it.
    Refused(Refusal),
}

/// Why the portal did not send a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It changes something, and the person is only viewing.
    ViewOnly,
    /// It is never sent while acting as another person.
    NotWhileActing,
}

impl ApiError {
    /// Whether what was asked for may have been done all the same: the answer was lost, or does not say.
    pub fn may_be_done(&self) -> bool {
        matches!(self, Self::Offline | Self::Timeout | Self::Server { .. } | Self::Malformed)
    }

    /// Whether this is a refusal of a renewal, and not only no answer to it.
    pub fn is_no_renewal(&self) -> bool {
        matches!(self, Self::Unauthorized | Self::Rejected(_))
    }

    /// What to tell a person: what happened and, where there is one, the way on.
    pub fn sentence(&self) -> String {
        let sentence = match self {
            Self::Throttled { retry_after: Some(seconds) } => return errors::throttled_for(*seconds),
            Self::Rejected(problem) if !problem.message.is_empty() => &problem.message,
            Self::StaleSession => errors::stale_session(),
            Self::Unauthorized | Self::Forbidden => errors::forbidden(),
            Self::NotFound => errors::not_found(),
            Self::Throttled { retry_after: None } => errors::throttled(),
            Self::Rejected(_) => errors::rejected(),
            Self::Offline => errors::offline(),
            Self::Timeout => errors::timeout(),
            Self::Server { .. } => errors::server(),
            Self::Malformed => errors::malformed(),
            Self::WrongIdentity => errors::wrong_identity(),
            Self::Refused(Refusal::ViewOnly) => errors::view_only(),
            Self::Refused(Refusal::NotWhileActing) => errors::not_while_acting(),
        };
        sentence.to_owned()
    }

    /// The same of a change, which may have been made all the same.
    pub fn outcome(&self) -> String {
        let why = self.sentence();
        if self.may_be_done() { format!("{why} {}", errors::perhaps_done()) } else { why }
    }

    /// The code that support can look up. Never holds anything of the request.
    pub fn code(&self) -> String {
        match self {
            Self::Unauthorized | Self::StaleSession => "E401".into(),
            Self::Forbidden => "E403".into(),
            Self::NotFound => "E404".into(),
            Self::Throttled { .. } => "E429".into(),
            Self::Rejected(_) => "E400".into(),
            Self::Offline => "E-OFFLINE".into(),
            Self::Timeout => "E-TIMEOUT".into(),
            Self::Server { status, request: Some(request) } => format!("E{status} {request}"),
            Self::Server { status, request: None } => format!("E{status}"),
            Self::Malformed => "E-REPLY".into(),
            Self::WrongIdentity => "E-IDENTITY".into(),
            Self::Refused(Refusal::ViewOnly) => "E-VIEW-ONLY".into(),
            Self::Refused(Refusal::NotWhileActing) => "E-ACTING".into(),
        }
    }

    /// The error for a success that is not what the contract says: it may be an envelope that says it failed.
    pub(crate) fn unreadable(body: &str) -> Self {
        let said: Option<ActionConfirmation> = json::read(body).ok();
        said.and_then(|said| said.refusal()).map_or(Self::Malformed, Self::Rejected)
    }

    /// The error for a status outside 200–299.
    pub(crate) fn from_reply(reply: Response) -> Self {
        match reply.status {
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 | 429 => Self::Throttled { retry_after: reply.retry_after },
            400..=499 => Self::Rejected(Problem::read(&reply.body)),
            status => Self::Server { status, request: reply.request },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_one_meaning() {
        let of = |status| {
            let body = "\"No\"".into();
            ApiError::from_reply(Response {
                status,
                retry_after: Some(3),
                request: Some("0f1e2d".into()),
                body,
            })
        };
        assert_eq!(of(401), ApiError::Unauthorized);
        assert_eq!(of(403), ApiError::Forbidden);
        assert_eq!(
            of(401).sentence(),
            of(403).sentence(),
            "a session that has ended is told by the portal, not by a call"
        );
        assert_eq!(of(404), ApiError::NotFound);
        assert_eq!(of(409), ApiError::Throttled { retry_after: Some(3) });
        assert_eq!(of(429), ApiError::Throttled { retry_after: Some(3) });
        assert_eq!(of(400).sentence(), "No");
        assert_eq!(of(502).code(), "E502 0f1e2d", "support finds the request in the server's log");
        assert_eq!(of(302), ApiError::Server { status: 302, request: Some("0f1e2d".into()) });
        assert_eq!(ApiError::Server { status: 500, request: None }.code(), "E500");
    }
    #[test]
    fn a_success_that_says_it_failed_is_a_refusal_with_its_words() {
        let no = r#"{"WasSuccessful":false,"Value":null,"Status":500,"Message":"Not today.","Errors":null}"#;
        assert_eq!(ApiError::unreadable(no).sentence(), "Not today.");
        let field = r#"{"WasSuccessful":false,"Message":null,"Errors":[{"Message":"Not this one."}]}"#;
        assert_eq!(ApiError::unreadable(field).sentence(), "Not this one.");
        for other in ["", "[]", "{}", r#"{"WasSuccessful":true}"#, r#"{"WasSuccessful":fal"#, "<html>"] {
            assert_eq!(ApiError::unreadable(other), ApiError::Malformed, "{other}");
        }
    }
}
