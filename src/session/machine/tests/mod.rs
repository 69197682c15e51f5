//! Every path of the machine: what the tests share.

mod acting;
mod choosing;
mod edges;
mod lapsing;
mod overlay;
mod own;
mod renewing;

use super::*;
use crate::api::{Access, ApiError};
use crate::session::credential::{Credential, Found, Grant};
use crate::session::failure::{Cause, Goal};
use crate::session::ledger::End;
use crate::session::model::{Power, Reason, StartRequest, Target, Why};
use crate::session::notice::Notice;
use contract::coworkers::{ListProfiles, Profiles};
use contract::{AccessToken, CoworkerId, Endpoint, ImpersonationToken, ProfileChoice, UserId};

pub(super) const OWN_USER: i64 = 1;
pub(super) const OTHER_USER: i64 = 2;

/// A try at signing in.
const TRY: Attempt = Attempt(7);

/// A whoami reply: this user, these profiles, the first of them current.
pub(super) fn whoami(user: i64, profiles: &[i64]) -> Profiles {
    let list: Vec<String> = profiles
        .iter()
        .enumerate()
        .map(|(i, id)| format!(r#"{{"Id":{id},"FullName":"P{id}","IsDefaultProfile":{}}}"#, i == 0))
        .collect();
    let body = format!(
        r#"{{"User":{{"Id":{user},"FullName":"U{user}","Email":"u{user}@example.com"}},"Profiles":[{}]}}"#,
        list.join(",")
    );
    ListProfiles::read(&body).unwrap()
}

pub(super) fn token(text: &str) -> AccessToken {
    AccessToken::new(text).unwrap()
}

pub(super) fn credential() -> Credential {
    Credential {
        access: token("own"),
        refresh: contract::RefreshToken::new("own-refresh"),
        expires_at: Some(Millis(100 * 60_000)),
        renew_at: Some(Millis(80 * 60_000)),
        client_id: Some("c".into()),
        user: Some(UserId(OWN_USER)),
        keep: false,
        since: Millis(10),
    }
}

pub(super) fn grant(text: &str) -> Grant {
    let refresh = contract::RefreshToken::new("other-refresh");
    Grant { access: token(text), refresh, expires_at: None, renew_at: None, client_id: None }
}

pub(super) fn request(target: i64) -> StartRequest {
    StartRequest {
        target: Target { id: CoworkerId(target), name: format!("P{target}") },
        power: Power::Member,
        reason: Reason::parse("help with a booking").unwrap(),
        access: Access::ViewOnly,
        from: "/user/team/permissions/55".into(),
        minutes: 30,
        at: Millis(0),
    }
}

pub(super) fn reason() -> Reason {
    Reason::parse("one more thing").unwrap()
}

/// What a page that acted leaves when it is loaded again.
pub(super) fn left() -> Ledger {
    Run::acting().session.ledger
}

fn restored(credential: Option<Credential>) -> Event {
    let found = credential.map_or(Found::Nobody, Found::Own);
    Event::Restored { found, leaving: false }
}

fn ended(end: End, told: bool, changes: usize) -> Effect {
    Effect::Say(Notice::Ended { name: "P21".into(), end, told, changes, unseen: 0, profile: None })
}

fn looks(run: &Run) -> bool {
    run.effects.iter().any(|effect| matches!(effect, Effect::Whoami(..)))
}

/// Runs events and keeps the effects of the last one.
struct Run {
    session: Session,
    effects: Vec<Effect>,
}

impl Run {
    fn new() -> Self {
        Self { session: Session::new(), effects: vec![] }
    }

    fn on(self, event: Event) -> Self {
        let (session, effects) = step(self.session, event);
        Self { session, effects }
    }

    /// Somebody tries to sign in, and is let in with this.
    fn granted(self, credential: Credential) -> Self {
        self.on(Event::Awaited(Some(TRY))).on(Event::Granted(TRY, credential))
    }

    fn attempt(&self) -> Attempt {
        self.session.attempt
    }

    fn whoami(self, user: i64, profiles: &[i64]) -> Self {
        self.whoami_at(0, Ok(whoami(user, profiles)))
    }

    fn whoami_at(self, at: u64, result: Result<Profiles, ApiError>) -> Self {
        let attempt = self.attempt();
        self.on(Event::Proved(attempt, Millis(at), result))
    }

    fn token_fetched(self) -> Self {
        let attempt = self.attempt();
        self.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())))
    }

    fn exchanged_for(self, access: &str) -> Self {
        let attempt = self.attempt();
        self.on(Event::Exchanged(attempt, Ok(grant(access))))
    }

    fn acting_now(&self) -> &crate::session::Acting {
        match &self.session.state {
            State::Acting(_, acting, _) => acting,
            other => panic!("not acting: {other:?}"),
        }
    }

    fn signed_in() -> Self {
        Self::new().on(restored(None)).granted(credential()).whoami(OWN_USER, &[11, 12])
    }

    fn exchanged(target: i64) -> Self {
        Self::signed_in().on(Event::Start(request(target))).token_fetched().exchanged_for("acting")
    }

    fn acting() -> Self {
        Self::exchanged(21).whoami(OTHER_USER, &[21])
    }

    fn own(&self) -> &Credential {
        &self.session.state.own().expect("nobody is signed in").credential
    }

    fn renewed(self, result: Result<Grant, ApiError>) -> Self {
        let used = self.own().clone();
        self.on(Event::Renewed(used, Millis(0), result))
    }

    /// A person whose session is over, on the page where that was found out.
    fn lapsed() -> Self {
        let run = Self::signed_in();
        let epoch = run.session.epoch;
        run.on(Event::Unauthorized(epoch, Millis(0))).renewed(Err(ApiError::Unauthorized))
    }

    fn is_signed_in(&self) -> bool {
        matches!(self.session.state, State::SignedIn(_))
    }

    fn assumed(&self) -> Option<&Passport> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Assume(passport) => Some(passport),
            _ => None,
        })
    }

    fn cause(&self) -> Option<&Cause> {
        self.session.failure.as_ref().map(|failure| &failure.cause)
    }
}
