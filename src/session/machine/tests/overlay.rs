//! What can happen to an overlay while it lies there: more and less access, more time, another look, another person.

use super::*;
use crate::session::ledger::{Change, Outcome, What};

fn limits(run: &Run) -> Option<&crate::api::Limits> {
    run.effects.iter().find_map(|effect| match effect {
        Effect::Limit(passport) | Effect::Refresh(passport) => passport.limits.as_ref(),
        _ => None,
    })
}

fn said(run: &Run) -> Option<&Notice> {
    run.effects.iter().find_map(|effect| match effect {
        Effect::Say(notice) => Some(notice),
        _ => None,
    })
}

#[test]
fn sec_22_access_is_raised_for_a_reason_and_lowered_without_and_both_are_written_down() {
    let run = Run::acting();
    let epoch = run.session.epoch;
    let run = run.on(Event::Raise(Millis(5), reason()));
    assert_eq!(limits(&run).unwrap().access, Access::Full);
    let run = run.on(Event::Lower(Millis(6)));
    assert_eq!(limits(&run).unwrap().access, Access::ViewOnly);
    assert_eq!(run.session.epoch, epoch, "the person is the same");
    let steps: Vec<_> =
        run.session.ledger.entries()[0].steps.iter().map(|step| (step.at.0, step.what.clone())).collect();
    assert_eq!(steps, [(5, What::Raised("one more thing".into())), (6, What::Lowered)]);
}

#[test]
fn access_that_one_has_is_not_taken_twice_and_oneself_has_none_to_raise() {
    assert!(Run::acting().on(Event::Lower(Millis(1))).effects.is_empty());
    assert!(Run::signed_in().on(Event::Raise(Millis(1), reason())).effects.is_empty());
}

fn asked_longer() -> Run {
    Run::acting().on(Event::Extend(reason()))
}

#[test]
fn more_time_is_a_new_session_of_the_same_person_that_the_server_allows_anew() {
    let minute = 60_000;
    let run = asked_longer();
    assert_eq!(run.effects, [Effect::FetchToken(run.attempt(), token("own"), CoworkerId(21), Power::Member)]);
    let epoch = run.session.epoch;
    let run = run.token_fetched().exchanged_for("longer");
    assert_eq!(run.acting_now().credential.access, token("acting"), "not before it is proved");
    let run = run.whoami_at(20 * minute, Ok(whoami(OTHER_USER, &[21])));
    assert_eq!(run.session.epoch, epoch);
    assert_eq!(run.acting_now().credential.access, token("longer"));
    assert_eq!(limits(&run).unwrap().deadline, Millis(50 * minute));
    assert!(run.effects.contains(&Effect::Discard(token("acting"))));
    assert_eq!(said(&run), Some(&Notice::Extended { seconds: 30 * 60 }));
    assert!(
        matches!(&run.session.ledger.entries()[0].steps[0].what, What::Extended(why) if why == "one more thing")
    );
}

#[test]
fn whatever_goes_wrong_with_more_time_leaves_the_time_there_was() {
    let refused = |result| {
        let run = asked_longer();
        let attempt = run.attempt();
        run.on(Event::TokenFetched(attempt, Err(result)))
    };
    let unproved = |result| asked_longer().token_fetched().exchanged_for("longer").whoami_at(9, result);
    let before = Run::acting();
    for run in [
        refused(ApiError::Forbidden),
        refused(ApiError::Offline),
        unproved(Ok(whoami(OWN_USER, &[11, 12]))),
        unproved(Ok(whoami(3, &[31]))),
        unproved(Err(ApiError::Malformed)),
    ] {
        assert_eq!(run.acting_now(), before.acting_now());
        assert_eq!(run.session.failure.as_ref().unwrap().goal, Goal::StayLonger("P21".into()));
        assert!(run.assumed().is_none());
    }
    assert!(unproved(Ok(whoami(OWN_USER, &[11]))).effects.is_empty(), "one's own session is not ended");
    assert_eq!(unproved(Ok(whoami(3, &[31]))).effects, [Effect::Discard(token("longer"))]);
}

#[test]
fn returning_while_more_time_is_asked_for_ends_that_session_too() {
    let run = asked_longer().token_fetched().exchanged_for("longer").on(Event::Return(Millis(1)));
    assert!(run.effects.contains(&Effect::Discard(token("longer"))));
    let run = asked_longer().token_fetched();
    let attempt = run.attempt();
    let run = run.on(Event::Return(Millis(1))).on(Event::Exchanged(attempt, Ok(grant("late"))));
    assert_eq!(run.effects, [Effect::Discard(token("late"))]);
    let run = asked_longer().token_fetched().exchanged_for("longer").on(Event::SignOut);
    let bearers = ["longer", "acting", "own"].map(token).to_vec();
    assert!(run.effects.contains(&Effect::Farewell(bearers, Some(UserId(OWN_USER)))));
}

#[test]
fn the_end_is_announced_at_five_minutes_and_at_one_and_each_once() {
    let minute = 60_000;
    let mut run = Run::acting();
    let mut told = vec![];
    for at in [1, 24, 25, 26, 28, 29] {
        run = run.on(Event::Clock(Millis(at * minute)));
        told.extend(said(&run).cloned().map(|notice| (at, notice)));
    }
    let soon = |seconds| Notice::EndsSoon { name: "P21".into(), seconds };
    assert_eq!(told, [(25, soon(300)), (29, soon(60))]);
}

#[test]
fn after_a_sleep_that_skipped_both_marks_only_the_nearer_one_is_announced() {
    let run = Run::acting().on(Event::Clock(Millis(29 * 60_000 + 30_000)));
    assert_eq!(said(&run), Some(&Notice::EndsSoon { name: "P21".into(), seconds: 30 }));
    assert!(run.on(Event::Clock(Millis(29 * 60_000 + 31_000))).effects.is_empty());
}

#[test]
fn p09_a_second_look_asks_for_both_sessions_and_a_session_that_is_no_longer_theirs_ends() {
    let own = Run::acting().on(Event::LookAgain);
    assert_eq!(own.effects, [Effect::Whoami(own.attempt(), token("own"))]);
    let theirs = own.whoami(OWN_USER, &[11, 12]);
    assert_eq!(theirs.effects, [Effect::Whoami(theirs.attempt(), token("acting"))]);
    let ends = |result| {
        let run = Run::acting().on(Event::LookAgain).whoami(OWN_USER, &[11, 12]).whoami_at(7, result);
        match &run.session.state {
            State::Acting(..) => None,
            State::Stopping(_, stop) => Some(stop.end),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ends(Ok(whoami(OTHER_USER, &[21]))), None);
    assert_eq!(ends(Err(ApiError::Offline)), None);
    assert_eq!(ends(Ok(whoami(OWN_USER, &[11, 12]))), Some(End::NotTheirs));
    assert_eq!(ends(Ok(whoami(OTHER_USER, &[22]))), Some(End::NotTheirs));
    assert_eq!(ends(Err(ApiError::Unauthorized)), Some(End::Rejected));
    assert_eq!(ends(Err(ApiError::Forbidden)), Some(End::Rejected));
}

#[test]
fn p12_when_the_own_session_is_over_acting_is_over_and_nobody_is_signed_in() {
    let refused = || {
        let run = Run::acting().on(Event::LookAgain).whoami_at(0, Err(ApiError::Unauthorized));
        assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::OwnEnded));
        assert!(run.effects.contains(&Effect::Stop(run.attempt(), token("acting"))));
        let attempt = run.attempt();
        let run = run.on(Event::Stopped(attempt, true));
        assert_eq!(
            run.effects,
            [Effect::Renew(credential())],
            "it may only be old, but is not touched before"
        );
        run
    };
    let run = refused().on(Event::Renewed(credential(), Millis(1), Ok(grant("renewed"))));
    assert!(run.is_signed_in());
    assert_eq!(run.assumed().unwrap().bearer, Some(token("renewed")));
    assert!(run.effects.contains(&Effect::Go("/user/team/permissions/55".into())));
    assert!(run.effects.contains(&ended(End::OwnEnded, true, 0)));
    let run = refused().on(Event::Renewed(credential(), Millis(1), Err(ApiError::Offline)));
    assert!(run.is_signed_in() && looks(&run));
    let run = refused().on(Event::Adopted(credential(), grant("of-the-other-tab")));
    assert!(matches!(run.session.state, State::Proving(_)) && run.assumed().is_none());
    let run = run.whoami_at(2, Err(ApiError::Offline)).on(Event::ProveAgain).whoami(OWN_USER, &[11, 12]);
    assert_eq!(run.assumed().unwrap().bearer, Some(token("of-the-other-tab")));
    assert!(run.effects.contains(&Effect::Go("/user/team/permissions/55".into())));
    assert!(run.effects.contains(&ended(End::OwnEnded, true, 0)));
    let run = refused().on(Event::Adopted(credential(), grant("of-the-other-tab")));
    let run = run.whoami(OTHER_USER, &[21]);
    assert!(run.is_signed_in() && said(&run).is_none(), "somebody else does not hear of it");

    let run = refused().on(Event::Renewed(credential(), Millis(1), Err(ApiError::Unauthorized)));
    assert_eq!(run.session.state, State::SignedOut(Why::EndedWhileActing("P21".into())));
    assert!(run.effects.contains(&Effect::Forget(token("own"))));

    let run = Run::acting().on(Event::LookAgain).whoami(3, &[31]);
    assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::OwnEnded));
}

#[test]
fn sec_19_changing_the_person_ends_first_and_keeps_the_reason_and_the_page_to_come_back_to() {
    let run = Run::acting().on(Event::ChangePerson(Millis(5)));
    assert!(matches!(run.session.state, State::Stopping(..)));
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, true));
    assert!(run.is_signed_in());
    assert!(run.effects.contains(&Effect::Go("/sign-in/profiles".into())));
    let kept = run.session.kept.clone().unwrap();
    assert_eq!(
        (kept.reason.as_str(), kept.from.as_str()),
        ("help with a booking", "/user/team/permissions/55")
    );
    let run = run.on(Event::Start(request(22)));
    assert!(matches!(run.session.state, State::Starting(..)));
    let run = run.token_fetched().exchanged_for("second").whoami(OTHER_USER, &[22]);
    assert_eq!(run.session.kept, None);
    assert_eq!(run.on(Event::SignOut).session.kept, None);
}

#[test]
fn sec_24_the_ledger_says_who_whom_why_how_much_when_and_how_it_ended_without_a_token() {
    let change = |outcome| Change { number: 1, method: "PATCH".into(), path: "/api/x".into(), outcome };
    let run = Run::acting();
    let epoch = run.session.epoch;
    let run = run
        .on(Event::Changed(epoch, Millis(3), change(Outcome::Unknown)))
        .on(Event::Changed(epoch, Millis(4), change(Outcome::Done)))
        .on(Event::Changed(Epoch(epoch.0 - 1), Millis(4), change(Outcome::Done)))
        .on(Event::Return(Millis(9)));
    let attempt = run.attempt();
    let kept = contract::json::write(&run.session.ledger);
    let entry = &run.session.ledger.entries()[0];
    assert_eq!((entry.own.name.as_str(), entry.other.name.as_str()), ("P11", "P21"));
    assert_eq!((entry.reason.as_str(), entry.access), ("help with a booking", Access::ViewOnly));
    assert_eq!(entry.ended, Some((Millis(9), End::Returned)));
    assert_eq!(entry.changes().count(), 1);
    for secret in ["own-refresh", "acting\"", "once", "other-refresh"] {
        assert!(!kept.contains(secret), "{secret} is in {kept}");
    }
    let run = run.on(Event::Stopped(attempt, true));
    assert!(run.effects.contains(&ended(End::Returned, true, 1)));
    let run = run.on(Event::SignOut);
    assert!(run.session.ledger.entries().is_empty());
    assert!(run.effects.contains(&Effect::Record) && run.session.ledger == Ledger::default());
}

#[test]
fn sec_39_after_five_refusals_the_server_is_asked_no_more_for_a_while() {
    let mut run = Run::signed_in();
    let start =
        |seconds: u64| Event::Start(StartRequest { at: Millis(0).plus_seconds(seconds), ..request(21) });
    for seconds in 0..5 {
        run = run.on(start(seconds));
        let attempt = run.attempt();
        run = run.on(Event::TokenFetched(attempt, Err(ApiError::Forbidden)));
    }
    run = run.on(start(60));
    assert!(run.is_signed_in() && run.effects.is_empty());
    assert_eq!(run.cause(), Some(&Cause::Paused { seconds: 540 }));
    run = run.on(start(600));
    assert!(matches!(run.effects[..], [Effect::FetchToken(..)]));
}
