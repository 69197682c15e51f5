//! What a link to a new password is good for.

use crate::api::{ApiError, Millis};
use crate::views::auth::arrival::Reset;
use contract::ResetToken;
use contract::auth::CompletePasswordReset;

/// A link as one arrives with it. Only the server knows whether it is genuine and unused, and what time it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResetLink {
    /// There is none: the address had no token, or it was taken out of it before.
    Missing,
    /// What there is cannot be a token.
    Malformed,
    /// It can be tried.
    Good {
        /// The token.
        token: ResetToken,
        /// Whose password it is about, when it says so.
        email: Option<String>,
        /// Whether the location demands a new password.
        demanded: bool,
        /// Whether its time is over, as far as this device knows. Its clock may be wrong.
        seems_over: bool,
    },
}

impl ResetLink {
    /// What was brought along, at this time.
    pub fn of(reset: Option<Reset>, now: Millis) -> Self {
        let Some(Reset { token, demanded }) = reset else { return Self::Missing };
        // One that the server has just given out is good, whatever it looks like.
        let claims = token.claims();
        let (email, expires_at) = match claims {
            Some(claims) => (claims.email, claims.expires_at),
            None if demanded => (None, None),
            None => return Self::Malformed,
        };
        let over =
            expires_at.is_some_and(|at| u64::try_from(at).is_ok_and(|at| Millis(0).plus_seconds(at) <= now));
        Self::Good { token, email, demanded, seems_over: over && !demanded }
    }

    /// Why it leads nowhere; `None` when it can be tried.
    pub fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Missing => Some(words::sign_in::link_missing()),
            Self::Malformed => Some(words::sign_in::reset_link_malformed()),
            Self::Good { .. } => None,
        }
    }
}

/// What a refused new password means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChanged {
    /// The location does not take this password: say so beside it.
    Password(String),
    /// The link is of no use (any more).
    Link,
    /// Anything else.
    Trouble,
}

impl NotChanged {
    /// What the answer means.
    pub fn of(error: &ApiError) -> Self {
        let problem = match error {
            ApiError::Rejected(problem) => problem,
            ApiError::Unauthorized | ApiError::NotFound => return Self::Link,
            _ => return Self::Trouble,
        };
        let about = |field: &str| {
            let of_field = problem.fields.iter().filter(|wrong| wrong.field.eq_ignore_ascii_case(field));
            of_field.map(|wrong| wrong.message.as_str()).collect::<Vec<_>>()
        };
        let password = about(CompletePasswordReset::PASSWORD);
        if !password.is_empty() {
            Self::Password(password.join(" "))
        } else if !about(CompletePasswordReset::TOKEN).is_empty() {
            Self::Link
        } else {
            Self::Trouble
        }
    }
}

/// What [`NotChanged::Password`] says of an answer.
pub fn password_refusal(error: &ApiError) -> String {
    match NotChanged::of(error) {
        NotChanged::Password(sentence) => sentence,
        _ => error.sentence(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{FieldError, Problem};

    /// `{"email":"jane@example.com","exp":1000}`
    const TOKEN: &str = "e30.eyJlbWFpbCI6ImphbmVAZXhhbXBsZS5jb20iLCJleHAiOjEwMDB9.x";

    fn link(token: &str, demanded: bool, now: u64) -> ResetLink {
        ResetLink::of(ResetToken::new(token).map(|token| Reset { token, demanded }), Millis(now))
    }

    #[test]
    fn a_link_that_can_be_tried_says_whose_password_it_is_about() {
        let ResetLink::Good { email, .. } = link(TOKEN, false, 999_999) else { panic!("it is good") };
        assert_eq!(email.as_deref(), Some("jane@example.com"));
    }

    #[test]
    fn a_missing_and_a_malformed_link_are_told_apart() {
        let links = [link("", false, 0), link("a.b.c", false, 0)];
        assert_eq!(links, [ResetLink::Missing, ResetLink::Malformed]);
        assert_ne!(links[0].sentence().unwrap(), links[1].sentence().unwrap());
    }

    #[test]
    fn a_link_that_has_expired_by_the_clock_of_the_device_says_so_and_can_be_tried() {
        let seems_over = |demanded, now| match link(TOKEN, demanded, now) {
            ResetLink::Good { seems_over, .. } => seems_over,
            dead => panic!("{dead:?}"),
        };
        assert!(seems_over(false, 1_000_000) && !seems_over(false, 999_999) && !seems_over(true, 1_000_000));
    }

    #[test]
    fn what_the_server_has_just_given_out_is_tried_whatever_it_looks_like() {
        for token in ["opaque", TOKEN] {
            assert_eq!(link(token, true, 9_999_999).sentence(), None);
        }
    }

    #[test]
    fn what_is_wrong_stands_where_it_can_be_put_right() {
        let refused = |field: &str, message: &str| {
            let wrong = FieldError { field: field.into(), message: message.into() };
            NotChanged::of(&ApiError::Rejected(Problem { fields: vec![wrong], ..Problem::default() }))
        };
        assert_eq!(refused("Password", "Too short."), NotChanged::Password("Too short.".into()));
        assert_eq!(refused("password", "Too short."), NotChanged::Password("Too short.".into()));
        assert_eq!(refused("Token", "Used."), NotChanged::Link);
        assert_eq!(refused("BusinessId", "?"), NotChanged::Trouble);
        assert_eq!(NotChanged::of(&ApiError::Unauthorized), NotChanged::Link);
        assert_eq!(NotChanged::of(&ApiError::Offline), NotChanged::Trouble);
    }
}
