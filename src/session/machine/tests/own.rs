//! Restoring, signing in, renewing, signing out.

use super::*;

#[test]
fn what_storage_holds_is_proved_before_anybody_is_signed_in() {
    let run = Run::new().on(restored(Some(credential())));
    assert!(matches!(run.session.state, State::Proving(_)));
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("own"))]);
    let run = run.whoami(OWN_USER, &[11]);
    assert!(run.is_signed_in());
    assert_eq!(run.assumed().unwrap().bearer, Some(token("own")));
}

#[test]
fn a_stored_session_that_the_server_refuses_is_renewed_once_and_then_forgotten() {
    let run = Run::new().on(restored(Some(credential())));
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(run.effects, [Effect::Renew(credential())]);
    let run = run.on(Event::Renewed(credential(), Millis(0), Ok(grant("renewed"))));
    assert!(run.effects.contains(&Effect::Whoami(run.attempt(), token("renewed"))));
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(run.session.state, State::SignedOut(Why::Expired));
    assert!(run.effects.contains(&Effect::Forget(token("renewed"))));
}

#[test]
fn a_session_that_was_just_issued_and_is_refused_is_not_called_over_whether_it_can_be_renewed_or_not() {
    let run = Run::new().on(restored(None)).granted(credential());
    let run = run.whoami_at(0, Err(ApiError::Unauthorized));
    assert_eq!(run.effects, [Effect::Renew(credential())]);
    let run = run.on(Event::Renewed(credential(), Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(run.session.state, State::SignedOut(Why::Unproved(ApiError::Unauthorized)));
    let run = Run::new().on(restored(Some(credential()))).whoami_at(0, Err(ApiError::Unauthorized));
    let run = run.on(Event::Renewed(credential(), Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(run.session.state, State::SignedOut(Why::Expired));
}

#[test]
fn the_answer_to_a_try_that_was_left_or_followed_by_another_lets_nobody_in() {
    let (maria, tomas) = (Attempt(1), Attempt(2));
    let marias = || Credential { access: token("marias"), ..credential() };
    let tried = || Run::new().on(restored(None)).on(Event::Awaited(Some(maria)));
    let thrown_away = [Effect::Discard(token("marias"))];
    let left = tried().on(Event::Awaited(None)).on(Event::Granted(maria, marias()));
    assert_eq!((left.session.state, &left.effects[..]), (State::SignedOut(Why::Fresh), &thrown_away[..]));
    let both = tried().on(Event::Awaited(Some(tomas))).on(Event::Granted(maria, marias()));
    assert_eq!(both.effects, thrown_away);
    let tomas = both.on(Event::Granted(tomas, credential())).whoami(OWN_USER, &[11]);
    assert_eq!(tomas.own().access, token("own"));
}

#[test]
fn a_try_to_go_on_as_somebody_else_outlives_a_change_of_profile_and_nothing_more() {
    let tried = || Run::signed_in().on(Event::Awaited(Some(TRY)));
    let moved = tried().on(Event::LookAgain).whoami(OWN_USER, &[12, 11]);
    assert_eq!(moved.session.awaited, Some(TRY));
    assert_eq!(tried().on(Event::SignOut).session.awaited, None);
    let acts = tried().on(Event::Start(request(21))).token_fetched().exchanged_for("acting");
    assert_eq!(acts.whoami(OTHER_USER, &[21]).session.awaited, None);
}

#[test]
fn whoever_signs_out_while_they_sign_in_again_stays_signed_out() {
    let run = Run::lapsed().on(Event::Awaited(Some(TRY))).on(Event::SignOut);
    let late = run.on(Event::Granted(TRY, credential()));
    assert_eq!(late.session.state, State::SignedOut(Why::SignedOut));
    assert_eq!(late.effects, [Effect::Discard(token("own"))]);
}

#[test]
fn without_a_network_the_stored_session_waits_and_can_be_tried_again() {
    let run = Run::new().on(restored(Some(credential())));
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Offline)));
    assert!(run.effects.is_empty());
    let run = run.on(Event::ProveAgain).whoami(OWN_USER, &[11]);
    assert!(run.is_signed_in());
}

#[test]
fn an_account_without_a_profile_is_told_so() {
    let run = Run::new().on(restored(None)).granted(credential()).whoami(OWN_USER, &[]);
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
fn where_the_browser_keeps_somebody_else_a_tab_does_not_become_them() {
    let found = Event::Restored { found: Found::SomebodyElses, leaving: false };
    let run = Run::new().on(found);
    assert_eq!((run.session.state, run.effects), (State::SignedOut(Why::Displaced), vec![]));
}

/// After a page that acted was loaded again by this person.
fn reloaded(user: i64, profile: i64) -> Run {
    let proved = Run::new().on(restored(Some(credential()))).whoami(user, &[profile]);
    assert!(proved.effects.contains(&Effect::Remember));
    proved.on(Event::Remembered(left(), Millis(5)))
}

#[test]
fn a_reload_while_acting_is_told_to_the_same_person() {
    let run = reloaded(OWN_USER, 11);
    assert!(run.is_signed_in());
    assert!(run.effects.contains(&Effect::Say(Notice::Reloaded("P21".into()))));
    assert!(matches!(run.session.ledger.entries()[0].ended, Some((_, End::Reloaded))));
}

#[test]
fn another_person_in_the_same_tab_neither_hears_nor_finds_whom_the_last_one_acted_as() {
    let run = reloaded(OTHER_USER, 21);
    assert!(!run.effects.iter().any(|effect| matches!(effect, Effect::Say(_))));
    assert!(run.effects.contains(&Effect::Record));
    assert!(run.session.ledger.entries().is_empty());
}

#[test]
fn what_was_done_since_is_not_forgotten_for_what_is_remembered_late_and_nobody_finds_it_who_has_signed_out() {
    let acting = Run::acting();
    let late = Event::Remembered(Ledger::default(), Millis(5));
    let run = Run { session: acting.session.clone(), effects: vec![] }.on(late.clone());
    assert_eq!((run.session.ledger, run.effects), (acting.session.ledger, vec![]));
    let found = Event::Remembered(left(), Millis(5));
    let run = Run::signed_in().on(Event::SignOut).on(found);
    assert!(run.effects.is_empty() && run.session.ledger.entries().is_empty());
}

#[test]
fn a_page_that_was_asked_to_sign_out_does_so_as_soon_as_it_knows_whom() {
    let leave = |found| Event::Restored { found, leaving: true };
    let run = Run::new().on(leave(Found::Own(credential()))).whoami(OWN_USER, &[11]);
    assert_eq!(run.session.state, State::SignedOut(Why::SignedOut));
    assert!(run.effects.contains(&Effect::Farewell(vec![token("own")], Some(UserId(OWN_USER)))));
    assert_eq!(Run::new().on(leave(Found::Nobody)).session.state, State::SignedOut(Why::SignedOut));
}

#[test]
fn whoever_signs_out_before_it_could_be_proved_who_they_are_is_signed_out_in_every_tab() {
    let unproved = || Run::new().on(restored(Some(credential()))).whoami_at(0, Err(ApiError::Offline));
    let run = unproved().on(Event::SignOut);
    assert_eq!(run.session.state, State::SignedOut(Why::SignedOut));
    assert!(run.effects.contains(&Effect::Farewell(vec![token("own")], Some(UserId(OWN_USER)))));
    let run = unproved().on(Event::SignedOutElsewhere(UserId(OWN_USER), Millis(11)));
    assert_eq!(run.session.state, State::SignedOut(Why::OtherTab));
}

#[test]
fn a_second_look_notices_another_profile_and_another_person() {
    let look = || Run::signed_in().on(Event::LookAgain);
    let epoch = look().session.epoch;
    let run = look().whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in() && run.session.epoch > epoch && run.assumed().is_some());
    assert!(run.effects.contains(&Effect::Say(Notice::ProfileChanged("P12".into()))));
    assert_eq!(run.own(), &credential());

    let run = look().whoami(OTHER_USER, &[21]);
    assert_eq!(run.session.state, State::SignedOut(Why::Expired));

    let run = look();
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Offline)));
    assert!(run.is_signed_in() && run.session.epoch == epoch);
}

#[test]
fn what_is_read_from_storage_is_not_written_back() {
    let run = Run::new().on(restored(Some(credential()))).whoami(OWN_USER, &[11]);
    assert!(!run.effects.contains(&Effect::Store(credential())));
    assert!(Run::signed_in().effects.contains(&Effect::Store(credential())));
}

#[test]
fn what_was_said_to_one_person_is_not_said_to_the_next() {
    assert!(Run::signed_in().on(Event::SignOut).effects.contains(&Effect::Hush));
}

#[test]
fn sec_14_signing_out_ends_a_session_that_is_still_being_proved_and_a_renewal_that_comes_later() {
    let run = Run::exchanged(21).on(Event::SignOut);
    let bearers = vec![token("acting"), token("own")];
    assert!(run.effects.contains(&Effect::Farewell(bearers, Some(UserId(OWN_USER)))));
    let run = run.on(Event::Renewed(credential(), Millis(0), Ok(grant("late"))));
    assert_eq!(run.effects, [Effect::Discard(token("late"))]);
}

#[test]
fn signing_out_forgets_the_person_and_expiry_only_this_credential() {
    let forgets = |run: &Run| {
        run.effects.iter().any(|effect| matches!(effect, Effect::ForgetPerson(client, None) if client == "c"))
    };
    assert!(forgets(&Run::signed_in().on(Event::SignOut)));
    let run = Run::signed_in().on(Event::LookAgain);
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Unauthorized)));
    let run = run.on(Event::Renewed(credential(), Millis(0), Err(ApiError::Unauthorized)));
    assert!(matches!(run.session.state, State::Lapsed(..)));
    assert!(!forgets(&run) && run.effects.contains(&Effect::Forget(token("own"))));
}

#[test]
fn whoever_hears_late_of_a_sign_out_forgets_only_what_is_from_before_it() {
    let run = Run::signed_in().on(Event::SignedOutElsewhere(UserId(OWN_USER), Millis(11)));
    assert!(run.effects.contains(&Effect::ForgetPerson("c".into(), Some(Millis(11)))));
}

#[test]
fn a_session_out_of_a_link_is_kept_under_the_name_of_whoever_it_turns_out_to_be() {
    let unknown = || Credential { client_id: None, ..credential() };
    let run = Run::new().on(restored(None)).granted(unknown()).whoami(OWN_USER, &[11]);
    let kept = Credential { client_id: Some("u1@example.com".into()), ..credential() };
    assert!(run.effects.contains(&Effect::Store(kept.clone())));
    assert_eq!(run.own(), &kept);

    let run = Run::new().on(restored(None)).granted(unknown());
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Unauthorized)));
    assert_eq!(
        run.session.state,
        State::SignedOut(Why::Unproved(ApiError::Unauthorized)),
        "nothing renews it"
    );
    assert_eq!(Run::signed_in().own().client_id.as_deref(), Some("c"), "what it was asked for with stays");
    assert!(credential().is_of(Some("C")) && !credential().is_of(Some("d")) && !unknown().is_of(None));
}
