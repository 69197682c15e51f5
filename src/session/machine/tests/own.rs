//! Restoring, signing in, renewing, signing out.

use super::*;

#[test]
fn what_storage_holds_is_proved_before_anybody_is_signed_in() {
    let run = Run::new().on(Event::Restored { credential: Some(credential()), was_acting: None });
    assert!(matches!(run.session.state, State::Proving(_)));
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("own"))]);
    let run = run.whoami(OWN_USER, &[11]);
    assert!(run.is_signed_in());
    assert_eq!(run.assumed().unwrap().bearer, Some(token("own")));
}

#[test]
fn a_stored_session_that_the_server_refuses_is_renewed_once_and_then_forgotten() {
    let run = Run::new().on(Event::Restored { credential: Some(credential()), was_acting: None });
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(run.effects, [Effect::Renew(credential())]);
    let run = run.on(Event::Renewed(credential(), Ok(grant("renewed"))));
    assert!(run.effects.contains(&Effect::Whoami(run.attempt(), token("renewed"))));
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(run.session.state, State::SignedOut(Why::Expired));
    assert!(run.effects.contains(&Effect::Forget));
}

#[test]
fn without_a_network_the_stored_session_waits_and_can_be_tried_again() {
    let run = Run::new().on(Event::Restored { credential: Some(credential()), was_acting: None });
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Offline)));
    assert!(run.effects.is_empty());
    let run = run.on(Event::ProveAgain).whoami(OWN_USER, &[11]);
    assert!(run.is_signed_in());
}

#[test]
fn an_account_without_a_profile_is_told_so() {
    let run = Run::new()
        .on(Event::Restored { credential: None, was_acting: None })
        .on(Event::Granted(credential()))
        .whoami(OWN_USER, &[]);
    assert_eq!(run.session.state, State::SignedOut(Why::NoProfile));
}

#[test]
fn signing_out_while_acting_ends_both_sessions() {
    let run = Run::acting().on(Event::SignOut);
    assert_eq!(run.session.state, State::SignedOut(Why::SignedOut));
    let bearers = vec![token("acting"), token("own")];
    assert!(run.effects.contains(&Effect::Farewell(bearers, Some(UserId(OWN_USER)))));
    assert_eq!(run.assumed().unwrap().bearer, None);
}

#[test]
fn a_sign_out_elsewhere_counts_for_the_same_person_and_only_for_sessions_from_before() {
    let elsewhere = |user, at| Event::SignedOutElsewhere(UserId(user), Millis(at));
    assert!(Run::signed_in().on(elsewhere(OTHER_USER, 99)).is_signed_in());
    assert!(Run::signed_in().on(elsewhere(OWN_USER, 10)).is_signed_in());
    let run = Run::acting().on(elsewhere(OWN_USER, 11));
    assert_eq!(run.session.state, State::SignedOut(Why::OtherTab));
}

#[test]
fn a_renewal_keeps_the_person_and_never_touches_what_lies_on_top() {
    let run = Run::signed_in();
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(epoch)).on(Event::Renewed(credential(), Ok(grant("renewed"))));
    assert!(run.is_signed_in() && run.session.epoch == epoch);
    assert!(
        matches!(&run.effects[1], Effect::Refresh(passport) if passport.bearer == Some(token("renewed")))
    );

    let run = Run::acting().on(Event::Renewed(credential(), Ok(grant("renewed"))));
    assert_eq!(run.effects, [Effect::Store(run.own().clone())]);
    assert!(
        matches!(&run.session.state, State::Acting(_, acting) if acting.credential.access == token("acting"))
    );
}

#[test]
fn a_reload_while_acting_is_told() {
    let run =
        Run::new().on(Event::Restored { credential: Some(credential()), was_acting: Some("Ana".into()) });
    assert!(run.effects.contains(&Effect::Say(Notice::Reloaded("Ana".into()))));
    assert!(run.effects.contains(&Effect::Mark(None)));
}
