//! Random events, in proportions that get somewhere.

use super::super::tests::{OTHER_USER, OWN_USER, credential, left, reason, request, token, whoami};
use super::super::*;
use crate::api::ApiError;
use crate::session::credential::{Credential, Found, Grant};
use crate::session::ledger::{Change, Outcome};
use crate::session::model::{Power, StartRequest, Target};
use contract::auth::TokenReply;
use contract::coworkers::Profiles;
use contract::{CoworkerId, ImpersonationToken, ProfileChoice, RefreshToken, UserId};
use proptest::prelude::*;
use std::sync::LazyLock;

/// An event before it is known which attempt and which epoch it belongs to; `late` makes it an older one's.
#[derive(Clone, Debug)]
pub(super) enum Draft {
    /// Whatever answer is awaited, going well.
    Goes,
    Restored {
        some: bool,
        leaving: bool,
    },
    Remembered,
    /// By which try, the first of three.
    Awaited(Option<u64>),
    Granted {
        late: bool,
    },
    Found,
    Proved {
        user: i64,
        profile: i64,
        late: bool,
        fails: Option<ApiError>,
    },
    ProveAgain,
    Unauthorized {
        late: bool,
    },
    Renewed {
        fails: Option<ApiError>,
    },
    LookAgain,
    Seen {
        user: i64,
        profile: i64,
        late: bool,
    },
    Choose(i64, bool),
    Switched {
        late: bool,
        fails: bool,
    },
    Start(i64, Power),
    Token {
        late: bool,
        fails: bool,
    },
    Exchanged {
        late: bool,
        fails: bool,
    },
    Cancel,
    Return,
    ChangePerson,
    Raise,
    Lower,
    Extend,
    NotLonger,
    Settle,
    Adopted,
    Changed {
        late: bool,
    },
    Stopped {
        late: bool,
        told: bool,
    },
    Clock,
    SignOut,
    Unused,
    Elsewhere(i64, u64),
}

/// Read once: reading is what takes time in a million steps.
static REPLIES: LazyLock<[Profiles; 4]> = LazyLock::new(|| {
    [
        whoami(OWN_USER, &[11, 12]),
        whoami(OWN_USER, &[12, 11]),
        whoami(OTHER_USER, &[21]),
        whoami(OTHER_USER, &[22]),
    ]
});

static LEFT: LazyLock<Ledger> = LazyLock::new(left);

/// A draft, and how many milliseconds after the one before it.
pub(super) fn drafts() -> impl Strategy<Value = (Draft, u64)> {
    (draft(), prop_oneof![4 => 0u64..3_000, 2 => 0u64..120_000, 1 => Just(3 * 3_600_000)])
}

fn draft() -> impl Strategy<Value = Draft> {
    use Draft::*;
    let late = || prop::bool::weighted(0.15);
    let fails = || prop::bool::weighted(0.2);
    let profile = || prop::sample::select(vec![11i64, 12, 21, 22]);
    let user = || prop::sample::select(vec![OWN_USER, OTHER_USER]);
    let failure =
        || prop::sample::select(vec![ApiError::Unauthorized, ApiError::Forbidden, ApiError::Offline]);
    let power = prop::sample::select(vec![Power::Member, Power::Operator]);
    let restored = (any::<bool>(), prop::bool::weighted(0.1));
    prop_oneof![
        20 => Just(Goes),
        1 => restored.prop_map(|(some, leaving)| Restored { some, leaving }),
        1 => Just(Remembered),
        2 => prop::option::weighted(0.8, 0u64..3).prop_map(Awaited),
        3 => late().prop_map(|late| Granted { late }),
        1 => Just(Found),
        10 => (user(), profile(), late(), prop::option::weighted(0.2, failure()))
            .prop_map(|(user, profile, late, fails)| Proved { user, profile, late, fails }),
        1 => Just(ProveAgain),
        2 => late().prop_map(|late| Unauthorized { late }),
        6 => prop::option::weighted(0.4, failure()).prop_map(|fails| Renewed { fails }),
        2 => Just(LookAgain),
        1 => (user(), profile(), late()).prop_map(|(user, profile, late)| Seen { user, profile, late }),
        2 => (profile(), any::<bool>()).prop_map(|(id, exchange)| Choose(id, exchange)),
        2 => (late(), fails()).prop_map(|(late, fails)| Switched { late, fails }),
        5 => (profile(), power).prop_map(|(id, power)| Start(id, power)),
        5 => (late(), fails()).prop_map(|(late, fails)| Token { late, fails }),
        5 => (late(), fails()).prop_map(|(late, fails)| Exchanged { late, fails }),
        1 => Just(Cancel),
        1 => Just(Return),
        1 => Just(ChangePerson),
        1 => Just(Raise),
        1 => Just(Lower),
        3 => Just(Extend),
        1 => Just(NotLonger),
        1 => Just(Settle),
        1 => Just(Adopted),
        2 => late().prop_map(|late| Changed { late }),
        3 => (late(), any::<bool>()).prop_map(|(late, told)| Stopped { late, told }),
        2 => Just(Clock),
        1 => Just(SignOut),
        1 => Just(Unused),
        1 => (user(), 0u64..30).prop_map(|(user, at)| Elsewhere(user, at)),
    ]
}

/// The event that a draft is in this session, at this time; `serial` makes its tokens its own, and `renewing` are the
/// credentials whose renewal was not answered yet.
pub(super) fn event(
    draft: Draft,
    session: &Session,
    renewing: &mut Vec<Credential>,
    serial: usize,
    now: Millis,
) -> Event {
    let draft = if matches!(draft, Draft::Goes) { awaited(session) } else { draft };
    let attempt = |late| Attempt(session.attempt.0.wrapping_sub(u64::from(late)));
    let epoch = |late| Epoch(session.epoch.0.wrapping_sub(u64::from(late)));
    let outcome = |fails: bool| if fails { Err(ApiError::Forbidden) } else { Ok(()) };
    let fresh = |kind: &str| {
        let reply = TokenReply {
            access_token: token(&format!("{kind}-{serial}")),
            expires_in: [None, Some(600), Some(3_600)][serial % 3],
            refresh_token: RefreshToken::new(format!("refresh-{serial}")),
        };
        Grant::new(reply, now)
    };
    match draft {
        Draft::Restored { some, leaving } => {
            let found = if some { Found::Own(credential()) } else { Found::Nobody };
            Event::Restored { found, leaving }
        }
        Draft::Remembered => Event::Remembered(LEFT.clone(), now),
        Draft::Awaited(number) => Event::Awaited(number.map(Attempt)),
        Draft::Granted { late } => {
            let awaited = session.awaited.map_or(0, |awaited| awaited.0);
            let attempt = Attempt(awaited.wrapping_sub(u64::from(late)));
            Event::Granted(attempt, credential().succeeded_by(fresh("granted")))
        }
        Draft::Found => Event::Found(credential().succeeded_by(fresh("found"))),
        Draft::Proved { user, profile, late, fails } => {
            Event::Proved(attempt(late), now, fails.map_or_else(|| Ok(reply(user, profile)), Err))
        }
        Draft::Goes | Draft::ProveAgain => Event::ProveAgain,
        Draft::Unauthorized { late } => Event::Unauthorized(epoch(late), now),
        Draft::LookAgain => Event::LookAgain,
        Draft::Seen { user, profile, late } => {
            Event::Seen(epoch(late), now, Identity::read(reply(user, profile)))
        }
        Draft::Renewed { fails } => match renewing.pop() {
            Some(used) => Event::Renewed(used, now, fails.map_or_else(|| Ok(fresh("renewed")), Err)),
            None => Event::Clock(now),
        },
        Draft::Choose(id, exchange) => {
            let how = if exchange { ProfileChoice::Impersonate } else { ProfileChoice::Switch };
            Event::Choose(Target { id: CoworkerId(id), name: format!("P{id}") }, how, "/".into(), now)
        }
        Draft::Switched { late, fails } => Event::Switched(attempt(late), outcome(fails)),
        Draft::Start(id, power) => Event::Start(StartRequest { at: now, power, ..request(id) }),
        Draft::Token { late, fails } => {
            let token = ImpersonationToken::new(format!("once-{serial}")).unwrap();
            Event::TokenFetched(attempt(late), outcome(fails).map(|()| token))
        }
        Draft::Exchanged { late, fails } => {
            Event::Exchanged(attempt(late), outcome(fails).map(|()| fresh("exchanged")))
        }
        Draft::Cancel => Event::Cancel,
        Draft::Return => Event::Return(now),
        Draft::ChangePerson => Event::ChangePerson(now),
        Draft::Raise => Event::Raise(now, reason()),
        Draft::Lower => Event::Lower(now),
        Draft::Extend => Event::Extend(reason()),
        Draft::NotLonger => Event::NotLonger,
        Draft::Settle => Event::Settle,
        Draft::Adopted => match renewing.pop() {
            Some(used) => Event::Adopted(used, fresh("adopted")),
            None => Event::Clock(now),
        },
        Draft::Changed { late } => {
            let outcome = Outcome::Unknown;
            let change = Change { number: serial as u64, method: "PUT".into(), path: "/x".into(), outcome };
            Event::Changed(epoch(late), now, change)
        }
        Draft::Stopped { late, told } => Event::Stopped(attempt(late), told),
        Draft::Clock => Event::Clock(now),
        Draft::SignOut => Event::SignOut,
        Draft::Unused => Event::Unused(15),
        Draft::Elsewhere(user, at) => Event::SignedOutElsewhere(UserId(user), Millis(at)),
    }
}

fn reply(user: i64, profile: i64) -> Profiles {
    let [own, own_second, other, third] = &*REPLIES;
    let reply = match (user, profile) {
        (OWN_USER, 12) => own_second,
        (OWN_USER, _) => own,
        (_, 22) => third,
        _ => other,
    };
    reply.clone()
}

/// What brings a state on.
fn awaited(session: &Session) -> Draft {
    let (late, fails) = (false, false);
    let proved = |user, profile| Draft::Proved { user, profile, late, fails: None };
    match &session.state {
        State::Restoring => Draft::Restored { some: true, leaving: false },
        State::SignedOut(_) | State::Lapsed(_, None) if session.awaited.is_none() => Draft::Awaited(Some(1)),
        State::SignedOut(_) => Draft::Granted { late },
        State::Proving(_) => proved(OWN_USER, 11),
        State::SignedIn(_) => Draft::Start(21, Power::Member),
        State::Lapsed(_, None) => Draft::Granted { late },
        State::Lapsed(_, Some(_)) => proved(OWN_USER, 11),
        waiting if waiting.waits() => Draft::Renewed { fails: None },
        State::Choosing(_, Choice { exchanged: Some(_), .. }) => proved(OWN_USER, 12),
        State::Choosing(..) => Draft::Switched { late, fails },
        State::Starting(_, Start { exchanged: None, .. })
        | State::Acting(_, _, Asking::Longer { exchanged: None, .. }) => Draft::Exchanged { late, fails },
        State::Acting(_, _, Asking::Nothing) => Draft::LookAgain,
        State::Acting(_, _, Asking::Own) => proved(OWN_USER, 11),
        State::Starting(..) | State::Acting(..) => proved(OTHER_USER, 21),
        State::Stopping(..) => Draft::Stopped { late, told: true },
    }
}
