//! What the server gives to speak with: one's own credential, and the one as another person.

use super::identity::Identity;
use crate::api::Millis;
use contract::auth::{self, TokenReply};
use contract::{AccessToken, RefreshToken, UserId};

/// Minutes that a session exchanged for a one-time token of one's own is asked to live: as long as the original portal asks.
pub(super) const OWN_SESSION_MINUTES: u32 = 1440;

/// A bearer is renewed when this much of its life is left, in milliseconds, or a fifth of it if that is more.
const AHEAD: u64 = 60_000;

/// A person's own session. Only signing in, renewing and taking another own profile ever make a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The bearer.
    pub access: AccessToken,
    /// Renews it, once.
    pub refresh: Option<RefreshToken>,
    /// When the bearer ends, if the server said.
    pub expires_at: Option<Millis>,
    /// When it is to be renewed, ahead of its end.
    pub renew_at: Option<Millis>,
    /// The `client_id` that the refresh token is bound to; `None` for a session out of a link until it is known whose
    /// it is. What is kept has one.
    pub client_id: Option<String>,
    /// Whose it was when that was last proved. Good for telling others that they are gone, and for nothing else.
    pub user: Option<UserId>,
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

    /// Whether it is over at `at` and has to be renewed before anything is asked for with it.
    pub fn is_to_renew(&self, at: Millis) -> bool {
        self.is_renewable() && self.expires_at.is_some_and(|end| at >= end)
    }

    /// Whether both are one session, not renewed in between. Whose it is may be known of one of them alone.
    pub fn is_the_same(&self, other: &Self) -> bool {
        self.access == other.access
    }

    /// Whether it is of the account of this `client_id`. Those that were kept before have capital letters where they were
    /// typed.
    pub fn is_of(&self, client_id: Option<&str>) -> bool {
        let both = self.client_id.as_deref().zip(client_id);
        both.is_some_and(|(own, other)| auth::account_of(own).eq_ignore_ascii_case(auth::account_of(other)))
    }

    /// The same, of which it was proved that it is this person's. How it was asked for stays what it was, if that is
    /// known: the server knows the refresh token by it.
    #[must_use]
    pub fn of(self, identity: &Identity) -> Self {
        let client_id = self.client_id.or_else(|| unnamed(identity));
        Self { client_id, user: Some(identity.user), ..self }
    }

    /// The same person's session that was exchanged for another profile. An exchange has no place for a `client_id`.
    #[must_use]
    pub fn exchanged_for(&self, grant: Grant, identity: &Identity) -> Self {
        self.succeeded_by(Grant { client_id: unnamed(identity), ..grant })
    }

    /// The same person's next session, out of a renewal. The old refresh token is used up or
    /// belongs to the old session, so it is never carried over.
    #[must_use]
    pub fn succeeded_by(&self, grant: Grant) -> Self {
        let Grant { access, refresh, expires_at, renew_at, client_id } = grant;
        let client_id = client_id.or_else(|| self.client_id.clone());
        Self { access, refresh, expires_at, renew_at, client_id, ..self.clone() }
    }
}

/// The `client_id` of a session of this person that was issued without one.
fn unnamed(identity: &Identity) -> Option<String> {
    Some(auth::unnamed_client_id(&identity.email)).filter(|name| !name.is_empty())
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
    /// When it is to be renewed, ahead of its end.
    pub renew_at: Option<Millis>,
    /// The `client_id` that it was issued under, where that is not the one of the session before it.
    pub client_id: Option<String>,
}

impl Grant {
    /// The grant that a token reply received at `at` makes.
    pub fn new(reply: TokenReply, at: Millis) -> Self {
        let lives = reply.expires_in;
        Self {
            access: reply.access_token,
            refresh: reply.refresh_token,
            expires_at: lives.map(|seconds| at.plus_seconds(seconds)),
            renew_at: lives.map(|seconds| Millis(at.0.saturating_add(renewed_after(seconds)))),
            client_id: None,
        }
    }

    /// The part of it that a session as another person may have: a refresh token that came along is dropped here.
    pub fn for_acting(self) -> ActingCredential {
        ActingCredential { access: self.access, expires_at: self.expires_at }
    }
}

/// After how many milliseconds a bearer that lives for so many seconds is renewed: early enough that a background tab,
/// whose timers run once a minute, is not late, and never before half of a short life.
fn renewed_after(seconds: u64) -> u64 {
    let life = seconds.saturating_mul(1_000);
    (life - life / 5).min(life.saturating_sub(AHEAD)).max(life / 2)
}

/// The session as another person. Has no room for a refresh token, and cannot be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingCredential {
    /// The bearer.
    pub access: AccessToken,
    /// When it ends, if the server said.
    pub expires_at: Option<Millis>,
}

/// What storage has for a page that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nobody,
    /// A credential for this tab. It proves nothing about who the person is.
    Own(Credential),
    /// Only what the browser keeps for somebody else than who was in this tab: a reload makes nobody somebody else.
    SomebodyElses,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bearer_is_renewed_at_four_fifths_of_its_life_or_a_minute_before_its_end_whichever_is_earlier() {
        assert_eq!(renewed_after(86_400), 69_120_000);
        assert_eq!(renewed_after(600), 480_000);
        assert_eq!(renewed_after(240), 180_000, "a minute before the end");
        assert_eq!([90, 60, 10, 1].map(renewed_after), [45_000, 30_000, 5_000, 500], "half of a short life");
    }

    #[test]
    fn the_sessions_of_one_account_are_one_persons_however_they_were_asked_for() {
        let named = |client_id: &str| Credential {
            access: AccessToken::new("a").unwrap(),
            refresh: None,
            expires_at: None,
            renew_at: None,
            client_id: Some(client_id.into()),
            user: None,
            keep: false,
            since: Millis(0),
        };
        let account = named("nexudus.portal.ana@example.com");
        assert!(
            account.is_of(Some("Ana@example.com"))
                && named("ana@example.com").is_of(account.client_id.as_deref())
        );
        assert!(!account.is_of(Some("bo@example.com")) && !account.is_of(None));
    }

    proptest! {
        #[test]
        fn it_is_always_renewed_while_it_lives_and_never_before_half_of_that(seconds in 1u64..10_000_000) {
            let after = renewed_after(seconds);
            prop_assert!(after < seconds * 1_000 && after >= seconds * 500);
        }
    }
}
