//! The values the machine works with.

use super::identity::Identity;
use crate::api::{Access, ApiError, Epoch, Millis, Passport};
use contract::auth::{self, TokenReply};
use contract::{AccessToken, CoworkerId, RefreshToken};

/// Minutes that a session exchanged for a one-time token of one's own is asked to live: as long as the original portal asks.
pub(super) const OWN_SESSION_MINUTES: u32 = 1440;

/// A person's own session. Only signing in, renewing and taking another own profile ever make a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The bearer.
    pub access: AccessToken,
    /// Renews it, once.
    pub refresh: Option<RefreshToken>,
    /// When the bearer ends, if the server said.
    pub expires_at: Option<Millis>,
    /// The `client_id` that the refresh token is bound to; `None` for a session out of a link until it is known whose
    /// it is. What is kept has one.
    pub client_id: Option<String>,
    /// Kept after the browser is closed.
    pub keep: bool,
    /// When the person signed in.
    pub since: Millis,
}

impl Credential {
    /// Whether there is something to renew it with.
    pub fn is_renewable(&self) -> bool {
        self.refresh.is_some() && self.client_id.is_some()
    }

    /// The same, of which it was proved that it is this address's. How it was asked for stays what it was, if that is
    /// known: the server knows the refresh token by it.
    #[must_use]
    pub fn of(self, email: &str) -> Self {
        let client_id = self.client_id.or_else(|| Some(auth::client_id(email)));
        Self { client_id, ..self }
    }

    /// The same person's next session, out of a renewal or an exchange. The old refresh token is used up or
    /// belongs to the old session, so it is never carried over.
    #[must_use]
    pub fn succeeded_by(&self, grant: Grant) -> Self {
        Self { access: grant.access, refresh: grant.refresh, expires_at: grant.expires_at, ..self.clone() }
    }
}

/// A session that the server just issued, before it is known whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The bearer.
    pub access: AccessToken,
    /// Renews it, once.
    pub refresh: Option<RefreshToken>,
    /// When the bearer ends, if the server said.
    pub expires_at: Option<Millis>,
}

impl Grant {
    /// The grant that a token reply received at `at` makes.
    pub fn new(reply: TokenReply, at: Millis) -> Self {
        Self {
            access: reply.access_token,
            refresh: reply.refresh_token,
            expires_at: reply.expires_in.map(|seconds| at.plus_seconds(seconds)),
        }
    }

    /// The part of it that a session as another person may have: a refresh token that came along is dropped here.
    pub fn for_acting(self) -> ActingCredential {
        ActingCredential { access: self.access, expires_at: self.expires_at }
    }
}

/// The session as another person. Has no room for a refresh token, and cannot be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingCredential {
    /// The bearer.
    pub access: AccessToken,
    /// When it ends, if the server said.
    pub expires_at: Option<Millis>,
}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Their session.
    pub credential: Credential,
    /// Who the server says they are.
    pub identity: Identity,
}

/// A session that was renewed a moment ago is not renewed again: whatever is refused then is not refused for its age.
const MOMENT_SECONDS: u64 = 60;

impl Own {
    /// Whether it makes sense to renew at `at` what was last renewed at `last`.
    pub fn can_renew(&self, last: Option<Millis>, at: Millis) -> bool {
        let recently = last.is_some_and(|last| at < last.plus_seconds(MOMENT_SECONDS));
        self.credential.is_renewable() && !recently
    }

    /// What the client may send as this person.
    pub fn passport(&self, epoch: Epoch) -> Passport {
        Passport { epoch, bearer: Some(self.credential.access.clone()), limits: None }
    }
}

/// Why somebody acts as another person: at least three letters or digits, so that it says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The longest reason, in characters.
    pub const LONGEST: usize = 200;

    /// Reads what was typed.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let reason = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
            return Err("Say in a few words why you need this.");
        }
        if reason.chars().count() > Self::LONGEST {
            return Err("Keep the reason to 200 characters.");
        }
        Ok(Self(reason))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The person to act as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The member's id.
    pub id: CoworkerId,
    /// The member's name, for sentences.
    pub name: String,
}

/// By which right somebody takes the session of a profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Power {
    /// What members have: over their own profiles, and over the teams they administer.
    #[default]
    Member,
    /// An operator's: over everybody at the location.
    Operator,
}

/// What a person asks for when they want to act as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartRequest {
    /// As whom. What an operator calls them counts only until the server has said their name.
    pub target: Target,
    /// By which right.
    pub power: Power,
    /// Why.
    pub reason: Reason,
    /// How much may be done.
    pub access: Access,
    /// The page to come back to: a path of the portal.
    pub from: String,
    /// Minutes it may last at most.
    pub minutes: u32,
    /// When it was asked for.
    pub at: Millis,
}

/// What is kept for the next start when the person only changes whom they act as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Why they act.
    pub reason: Reason,
    /// The page to come back to in the end.
    pub from: String,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody has signed in yet.
    Fresh,
    /// The person signed out.
    SignedOut,
    /// The session ended and could not be renewed.
    Expired,
    /// The same, while the person acted as somebody of this name.
    EndedWhileActing(String),
    /// The person signed out in another tab.
    OtherTab,
    /// The server accepted the sign-in, but the account has no profile here.
    NoProfile,
    /// The server accepted the sign-in, but not the session that came out of it.
    Unproved(ApiError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        assert_eq!(Reason::parse("  fix   her booking ").unwrap().as_str(), "fix her booking");
        for nothing in ["", "   ", "ok", "🙂🙂🙂🙂", "...!"] {
            assert!(Reason::parse(nothing).is_err(), "{nothing}");
        }
        assert!(Reason::parse(&"a".repeat(201)).is_err());
        assert!(Reason::parse("помощь с бронью").is_ok());
    }
}
