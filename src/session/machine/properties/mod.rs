//! What holds whatever happens, in whatever order.

mod drafts;
mod invariants;

use super::*;
use crate::session::credential::Credential;
use crate::session::notice::Notice;
use contract::RefreshToken;
use drafts::{Draft, drafts, event};
use invariants::Made;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::BTreeSet;
use std::io::Write;

/// Orders of events in each of the two runs.
const ORDERS: u32 = 50_000;
/// The seed of the run that is the same every time.
const SEED: u64 = 20_261_122;

/// Makes every step of an order, and shows each to `see`. Renewals are answered once each, like those of the shell.
fn walk(order: Vec<(Draft, u64)>, mut see: impl FnMut(&Made<'_>)) {
    let mut session = Session::new();
    let mut now = Millis(1_000);
    let (mut renewing, mut used_up) = (Vec::new(), Vec::new());
    for (serial, (draft, wait)) in order.into_iter().enumerate() {
        now = Millis(now.0 + wait);
        let event = event(draft, &session, &mut renewing, serial, now);
        used_up.extend(uses_up(&event));
        let (after, effects) = step(session.clone(), event.clone());
        for credential in effects.iter().filter_map(renews) {
            assert!(!used_up.contains(&credential.refresh), "a refresh token is used twice, after {event:?}");
            if !renewing.iter().any(|one| one.is_the_same(credential)) {
                renewing.push(credential.clone());
            }
        }
        if after.doubted && after.is_renewing() {
            let own = after.state.own().map(|own| &own.credential);
            let own = own.expect("it is renewed");
            assert!(renewing.iter().any(|one| one.is_the_same(own)), "what waits would wait for ever");
        }
        see(&Made { before: &session, event: &event, now, after: &after, effects: &effects });
        session = after;
    }
}

fn renews(effect: &Effect) -> Option<&Credential> {
    match effect {
        Effect::Renew(credential) => Some(credential),
        _ => None,
    }
}

/// The refresh token that nobody can use any more. One that was sent and whose answer was lost may still be good.
fn uses_up(event: &Event) -> Option<Option<RefreshToken>> {
    match event {
        Event::Renewed(used, _, Ok(_) | Err(ApiError::Unauthorized)) | Event::Adopted(used, _) => {
            Some(used.refresh.clone())
        }
        _ => None,
    }
}

fn hold_in_all_orders(seed: u64) {
    let config = Config {
        cases: ORDERS,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..Config::default()
    };
    let orders = prop::collection::vec(drafts(), 1..40);
    let verdict = TestRunner::new(config).run(&orders, |order| {
        walk(order, |made| made.check());
        Ok(())
    });
    if let Err(found) = verdict {
        panic!("with the seed {seed}: {found}");
    }
}

#[test]
fn in_fifty_thousand_orders_of_events_nobody_is_confused_about_who_they_are() {
    hold_in_all_orders(SEED);
}

#[test]
fn in_fifty_thousand_other_orders_neither() {
    // Reads a clock for the seed: it has to be another one in each run, and is told so that a run can be repeated.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let seed = std::env::var("PORTAL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::try_from(now.as_micros()).unwrap());
    // Not captured, unlike what println! says in a test that passes.
    writeln!(std::io::stderr(), "PORTAL_SEED={seed} ({ORDERS} random orders of events)").unwrap();
    hold_in_all_orders(seed);
}

/// Until one was somebody for the first time. What the shell reports then is what [`enter`] knows.
fn is_entering(session: &Session, event: &Event) -> bool {
    let entering = match &session.state {
        State::Restoring | State::SignedOut(_) => true,
        State::Proving(proof) => proof.taking.is_none() && proof.back.is_none(),
        _ => false,
    };
    let known = match event {
        Event::Restored { .. } | Event::Awaited(_) | Event::Granted(..) => true,
        Event::Proved(attempt, ..) => *attempt == session.attempt,
        Event::Renewed(used, ..) => session.state.proves(used),
        _ => false,
    };
    entering && known && !session.doubted && !session.look_wanted
}

#[test]
fn what_signing_in_takes_is_decided_the_same_with_and_without_the_rest() {
    let mut compared = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..4_000 {
        let order = prop::collection::vec(drafts(), 1..40).new_tree(&mut runner).unwrap().current();
        walk(order, |made| {
            if is_entering(made.before, made.event) {
                let (after, effects) = enter(made.before.clone(), made.event.clone());
                assert!(after == *made.after && effects == made.effects, "after {:?}", made.event);
                compared.insert(match made.event {
                    Event::Restored { .. } => "restored",
                    Event::Awaited(_) => "awaited",
                    Event::Granted(..) => "granted",
                    Event::Proved(_, _, Ok(_)) => "proved",
                    Event::Proved(..) => "not proved",
                    _ => "renewed",
                });
            }
        });
    }
    assert_eq!(compared.len(), 6, "{compared:?}");
}

#[test]
fn the_random_orders_do_reach_every_state() {
    let mut seen = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..400 {
        let order = prop::collection::vec(drafts(), 80).new_tree(&mut runner).unwrap().current();
        walk(order, |made| {
            seen.insert(match made.after.state {
                State::Restoring => "restoring",
                State::SignedOut(_) => "signed out",
                State::Proving(_) => "proving",
                State::SignedIn(_) => "signed in",
                State::Lapsed(_, None) => "lapsed",
                State::Lapsed(_, Some(_)) => "lapsed, proving",
                State::Starting(_, Start { waits: true, .. }) => "waiting to start",
                State::Choosing(_, Choice { waits: Some(_), .. }) => "waiting to choose",
                State::Choosing(..) => "choosing",
                State::Starting(..) => "starting",
                State::Acting(_, _, Asking::Nothing) => "acting",
                State::Acting(_, _, Asking::Own) => "acting, asking for oneself",
                State::Acting(_, _, Asking::Theirs) => "acting, asking for the other",
                State::Acting(_, _, Asking::Longer { .. }) => "acting, asking for time",
                State::Stopping(..) => "stopping",
            });
            if let (State::Lapsed(..), State::SignedIn(_)) = (&made.before.state, &made.after.state) {
                seen.insert("gone on");
            }
            if let Event::Proved(..) = made.event
                && made.effects.iter().any(|effect| matches!(effect, Effect::Say(Notice::Extended { .. })))
            {
                seen.insert("extended");
            }
        });
    }
    assert_eq!(seen.len(), 17, "{seen:?}");
}
