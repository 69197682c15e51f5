//! Signing in again over the page one was on.

use super::*;

fn again() -> Credential {
    credential().succeeded_by(grant("again"))
}

fn granted() -> Run {
    Run::lapsed().granted(again())
}

fn is_lapsed(run: &Run) -> bool {
    matches!(run.session.state, State::Lapsed(_, None))
}

#[test]
fn when_the_own_session_is_over_the_page_stays_and_nothing_is_sent_for_it() {
    let run = Run::signed_in();
    let epoch = run.session.epoch;
    let run = Run::lapsed();
    assert!(is_lapsed(&run));
    assert_eq!(run.session.epoch, epoch, "the page stays");
    let silent = Passport { epoch, bearer: None, limits: None };
    assert_eq!(run.effects, [Effect::Limit(silent), Effect::Forget(token("own"))]);
    let run = run.on(Event::Unauthorized(epoch, Millis(9)));
    assert!(run.effects.is_empty(), "whatever is asked for waits");
    for event in [Event::LookAgain, Event::Clock(Millis(u64::MAX)), Event::Start(request(21))] {
        let run = Run::lapsed().on(event);
        assert!(is_lapsed(&run) && run.effects.is_empty());
    }
}

#[test]
fn it_is_over_as_well_when_it_cannot_be_renewed_and_whoami_refuses_it() {
    let run = Run::new().on(restored(None)).granted(Credential { refresh: None, ..credential() });
    let run = run.whoami(OWN_USER, &[11, 12]).on(Event::LookAgain);
    assert!(is_lapsed(&run.whoami_at(0, Err(ApiError::Unauthorized))));
}

#[test]
fn the_same_person_goes_on_in_the_same_epoch_once_it_is_proved_and_not_before() {
    let before = Run::lapsed();
    let run = granted();
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("again"))]);
    let run = run.whoami(OWN_USER, &[11, 12]);
    assert!(run.is_signed_in() && run.assumed().is_none());
    assert_eq!(run.own(), &again());
    let own = Passport { epoch: before.session.epoch, bearer: Some(token("again")), limits: None };
    assert_eq!(run.effects, [Effect::Store(again()), Effect::Refresh(own), Effect::Settled(None)]);
    assert_eq!(run.session.ledger, before.session.ledger);
}

#[test]
fn what_the_old_session_was_refused_is_told_to_who_has_signed_in_again() {
    let refused = Run::signed_in().on(Event::Start(request(21)));
    let attempt = refused.attempt();
    let refused = refused.on(Event::TokenFetched(attempt, Err(ApiError::Unauthorized)));
    let run = refused.whoami_at(0, Err(ApiError::Unauthorized)).renewed(Err(ApiError::Unauthorized));
    let told = Some(Cause::NotAllowed(ApiError::StaleSession));
    assert_eq!((is_lapsed(&run), run.cause()), (true, told.as_ref()));
    let wrong = Run { session: run.session.clone(), effects: vec![] };
    let wrong = wrong.granted(again()).whoami(OTHER_USER, &[21]);
    assert_eq!(wrong.cause(), Some(&Cause::SomebodyElse));
    let wrong_again = wrong.granted(again()).whoami(OTHER_USER, &[21]);
    assert_eq!(wrong_again.cause(), Some(&Cause::SomebodyElse));
    let late = wrong_again.granted(again()).whoami(OWN_USER, &[11, 12]);
    assert_eq!(
        (late.is_signed_in(), late.cause()),
        (true, told.as_ref()),
        "after tries that came to nothing, too"
    );
    let run = run.granted(again()).whoami(OWN_USER, &[11, 12]);
    assert_eq!((run.is_signed_in(), run.cause()), (true, told.as_ref()));
    assert_eq!(run.on(Event::Start(request(21))).session.failure, None, "and is forgotten with the next try");
}

#[test]
fn what_waited_for_a_session_that_turns_out_to_be_over_is_told_as_well() {
    let late = Millis(u64::MAX);
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    for event in [
        Event::Start(StartRequest { at: late, ..request(21) }),
        Event::Choose(profile, ProfileChoice::Switch, "/".into(), late),
    ] {
        let run = Run::signed_in().on(event);
        assert_eq!(run.effects, [Effect::Renew(credential())]);
        let run = run.on(Event::Renewed(credential(), late, Err(ApiError::Unauthorized)));
        assert!(is_lapsed(&run), "{:?}", run.session.state);
        let run = run.granted(again()).whoami(OWN_USER, &[11, 12]);
        assert_eq!(run.cause(), Some(&Cause::NotAllowed(ApiError::StaleSession)));
    }
}

#[test]
fn somebody_elses_session_is_thrown_away_with_a_sentence() {
    let run = granted().whoami(OTHER_USER, &[21]);
    assert!(is_lapsed(&run));
    assert_eq!(run.effects, [Effect::Discard(token("again"))]);
    let failure = run.session.failure.clone().unwrap();
    assert_eq!((&failure.goal, &failure.cause), (&Goal::SignInAgain, &Cause::SomebodyElse));
    let run = run.granted(again());
    assert_eq!(run.session.failure, None, "and is forgotten with the next try");
    assert!(run.whoami(OWN_USER, &[11, 12]).is_signed_in());
}

#[test]
fn a_session_that_cannot_be_proved_is_thrown_away() {
    for error in [ApiError::Unauthorized, ApiError::Offline] {
        let run = granted().whoami_at(0, Err(error.clone()));
        assert!(is_lapsed(&run));
        assert_eq!(run.effects, [Effect::Discard(token("again"))]);
        assert_eq!(run.cause(), Some(&Cause::NotProved(error)));
    }
    let run = granted().whoami(OWN_USER, &[]);
    assert_eq!(run.session.state, State::SignedOut(Why::NoProfile));
    assert!(run.effects.contains(&Effect::Discard(token("again"))));
}

#[test]
fn of_two_sign_ins_the_later_one_counts() {
    let run = granted();
    let earlier = run.attempt();
    let run = run.granted(credential().succeeded_by(grant("later")));
    assert!(run.effects.contains(&Effect::Discard(token("again"))));
    let run = run.on(Event::Proved(earlier, Millis(0), Ok(whoami(OWN_USER, &[11, 12]))));
    assert!(!run.is_signed_in());
    assert_eq!(run.whoami(OWN_USER, &[11, 12]).own().access, token("later"));
}

#[test]
fn on_another_profile_it_is_a_change_of_person() {
    let run = granted().whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in());
    assert_eq!(run.assumed().unwrap().bearer, Some(token("again")));
    assert!(run.effects.contains(&Effect::Say(Notice::ProfileChanged("P12".into()))));
}

#[test]
fn signing_out_leads_on_and_ends_what_was_still_to_be_proved() {
    let run = granted().on(Event::SignOut);
    assert_eq!(run.session.state, State::SignedOut(Why::SignedOut));
    let bearers = vec![token("again"), token("own")];
    assert!(run.effects.contains(&Effect::Farewell(bearers, Some(UserId(OWN_USER)))));
    let run = Run::lapsed().on(Event::SignedOutElsewhere(UserId(OWN_USER), Millis(11)));
    assert_eq!(run.session.state, State::SignedOut(Why::OtherTab));
}

#[test]
fn in_a_browser_that_keeps_the_person_signed_in_signing_in_in_one_tab_is_enough() {
    let kept = Credential { keep: true, ..credential() };
    let run = Run::new().on(restored(Some(kept.clone()))).whoami(OWN_USER, &[11, 12]).on(Event::LookAgain);
    let run = run.whoami_at(0, Err(ApiError::Unauthorized)).renewed(Err(ApiError::Unauthorized));
    assert!(run.effects.contains(&Effect::Seek(kept.clone())));
    let found = kept.succeeded_by(grant("found"));
    let run = run.on(Event::Found(found.clone()));
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("found"))]);
    let on = run.whoami(OWN_USER, &[11, 12]);
    assert_eq!(on.own(), &found);
    assert!(matches!(on.effects[..], [Effect::Refresh(_)]), "it is not written back");
}

#[test]
fn what_another_tab_has_kept_is_neither_ended_nor_spoken_of_when_it_is_not_this_persons() {
    let run = Run::lapsed().on(Event::Found(again())).whoami(OTHER_USER, &[21]);
    assert!(is_lapsed(&run) && run.effects.is_empty() && run.session.failure.is_none());
    assert!(Run::signed_in().on(Event::Found(again())).effects.is_empty());
}

#[test]
fn nobody_used_the_portal_is_said_and_ends_acting_and_all_tabs() {
    for run in [Run::signed_in(), Run::lapsed(), Run::acting()] {
        let run = run.on(Event::Unused(15));
        assert_eq!(run.session.state, State::SignedOut(Why::Unused(15)));
        let tells = |effect: &Effect| matches!(effect, Effect::Farewell(_, Some(user)) if user.0 == OWN_USER);
        assert!(run.effects.iter().any(tells));
    }
    assert!(Run::new().on(restored(None)).on(Event::Unused(15)).effects.is_empty());
}
