//! Renewing one's own session.

use super::*;

/// When the credential of the tests is to be renewed, and when it is over.
const DUE: Millis = Millis(80 * 60_000);
const OVER: Millis = Millis(100 * 60_000);

fn limited(run: &Run) -> Option<&Passport> {
    run.effects.iter().find_map(|effect| match effect {
        Effect::Limit(passport) => Some(passport),
        _ => None,
    })
}

fn refused() -> Run {
    let run = Run::signed_in();
    let epoch = run.session.epoch;
    run.on(Event::Unauthorized(epoch, Millis(0)))
}

#[test]
fn a_session_is_renewed_ahead_of_its_end_and_nothing_that_is_shown_is_asked_for_again() {
    let run = Run::signed_in();
    let epoch = run.session.epoch;
    assert_eq!(run.session.renewal_due(), Some(DUE));
    let run = run.on(Event::Clock(Millis(DUE.0 - 1)));
    assert!(run.effects.is_empty());
    let run = run.on(Event::Clock(DUE));
    assert_eq!(run.effects, [Effect::Renew(credential())]);
    assert_eq!(run.session.renewal_due(), None, "it is under way");
    assert!(run.session.clone() == step(run.session.clone(), Event::Clock(OVER)).0);
    let next = Grant { renew_at: Some(Millis(2 * DUE.0)), ..grant("renewed") };
    let run = run.renewed(Ok(next));
    assert!(run.is_signed_in() && run.session.epoch == epoch);
    assert_eq!(run.effects[0], Effect::Store(run.own().clone()));
    assert!(
        matches!(&run.effects[1..], [Effect::Limit(passport)] if passport.bearer == Some(token("renewed")))
    );
    assert_eq!(run.session.renewal_due(), Some(Millis(2 * DUE.0)));
}

#[test]
fn a_session_that_is_over_since_a_sleep_is_renewed_too() {
    let run = Run::signed_in().on(Event::Clock(Millis(OVER.0 + 3_600_000)));
    assert_eq!(run.effects, [Effect::Renew(credential())]);
}

#[test]
fn without_a_network_it_is_tried_again_quietly_and_only_as_long_as_the_bearer_lives() {
    let fails = |at: Millis, error| {
        let run = Run::signed_in().on(Event::Clock(at));
        run.on(Event::Renewed(credential(), at, Err(error)))
    };
    let run = fails(DUE, ApiError::Offline);
    assert!(run.is_signed_in() && run.effects.is_empty());
    let again = DUE.plus_seconds(30);
    assert_eq!(run.session.renewal_due(), Some(again));
    assert!(run.session.clone() == step(run.session.clone(), Event::Clock(DUE)).0, "not at once");
    assert_eq!(run.on(Event::Clock(again)).effects, [Effect::Renew(credential())]);

    let run = fails(DUE, ApiError::Throttled { retry_after: Some(300) });
    assert_eq!(run.session.renewal_due(), Some(DUE.plus_seconds(300)));
    let run = fails(OVER, ApiError::Timeout);
    assert!(run.is_signed_in());
    assert_eq!(run.session.renewal_due(), None, "whoever asks for something finds out");
}

#[test]
fn a_session_that_nothing_renews_or_whose_end_nobody_knows_is_left_alone() {
    let due = |credential| {
        let run = Run::new().on(restored(Some(credential))).whoami(OWN_USER, &[11]);
        run.session.renewal_due()
    };
    assert_eq!(due(Credential { refresh: None, ..credential() }), None);
    assert_eq!(due(Credential { renew_at: None, ..credential() }), None);
}

#[test]
fn while_one_acts_the_own_session_is_not_touched_and_right_after_it_is_renewed() {
    let run = Run::acting().on(Event::Clock(Millis(29 * 60_000)));
    assert_eq!(run.session.renewal_due(), None);
    assert_eq!(run.own(), &credential());
    let run = Run::acting().on(Event::Return(DUE));
    assert_eq!(run.session.renewal_due(), None);
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, true));
    assert_eq!(run.session.renewal_due(), Some(DUE));
    assert_eq!(run.on(Event::Clock(DUE)).effects, [Effect::Renew(credential())]);
}

#[test]
fn acting_does_not_begin_before_a_renewal_that_is_under_way_is_over() {
    let waits = || Run::signed_in().on(Event::Clock(DUE)).on(Event::Start(request(21)));
    let run = waits();
    assert!(run.effects.is_empty() && matches!(run.session.state, State::Starting(..)));
    let fetches = |run: &Run, bearer| {
        run.effects.contains(&Effect::FetchToken(run.attempt(), token(bearer), CoworkerId(21), Power::Member))
    };
    let run = waits().renewed(Ok(grant("renewed")));
    assert!(fetches(&run, "renewed"));
    assert_eq!(run.effects[0], Effect::Store(run.own().clone()));
    let run = run.token_fetched().exchanged_for("acting").whoami(OTHER_USER, &[21]);
    assert_eq!(run.own().access, token("renewed"));

    assert!(fetches(&waits().renewed(Err(ApiError::Offline)), "own"), "the old one still lives");
    assert!(fetches(&waits().renewed(Err(ApiError::Unauthorized)), "own"), "and here, as far as is known");
    let run = waits().on(Event::Cancel);
    assert!(run.is_signed_in());
    assert!(run.renewed(Ok(grant("renewed"))).is_signed_in());
}

#[test]
fn a_session_whose_renewal_ahead_is_refused_goes_on_as_long_as_its_bearer_lives() {
    let ahead = || Run::signed_in().on(Event::Clock(DUE));
    let refuse = |run: Run, at| run.on(Event::Renewed(credential(), at, Err(ApiError::Unauthorized)));
    let run = refuse(ahead(), DUE);
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("own"))]);
    let on = Run { session: run.session.clone(), effects: vec![] }.whoami(OWN_USER, &[11, 12]);
    assert!(on.is_signed_in() && on.effects.is_empty());
    assert_eq!(on.session.renewal_due(), None, "it is not asked for again");
    let epoch = on.session.epoch;
    let on = on.on(Event::Unauthorized(epoch, OVER)).whoami_at(OVER.0, Err(ApiError::Unauthorized));
    assert!(matches!(on.session.state, State::Lapsed(_, None)), "at its end");
    let run = run.whoami_at(DUE.0, Err(ApiError::Unauthorized));
    assert!(matches!(run.session.state, State::Lapsed(_, None)), "or at once, where it is over as well");

    let refused = ahead().on(Event::Unauthorized(epoch, DUE));
    for run in [refuse(refused, DUE), refuse(ahead(), OVER)] {
        assert!(matches!(run.session.state, State::Lapsed(_, None)), "{:?}", run.session.state);
    }
}

#[test]
fn acting_does_not_begin_with_what_another_tab_has_made_before_it_is_known_whose_it_is() {
    let waits = || {
        let run = Run::signed_in().on(Event::Clock(DUE)).on(Event::Start(request(21)));
        run.on(Event::Adopted(credential(), grant("of-the-other-tab")))
    };
    let run = waits();
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("of-the-other-tab"))]);
    let run = run.whoami(OWN_USER, &[11, 12]);
    assert!(run.effects.iter().any(|effect| matches!(effect, Effect::FetchToken(..))));
    let run = waits().whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in() && run.assumed().is_some(), "who asked is on another profile by now");
    for error in [ApiError::Offline, ApiError::Rejected(contract::Problem::default())] {
        let run = waits().whoami_at(0, Err(error.clone()));
        assert!(run.is_signed_in() && run.effects.is_empty());
        assert_eq!(run.cause(), Some(&Cause::NotAllowed(error)));
    }
}

#[test]
fn nothing_is_begun_with_a_bearer_that_is_over_before_it_is_renewed() {
    let asleep = || {
        let run = Run::signed_in().on(Event::Clock(OVER));
        run.on(Event::Renewed(credential(), OVER, Err(ApiError::Offline)))
    };
    let profile = || Target { id: CoworkerId(12), name: "P12".into() };
    let choose = |how| Event::Choose(profile(), how, "/".into(), OVER);
    let start = || Event::Start(StartRequest { at: OVER, ..request(21) });
    let wishes = || [start(), choose(ProfileChoice::Switch), choose(ProfileChoice::Impersonate)];
    for wish in wishes() {
        let run = asleep().on(wish);
        assert_eq!(run.effects, [Effect::Renew(credential())]);
        assert!(!run.is_signed_in(), "it is shown to be under way");
        let run = run.renewed(Ok(grant("renewed")));
        assert!(!run.is_signed_in());
        let asked = run.effects.last().unwrap();
        let (attempt, renewed) = (run.attempt(), token("renewed"));
        assert!(
            *asked == Effect::FetchToken(attempt, renewed.clone(), CoworkerId(21), Power::Member)
                || *asked == Effect::FetchToken(attempt, renewed.clone(), CoworkerId(12), Power::Member)
                || *asked == Effect::SwitchProfile(attempt, renewed, CoworkerId(12)),
            "{asked:?}"
        );
    }
    for wish in wishes() {
        let used = credential();
        let run = asleep().on(wish).on(Event::Renewed(used, OVER, Err(ApiError::Offline)));
        assert!(run.is_signed_in() && run.effects.is_empty(), "it is not tried for ever");
        assert_eq!(run.cause(), Some(&Cause::NotAllowed(ApiError::Offline)));
    }
    for wish in wishes() {
        let run = asleep().on(wish).renewed(Err(ApiError::Unauthorized));
        assert!(matches!(run.session.state, State::Lapsed(_, None)));
        assert_eq!(run.cause(), Some(&Cause::NotAllowed(ApiError::StaleSession)), "told behind the question");
    }
    let run = asleep().on(choose(ProfileChoice::Switch));
    let run = run.on(Event::Adopted(credential(), grant("of-the-other-tab")));
    let taken = Effect::SwitchProfile(run.attempt(), token("of-the-other-tab"), CoworkerId(12));
    assert!(run.effects.contains(&taken));
}

#[test]
fn what_was_refused_waits_for_the_new_bearer() {
    let run = refused();
    assert_eq!(run.effects, [Effect::Renew(credential())]);
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(epoch, Millis(1)));
    assert!(run.effects.is_empty(), "one renewal is enough");
    let run = run.renewed(Ok(grant("renewed")));
    let spoken = limited(&run).unwrap();
    assert_eq!((spoken.epoch, spoken.bearer.clone()), (epoch, Some(token("renewed"))));
    assert_eq!(run.effects.last(), Some(&Effect::Settled(None)));
}

#[test]
fn what_was_refused_hears_what_stood_in_the_way_of_knowing_why() {
    let run = refused().renewed(Err(ApiError::Offline));
    assert_eq!(run.effects, [Effect::Settled(Some(ApiError::Offline))]);
    let run = Run::signed_in();
    let epoch = Epoch(run.session.epoch.0 - 1);
    let run = run.on(Event::Unauthorized(epoch, Millis(0)));
    assert_eq!(
        run.effects,
        [Effect::Settled(None)],
        "what belongs to somebody who is gone waits for nothing"
    );
}

#[test]
fn what_was_refused_while_the_person_changes_waits_until_that_is_over() {
    let run = Run::signed_in().on(Event::Start(request(21)));
    let (epoch, attempt) = (run.session.epoch, run.attempt());
    let run = run.on(Event::Unauthorized(epoch, Millis(0)));
    assert!(run.effects.is_empty());
    let run = run.on(Event::TokenFetched(attempt, Err(ApiError::Unauthorized)));
    assert!(run.is_signed_in() && looks(&run));
    let run = run.whoami(OWN_USER, &[11, 12]);
    assert_eq!(run.effects, [Effect::Settled(None)]);
}

#[test]
fn a_session_that_was_just_renewed_is_not_renewed_again_but_looked_at() {
    let run = refused().renewed(Ok(grant("renewed")));
    let epoch = run.session.epoch;
    let at = |seconds| Millis(0).plus_seconds(seconds);
    let run = run.on(Event::Unauthorized(epoch, at(1)));
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("renewed"))]);
    let run = run.whoami(OWN_USER, &[11, 12]);
    assert_eq!(run.effects, [Effect::Settled(None)], "only this endpoint refuses");
    assert!(run.is_signed_in() && run.session.epoch == epoch);
    let run = run.on(Event::Unauthorized(epoch, at(61)));
    assert!(matches!(run.effects[..], [Effect::Renew(_)]));
}

#[test]
fn one_that_lives_only_for_a_moment_is_renewed_as_often_as_it_takes() {
    let short = Grant { renew_at: Some(Millis(5_000)), expires_at: Some(Millis(10_000)), ..grant("short") };
    let run = refused().renewed(Ok(short));
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(epoch, Millis(10_000)));
    assert!(matches!(run.effects[..], [Effect::Renew(_)]));
}

#[test]
fn a_look_waits_for_a_renewal_and_one_about_the_old_bearer_decides_nothing() {
    let run = refused().on(Event::LookAgain);
    assert!(run.effects.is_empty());
    let run = run.renewed(Ok(grant("renewed")));
    assert!(run.effects.contains(&Effect::Whoami(run.attempt(), token("renewed"))));

    let run = Run::signed_in().on(Event::LookAgain);
    let old = run.attempt();
    let run = run.on(Event::Clock(DUE)).on(Event::Proved(old, DUE, Err(ApiError::Unauthorized)));
    assert!(run.is_signed_in() && run.effects.is_empty(), "the renewal decides");

    let run = Run::signed_in().on(Event::LookAgain);
    let old = run.attempt();
    let run = run.on(Event::Clock(DUE)).renewed(Ok(grant("renewed")));
    assert!(run.effects.contains(&Effect::Whoami(run.attempt(), token("renewed"))));
    let run = run.on(Event::Proved(old, DUE, Err(ApiError::Unauthorized)));
    assert!(run.is_signed_in() && run.effects.is_empty());
}

#[test]
fn what_another_tab_has_made_of_the_session_is_renewed_when_it_is_old_too_and_never_thrown_away() {
    let adopted = || Event::Adopted(credential(), grant("of-the-other-tab"));
    let run = Run::signed_in().on(adopted());
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("of-the-other-tab"))]);
    let old = run.whoami_at(48 * 3_600_000, Err(ApiError::Unauthorized));
    assert!(old.is_signed_in() && matches!(old.effects[..], [Effect::Renew(_)]));
    // It may be on another profile: it does not speak before that is known.
    let renewed = old.renewed(Ok(grant("renewed")));
    let looks = Effect::Whoami(renewed.attempt(), token("renewed"));
    assert_eq!(renewed.effects, [Effect::Store(renewed.own().clone()), looks]);
    let moved = renewed.whoami(OWN_USER, &[12, 11]);
    assert_eq!(moved.assumed().unwrap().bearer, Some(token("renewed")));

    let run = Run::signed_in().on(adopted()).whoami(OWN_USER, &[11, 12]);
    assert!(
        matches!(&run.effects[..], [Effect::Limit(passport)] if passport.bearer == Some(token("of-the-other-tab")))
    );
    let run = Run::signed_in().on(adopted()).whoami(OWN_USER, &[12, 11]);
    assert!(run.assumed().is_some(), "it is on another profile: nothing is read with it as the first one");
    let bearers = vec![token("of-the-other-tab"), token("own")];
    let left = run.on(Event::SignOut);
    assert!(
        left.effects.contains(&Effect::Farewell(bearers, Some(UserId(OWN_USER)))),
        "the first one ends too"
    );

    let run = Run::signed_in().on(Event::SignOut).on(adopted());
    assert!(run.effects.is_empty(), "it is the other tab's, and stays so");
}
