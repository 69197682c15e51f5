//! The values the machine works with.

use super::credential::Credential;
use super::identity::Identity;
use crate::api::{Access, ApiError, Epoch, Millis, Passport};
use crate::letters::is_letter_or_digit;
use contract::CoworkerId;

use words::session;

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Their session.
    pub credential: Credential,
    /// Who the server says they are.
    pub identity: Identity,
}

/// A session that was renewed a moment ago, and is not meant to live shorter than that, is not renewed again: whatever is
/// refused then is not refused for its age.
const MOMENT_SECONDS: u64 = 60;

impl Own {
    /// Whether it makes sense to renew at `at` what was last renewed at `last`.
    pub fn can_renew(&self, last: Option<Millis>, at: Millis) -> bool {
        let due = self.credential.renew_at.is_some_and(|due| at >= due);
        let recently = last.is_some_and(|last| !last.is_past_by(MOMENT_SECONDS, at));
        self.credential.is_renewable() && (due || !recently)
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
        if reason.chars().filter(|c| is_letter_or_digit(*c)).count() < 3 {
            return Err(session::say_why());
        }
        if reason.chars().count() > Self::LONGEST {
            return Err(session::reason_too_long());
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
    /// Nobody has used the portal for so many minutes.
    Unused(u32),
    /// The person signed out in another tab.
    OtherTab,
    /// The browser keeps somebody else by now.
    Displaced,
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
