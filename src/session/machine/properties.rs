//! What holds whatever happens, in whatever order.

use super::tests::{OTHER_USER, OWN_USER, credential, grant, request, whoami};
use super::*;
use proptest::prelude::*;

/// An event before it is known which attempt and which epoch it belongs to; `late` makes it an older one's.
#[derive(Clone, Debug)]
enum Draft {
    Restored(bool),
    Granted,
    Proved { user: i64, profile: i64, late: bool, fails: bool },
    ProveAgain,
    Unauthorized { late: bool },
    Renewed { fails: bool },
    LookAgain,
    Choose(i64, bool),
    Switched { late: bool, fails: bool },
    Start(i64),
    Token { late: bool, fails: bool },
    Exchanged { late: bool, fails: bool },
    Cancel,
    Return,
    Stopped { late: bool, told: bool },
    Clock(u64),
    SignOut,
    Elsewhere(i64, u64),
}

fn drafts() -> impl Strategy<Value = Draft> {
    use Draft::*;
    let late = || prop::bool::weighted(0.15);
    let fails = || prop::bool::weighted(0.25);
    let profile = || prop::sample::select(vec![11i64, 12, 21, 22]);
    prop_oneof![
        1 => any::<bool>().prop_map(Restored),
        3 => Just(Granted),
        8 => (prop::sample::select(vec![OWN_USER, OTHER_USER]), profile(), late(), fails())
            .prop_map(|(user, profile, late, fails)| Proved { user, profile, late, fails }),
        1 => Just(ProveAgain),
        1 => late().prop_map(|late| Unauthorized { late }),
        1 => fails().prop_map(|fails| Renewed { fails }),
        1 => Just(LookAgain),
        2 => (profile(), any::<bool>()).prop_map(|(id, exchange)| Choose(id, exchange)),
        2 => (late(), fails()).prop_map(|(late, fails)| Switched { late, fails }),
        4 => profile().prop_map(Start),
        4 => (late(), fails()).prop_map(|(late, fails)| Token { late, fails }),
        4 => (late(), fails()).prop_map(|(late, fails)| Exchanged { late, fails }),
        1 => Just(Cancel),
        2 => Just(Return),
        3 => (late(), any::<bool>()).prop_map(|(late, told)| Stopped { late, told }),
        1 => (0u64..4_000_000).prop_map(Clock),
        1 => Just(SignOut),
        1 => (prop::sample::select(vec![OWN_USER, OTHER_USER]), 0u64..30).prop_map(|(user, at)| Elsewhere(user, at)),
    ]
}

fn event(draft: Draft, session: &Session, serial: usize) -> Event {
    let attempt = |late| Attempt(session.attempt.0.wrapping_sub(u64::from(late)));
    let outcome = |fails: bool| if fails { Err(ApiError::Forbidden) } else { Ok(()) };
    match draft {
        Draft::Restored(some) => {
            Event::Restored { credential: some.then(credential), was_acting: some.then(|| "A".into()) }
        }
        Draft::Granted => Event::Granted(credential()),
        Draft::Proved { user, profile, late, fails } => {
            let reply = match user {
                OWN_USER => whoami(OWN_USER, if profile == 12 { &[12, 11] } else { &[11, 12] }),
                _ => whoami(OTHER_USER, &[if profile == 22 { 22 } else { 21 }]),
            };
            Event::Proved(attempt(late), Millis(1_000), outcome(fails).map(|()| reply))
        }
        Draft::ProveAgain => Event::ProveAgain,
        Draft::Unauthorized { late } => Event::Unauthorized(
            Epoch(session.epoch.0.wrapping_sub(late.into())),
            Millis(serial as u64 * 20_000),
        ),
        Draft::LookAgain => Event::LookAgain,
        Draft::Renewed { fails } => Event::Renewed(
            own_credential(session),
            Millis(serial as u64 * 20_000),
            outcome(fails).map(|()| grant(&format!("renewed-{serial}"))),
        ),
        Draft::Choose(id, exchange) => {
            let how = if exchange { ProfileChoice::Impersonate } else { ProfileChoice::Switch };
            Event::Choose(Target { id: CoworkerId(id), name: format!("P{id}") }, how, "/".into())
        }
        Draft::Switched { late, fails } => Event::Switched(attempt(late), outcome(fails)),
        Draft::Start(id) => Event::Start(request(id)),
        Draft::Token { late, fails } => {
            let token = ImpersonationToken::new(format!("once-{serial}")).unwrap();
            Event::TokenFetched(attempt(late), outcome(fails).map(|()| token))
        }
        Draft::Exchanged { late, fails } => {
            Event::Exchanged(attempt(late), outcome(fails).map(|()| grant(&format!("exchanged-{serial}"))))
        }
        Draft::Cancel => Event::Cancel,
        Draft::Return => Event::Return,
        Draft::Stopped { late, told } => Event::Stopped(attempt(late), told),
        Draft::Clock(now) => Event::Clock(Millis(now)),
        Draft::SignOut => Event::SignOut,
        Draft::Elsewhere(user, at) => Event::SignedOutElsewhere(UserId(user), Millis(at)),
    }
}

/// The credential of whoever is there, so that renewals follow each other.
fn own_credential(session: &Session) -> Credential {
    session.state.own().map_or_else(credential, |own| own.credential.clone())
}

fn person(state: &State) -> Option<(UserId, CoworkerId)> {
    match state {
        State::Acting(_, acting) => Some((acting.identity.user, acting.identity.profile)),
        State::Stopping(..) => None,
        other => other.own().map(|own| (own.identity.user, own.identity.profile)),
    }
}

fn check(before: &Session, event: &Event, after: &Session, effects: &[Effect]) {
    let assumed = effects.iter().find_map(|effect| match effect {
        Effect::Assume(passport) => Some(passport),
        _ => None,
    });

    // The own credential is what it was, unless it was renewed or another own profile was exchanged.
    if let (Some(was), Some(is)) = (before.state.own(), after.state.own())
        && was.credential != is.credential
    {
        let renewed = matches!(event, Event::Renewed(_, _, Ok(_)));
        let exchanged = matches!((&before.state, event), (State::Choosing(..), Event::Proved(..)));
        assert!(renewed || exchanged, "the own credential changed by {event:?}");
    }

    // Whoever the screens show, a change of it is a new epoch, announced with a passport of that epoch.
    if person(&before.state) != person(&after.state) {
        assert!(after.epoch > before.epoch, "the person changed within an epoch");
    }
    assert_eq!(after.epoch > before.epoch, assumed.is_some());
    if let Some(passport) = assumed {
        assert_eq!(passport.epoch, after.epoch);
        let bearer = match &after.state {
            State::Acting(_, acting) => Some(&acting.credential.access),
            State::Stopping(..) => None,
            other => other.own().map(|own| &own.credential.access),
        };
        assert_eq!(passport.bearer.as_ref(), bearer, "the passport is not the person's");
        assert_eq!(passport.limits.is_some(), matches!(after.state, State::Acting(..)));
    }

    // The overlay: entered only from Starting, by a proof; left only to Stopping or to nobody.
    match (&before.state, &after.state) {
        (State::Acting(_, was), State::Acting(_, is)) => assert_eq!(was, is),
        (State::Starting(own, start), State::Acting(_, acting)) => {
            assert_eq!(Some(&acting.credential), start.exchanged.as_ref());
            assert!(acting.identity.holds(start.request.target.id));
            assert_ne!(acting.identity.user, own.identity.user);
            assert!(acting.deadline <= Millis(1_000).plus_seconds(30 * 60));
            assert!(own.credential.expires_at.is_none_or(|end| acting.deadline <= end));
        }
        (from, State::Acting(..)) => panic!("acting out of {from:?}"),
        (State::Acting(..), State::Stopping(..) | State::SignedOut(_)) => {}
        (State::Acting(..), to) => panic!("acting ended in {to:?}"),
        (State::SignedIn(_), State::Starting(..)) => {}
        (State::Starting(..), State::Starting(..)) => {}
        (from, State::Starting(..)) => panic!("starting out of {from:?}"),
        (State::Stopping(was, _), State::SignedIn(is)) => assert_eq!(was, is),
        _ => {}
    }

    // Only one's own credential is ever stored.
    for effect in effects {
        if let Effect::Store(stored) = effect {
            let kept = match &after.state {
                State::Proving(proof) => Some(&proof.credential),
                other => other.own().map(|own| &own.credential),
            };
            assert_eq!(Some(stored), kept);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nobody_is_confused_about_who_they_are(drafts in prop::collection::vec(drafts(), 1..80)) {
        let mut session = Session::new();
        let storage = Event::Restored { credential: Some(credential()), was_acting: None };
        (session, _) = step(session, storage);
        for (serial, draft) in drafts.into_iter().enumerate() {
            let event = event(draft, &session, serial);
            let (after, effects) = step(session.clone(), event.clone());
            check(&session, &event, &after, &effects);
            session = after;
        }
    }
}

#[test]
fn the_random_orders_do_reach_every_state() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let drafts = prop::collection::vec(drafts(), 80).new_tree(&mut runner).unwrap().current();
        let mut session = Session::new();
        for (serial, draft) in drafts.into_iter().enumerate() {
            let event = event(draft, &session, serial);
            session = step(session, event).0;
            seen.insert(match session.state {
                State::Restoring => "restoring",
                State::SignedOut(_) => "signed out",
                State::Proving(_) => "proving",
                State::SignedIn(_) => "signed in",
                State::Choosing(..) => "choosing",
                State::Starting(..) => "starting",
                State::Acting(..) => "acting",
                State::Stopping(..) => "stopping",
            });
        }
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}
