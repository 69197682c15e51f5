//! Where two things cross: what was found by looking for what nobody thought of.

use super::*;
use crate::session::ledger::{Change, Outcome};

fn minutes(minutes: u64) -> Millis {
    Millis(minutes * 60_000)
}

fn returned(run: Run) -> Run {
    let run = run.on(Event::Return(Millis(5)));
    let attempt = run.attempt();
    run.on(Event::Stopped(attempt, true))
}

#[test]
fn p03_an_own_profile_that_was_changed_elsewhere_while_one_acted_is_known_on_the_return() {
    let run = Run::acting().on(Event::LookAgain).whoami(OWN_USER, &[12, 11]).whoami(OTHER_USER, &[21]);
    let run = returned(run);
    assert_eq!(run.session.state.own().unwrap().identity.profile, CoworkerId(12));
    assert!(looks(&returned(Run::acting())), "and it is looked in any case");
}

#[test]
fn a_hint_that_cannot_be_followed_at_once_is_followed_afterwards() {
    let run = Run::signed_in().on(Event::Start(request(21))).on(Event::LookAgain);
    assert!(!looks(&run));
    assert!(looks(&run.on(Event::Cancel)));
    let run = Run::acting().on(Event::LookAgain).whoami(OWN_USER, &[11, 12]).on(Event::LookAgain);
    assert!(
        looks(&run.whoami(OTHER_USER, &[21])),
        "what was saved meanwhile is not in the answer on its way"
    );
}

#[test]
fn more_time_is_only_told_when_there_is_more_and_never_less() {
    let mut own = credential();
    own.expires_at = Some(minutes(35));
    let acting = Run::new().on(restored(None)).granted(own).whoami(OWN_USER, &[11]);
    let acting = acting.on(Event::Start(request(21))).token_fetched().exchanged_for("acting");
    let acting = acting.whoami_at(minutes(6).0, Ok(whoami(OTHER_USER, &[21])));
    assert_eq!(acting.acting_now().deadline, minutes(35));
    let run = acting.on(Event::Extend(reason())).token_fetched().exchanged_for("longer");
    let run = run.whoami_at(minutes(30).0, Ok(whoami(OTHER_USER, &[21])));
    assert_eq!((run.acting_now().deadline, run.cause()), (minutes(35), Some(&Cause::NoMoreTime)));
    assert_eq!(run.acting_now().credential.access, token("acting"));
    assert_eq!(run.effects, [Effect::Discard(token("longer"))]);
}

#[test]
fn a_longer_session_that_is_the_same_one_is_not_ended() {
    let longer = || Run::acting().on(Event::Extend(reason())).token_fetched().exchanged_for("acting");
    let ends = |run: Run| run.effects.contains(&Effect::Discard(token("acting")));
    assert!(!ends(longer().whoami_at(9, Ok(whoami(OTHER_USER, &[21])))));
    assert!(!ends(longer().whoami_at(9, Err(ApiError::Offline))));
    assert!(!ends(longer().on(Event::NotLonger)));
}

#[test]
fn whoever_no_longer_waits_for_more_time_does_not_get_it() {
    let run = Run::acting().on(Event::Extend(reason())).token_fetched().exchanged_for("longer");
    let run = run.on(Event::NotLonger);
    assert_eq!(run.effects, [Effect::Discard(token("longer"))]);
    let run = run.whoami_at(9, Ok(whoami(OTHER_USER, &[21])));
    assert_eq!(run.acting_now(), Run::acting().acting_now());
}

#[test]
fn a_refusal_of_more_time_may_mean_more_than_that_and_is_looked_into() {
    for error in [ApiError::Unauthorized, ApiError::Forbidden] {
        let run = Run::acting().on(Event::Extend(reason()));
        let attempt = run.attempt();
        assert!(looks(&run.on(Event::TokenFetched(attempt, Err(error)))));
    }
}

#[test]
fn sec_15_an_answer_after_the_deadline_gives_no_more_time() {
    let run = Run::acting().on(Event::Extend(reason())).token_fetched().exchanged_for("longer");
    let run = run.whoami_at(minutes(180).0, Ok(whoami(OTHER_USER, &[21])));
    assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::TimeUp));
    assert!(run.effects.contains(&Effect::Discard(token("longer"))));
}

#[test]
fn p04_another_profile_of_the_other_is_not_shown_over_the_pages_of_the_first() {
    let run = Run::exchanged(21).whoami(OTHER_USER, &[21, 22]).on(Event::LookAgain);
    let run = run.whoami(OWN_USER, &[11, 12]).whoami(OTHER_USER, &[22, 21]);
    assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::NotTheirs));
}

#[test]
fn who_is_another_profile_than_the_one_asked_for_is_called_what_they_are() {
    let run = Run::exchanged(21).whoami(OTHER_USER, &[22, 21]);
    assert!(run.effects.contains(&Effect::Say(Notice::Started("P22".into()))));
    assert_eq!(run.acting_now().request.target, Target { id: CoworkerId(21), name: "P22".into() });
}

#[test]
fn what_failed_was_not_changed() {
    let run = Run::acting();
    let (epoch, outcome) = (run.session.epoch, Outcome::Failed("E400".into()));
    let change = Change { number: 1, method: "PATCH".into(), path: "/x".into(), outcome };
    let run = returned(run.on(Event::Changed(epoch, Millis(3), change)));
    assert!(run.effects.contains(&ended(End::Returned, true, 0)));
}

#[test]
fn what_was_not_answered_may_have_been_changed() {
    let run = Run::acting();
    let change = |number, outcome| Change { number, method: "PATCH".into(), path: "/x".into(), outcome };
    let epoch = run.session.epoch;
    let run = run.on(Event::Changed(epoch, Millis(3), change(1, Outcome::Done)));
    let run = returned(run.on(Event::Changed(epoch, Millis(3), change(2, Outcome::Unknown))));
    let (name, end) = ("P21".into(), End::Returned);
    let said = Notice::Ended { name, end, told: true, changes: 2, unseen: 1, profile: None };
    assert!(run.effects.contains(&Effect::Say(said)));
}

#[test]
fn whoever_comes_back_to_another_profile_than_the_one_they_left_is_told() {
    let moved = || Run::acting().on(Event::LookAgain).whoami(OWN_USER, &[12, 11]);
    let back = moved().whoami(OTHER_USER, &[21]).on(Event::LookAgain).whoami(OWN_USER, &[11, 12]);
    assert!(returned(back).effects.contains(&ended(End::Returned, true, 0)), "and not who is on it again");
    let run = returned(moved());
    assert_eq!(run.session.state.own().unwrap().identity.profile, CoworkerId(12));
    let (name, end) = ("P21".into(), End::Returned);
    let said = Notice::Ended { name, end, told: true, changes: 0, unseen: 0, profile: Some("P12".into()) };
    assert!(run.effects.contains(&Effect::Say(said)));
}

#[test]
fn what_was_kept_for_changing_the_person_is_gone_with_the_next_thing_one_does() {
    let kept = || {
        let run = Run::acting().on(Event::ChangePerson(Millis(5)));
        let attempt = run.attempt();
        run.on(Event::Stopped(attempt, true))
    };
    assert!(kept().session.kept.is_some());
    assert_eq!(kept().on(Event::Settle).session.kept, None);
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    assert_eq!(
        kept().on(Event::Choose(profile, ProfileChoice::Switch, "/".into(), Millis(0))).session.kept,
        None
    );
}

#[test]
fn a_session_that_nobody_waits_for_is_ended_on_the_server() {
    let late = Credential { access: token("late"), ..credential() };
    assert_eq!(Run::signed_in().granted(late).effects, [Effect::Discard(token("late"))]);
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    let choose = Event::Choose(profile, ProfileChoice::Impersonate, "/".into(), Millis(0));
    let run = Run::signed_in().on(choose).token_fetched().exchanged_for("unchanged");
    let run = run.whoami(OWN_USER, &[11, 12]);
    assert_eq!(run.effects, [Effect::Discard(token("unchanged"))]);
}

#[test]
fn a_page_that_was_asked_to_sign_out_forgets_all_the_same_when_the_session_is_over() {
    let old = Credential { refresh: None, ..credential() };
    let run = Run::new().on(Event::Restored { found: Found::Own(old), leaving: true });
    let run = run.whoami_at(5, Err(ApiError::Unauthorized));
    assert_eq!(run.session.state, State::SignedOut(Why::SignedOut));
    assert!(run.effects.contains(&Effect::Record) && run.session.ledger == Ledger::default());
}

#[test]
fn the_bearers_of_everything_on_top_are_known_whatever_is_going_on() {
    let tokens = |run: Run| run.session.state.overlays();
    assert_eq!(tokens(Run::signed_in()), []);
    assert_eq!(tokens(Run::exchanged(21)), [token("acting")]);
    let longer = Run::acting().on(Event::Extend(reason())).token_fetched().exchanged_for("longer");
    assert_eq!(tokens(longer), [token("longer"), token("acting")]);
    assert_eq!(tokens(Run::acting().on(Event::Return(Millis(1)))), [token("acting")]);
}

#[test]
fn that_the_server_was_not_told_of_the_end_is_said_again_with_a_change_of_profile() {
    let run = Run::acting().on(Event::Return(Millis(5)));
    let attempt = run.attempt();
    let back = run.on(Event::Stopped(attempt, false));
    assert!(back.effects.contains(&ended(End::Returned, false, 0)));
    let moved = Run { session: back.session.clone(), effects: vec![] }.whoami(OWN_USER, &[12, 11]);
    let said = moved.effects.iter().find_map(|effect| match effect {
        Effect::Say(Notice::Ended { told, profile, .. }) => Some((*told, profile.as_deref())),
        _ => None,
    });
    assert_eq!(said, Some((false, Some("P12"))));
    // It was read by then.
    let later = back.whoami(OWN_USER, &[11, 12]).on(Event::LookAgain).whoami(OWN_USER, &[12, 11]);
    assert!(later.effects.contains(&Effect::Say(Notice::ProfileChanged("P12".into()))));
}

#[test]
fn a_change_that_is_heard_of_while_one_is_being_proved_is_looked_at_afterwards() {
    let run = Run::new().on(restored(Some(credential()))).on(Event::LookAgain);
    assert!(run.effects.is_empty());
    let proved = run.whoami(OWN_USER, &[11, 12]);
    assert!(looks(&proved), "what was proved may be from before");
    assert!(proved.whoami(OWN_USER, &[12, 11]).assumed().is_some());
    let nobody = Run::new().on(restored(None)).on(Event::LookAgain).granted(credential());
    assert!(!looks(&nobody.whoami(OWN_USER, &[11, 12])));
}

#[test]
fn giving_up_a_start_does_not_give_up_the_look_that_it_waited_for() {
    let adopted = Run::signed_in().on(Event::Adopted(credential(), grant("of-the-other-tab")));
    let waits = adopted.on(Event::Start(request(21)));
    let given_up = waits.on(Event::Cancel);
    assert_eq!(given_up.effects, [Effect::Whoami(given_up.attempt(), token("of-the-other-tab"))]);
}

#[test]
fn a_look_that_a_start_or_a_choice_makes_old_is_made_again_when_nothing_comes_of_those() {
    let looking = || Run::signed_in().on(Event::LookAgain);
    let start = looking().on(Event::Start(request(21)));
    let attempt = start.attempt();
    assert!(looks(&start.on(Event::TokenFetched(attempt, Err(ApiError::Forbidden)))));
    assert!(looks(&looking().on(Event::Start(request(21))).on(Event::Cancel)));
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    let choice = looking().on(Event::Choose(profile, ProfileChoice::Switch, "/".into(), Millis(0)));
    let attempt = choice.attempt();
    assert!(looks(&choice.on(Event::Switched(attempt, Err(ApiError::Forbidden)))));
}

#[test]
fn every_bearer_that_was_given_up_for_another_tabs_ends_with_the_session() {
    let run = Run::signed_in().on(Event::Adopted(credential(), grant("second")));
    let second = run.own().clone();
    let run =
        run.whoami_at(48 * 3_600_000, Err(ApiError::Unauthorized)).on(Event::Adopted(second, grant("third")));
    let run = run.on(Event::SignOut);
    let ended = run.effects.iter().find_map(|effect| match effect {
        Effect::Farewell(bearers, _) => Some(bearers.clone()),
        _ => None,
    });
    assert_eq!(ended.unwrap(), [token("third"), token("own")]);
}
