//! Taking another of one's own profiles.

use super::*;

#[test]
fn switching_profile_keeps_the_token_and_is_proved() {
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    let choose = Event::Choose(profile, ProfileChoice::Switch, "/".into(), Millis(0));
    let run = Run::signed_in().on(choose);
    let asked = Effect::SwitchProfile(run.attempt(), token("own"), CoworkerId(12));
    // From now on nothing is sent for the profile that is shown: it would be for the other one.
    assert_eq!(run.effects, [Effect::Limit(nobody(run.session.epoch)), asked]);
    let (epoch, attempt) = (run.session.epoch, run.attempt());
    let switched = run.on(Event::Switched(attempt, Ok(())));
    let run = Run { session: switched.session.clone(), effects: vec![] }.whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in() && run.session.epoch > epoch);
    assert_eq!(run.own(), &credential());
    assert!(run.effects.contains(&Effect::Go("/".into())));

    let run = switched.whoami(OWN_USER, &[11, 12]);
    assert_eq!((run.session.epoch, run.cause()), (epoch, Some(&Cause::Unchanged)));
    assert_eq!(run.effects, [speaks(&run)]);
}

/// The own session speaks again.
fn speaks(run: &Run) -> Effect {
    Effect::Limit(run.session.state.own().unwrap().passport(run.session.epoch))
}

#[test]
fn where_the_answer_to_a_switch_was_lost_one_looks_which_profile_it_is() {
    let lost = |error| {
        let profile = Target { id: CoworkerId(12), name: "P12".into() };
        let run = Run::signed_in().on(Event::Choose(profile, ProfileChoice::Switch, "/".into(), Millis(0)));
        let attempt = run.attempt();
        run.on(Event::Switched(attempt, Err(error)))
    };
    for error in [ApiError::Timeout, ApiError::Unauthorized] {
        let run = lost(error);
        assert!(run.effects.contains(&Effect::Whoami(run.attempt(), token("own"))), "{:?}", run.effects);
    }
    let run = lost(ApiError::Forbidden);
    assert_eq!(run.effects, [speaks(&run)]);
    let run = lost(ApiError::Timeout).whoami(OWN_USER, &[12, 11]);
    assert!(run.effects.contains(&Effect::Say(Notice::ProfileTaken("P12".into()))));
    assert_eq!(run.cause(), None);
    let run = lost(ApiError::Timeout).whoami(OWN_USER, &[11, 12]);
    assert!(run.is_signed_in() && run.effects == [speaks(&run)]);
    assert_eq!(run.cause(), Some(&Cause::NotAllowed(ApiError::Timeout)));
    // Another one was taken meanwhile, on another device: one is neither.
    let run = lost(ApiError::Timeout).whoami(OWN_USER, &[13, 11, 12]);
    assert!(
        run.assumed().is_some() && run.cause().is_none(),
        "and becomes that one, before anything is sent"
    );
    assert_eq!(run.session.state.own().unwrap().identity.profile, CoworkerId(13));
    let run = lost(ApiError::Timeout).whoami(OTHER_USER, &[21]);
    assert_eq!(run.session.state, State::SignedOut(Why::Expired), "the bearer is somebody else's");
}

#[test]
fn where_the_server_switched_and_does_not_say_who_one_is_one_is_nobody_until_it_does() {
    let throttled = ApiError::Throttled { retry_after: None };
    for answer in [Ok(()), Err(ApiError::Timeout)] {
        for error in [throttled.clone(), ApiError::Forbidden, ApiError::NotFound, ApiError::Offline] {
            let profile = Target { id: CoworkerId(12), name: "P12".into() };
            let run =
                Run::signed_in().on(Event::Choose(profile, ProfileChoice::Switch, "/next".into(), Millis(0)));
            let (epoch, attempt) = (run.session.epoch, run.attempt());
            let switched = run.on(Event::Switched(attempt, answer.clone()));
            assert!(switched.effects.contains(&Effect::TellProfile(UserId(OWN_USER))), "before it is proved");
            let unproved = switched.whoami_at(0, Err(error.clone()));
            assert!(
                matches!(&unproved.session.state, State::Proving(proof) if proof.problem == Some(error.clone()))
            );
            assert!(unproved.session.epoch > epoch && unproved.assumed().unwrap().bearer.is_none());
            let again = |run: &Run| {
                let run = Run { session: run.session.clone(), effects: vec![] }.on(Event::ProveAgain);
                assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("own"))]);
                run
            };
            let run = again(&again(&unproved).whoami_at(0, Err(error))).whoami(OWN_USER, &[12, 11]);
            assert!(run.is_signed_in());
            assert!(run.effects.contains(&Effect::TellProfile(UserId(OWN_USER))), "and after it");
            assert!(run.effects.contains(&Effect::Go("/next".into())));
            let run = again(&unproved).whoami(OWN_USER, &[11, 12]);
            assert!(run.is_signed_in() && run.assumed().is_some() && run.cause().is_some());
        }
    }
}

#[test]
fn a_session_that_is_too_old_to_say_which_profile_was_taken_is_renewed_and_asked_again() {
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    let run = Run::signed_in().on(Event::Choose(profile, ProfileChoice::Switch, "/".into(), Millis(0)));
    let attempt = run.attempt();
    let run = run.on(Event::Switched(attempt, Ok(()))).whoami_at(0, Err(ApiError::Unauthorized));
    assert!(run.effects.contains(&Effect::Renew(credential())));
    let run = run.on(Event::Renewed(credential(), Millis(0), Ok(grant("renewed"))));
    let run = run.whoami(OWN_USER, &[12, 11]);
    assert!(run.effects.contains(&Effect::Say(Notice::ProfileTaken("P12".into()))));
}

#[test]
fn taking_a_profile_by_exchange_replaces_the_own_session_and_only_with_the_same_user() {
    let exchanged = || {
        let profile = Target { id: CoworkerId(12), name: "P12".into() };
        let run = Run::signed_in();
        let run = run.on(Event::Choose(profile, ProfileChoice::Impersonate, "/".into(), Millis(0)));
        run.token_fetched().exchanged_for("next")
    };
    let run = exchanged().whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in());
    assert_eq!(run.own().access, token("next"));
    assert_eq!(run.own().client_id.as_deref(), Some("u1@example.com"), "an exchange names no client");
    assert!(run.effects.contains(&Effect::Store(run.own().clone())));
    assert!(
        !run.effects.contains(&Effect::Discard(token("own"))),
        "a tab that was duplicated goes on with it"
    );
    let run = run.on(Event::SignOut);
    let ended = |bearer| {
        let farewell =
            |effect: &Effect| matches!(effect, Effect::Farewell(all, _) if all.contains(&token(bearer)));
        run.effects.iter().any(farewell)
    };
    assert!(ended("next") && ended("own"), "with the person all of theirs");
    assert!(run.session.former.is_empty());

    let run = exchanged().whoami(OTHER_USER, &[12]);
    assert_eq!((run.own(), run.cause()), (&credential(), Some(&Cause::SomebodyElse)));
}
