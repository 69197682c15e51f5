//! Acting as another person, and coming back.

use super::*;

#[test]
fn starting_goes_through_token_exchange_and_proof_and_only_then_changes_the_person() {
    let run = Run::signed_in().on(Event::Start(request(21)));
    assert_eq!(run.effects, [Effect::FetchToken(run.attempt(), token("own"), CoworkerId(21), Power::Member)]);
    let epoch = run.session.epoch;
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
    assert_eq!(
        run.effects,
        [Effect::Exchange(run.attempt(), ImpersonationToken::new("once").unwrap(), Power::Member, 30)]
    );
    let attempt = run.attempt();
    let run = run.on(Event::Exchanged(attempt, Ok(grant("acting"))));
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("acting"))]);
    assert_eq!(run.session.epoch, epoch);
    let run = run.whoami(OTHER_USER, &[21]);
    assert!(run.session.epoch > epoch);
    let passport = run.assumed().unwrap();
    assert_eq!(passport.bearer, Some(token("acting")));
    assert_eq!(passport.limits.unwrap().deadline, Millis(30 * 60_000));
}

#[test]
fn every_refusal_leaves_the_person_in_their_own_account_with_the_reason() {
    for error in [ApiError::Unauthorized, ApiError::Forbidden, ApiError::NotFound, ApiError::Timeout] {
        let run = Run::signed_in().on(Event::Start(request(21)));
        let (epoch, attempt) = (run.session.epoch, run.attempt());
        let run = run.on(Event::TokenFetched(attempt, Err(error.clone())));
        assert!(run.is_signed_in());
        assert_eq!(looks(&run), error == ApiError::Unauthorized, "whether the own session is over");
        assert_eq!(run.effects.len(), usize::from(looks(&run)));
        assert_eq!((run.session.epoch, run.own()), (epoch, &credential()));
        let failure = run.session.failure.unwrap();
        assert_eq!((failure.goal, failure.cause), (Goal::ActAs("P21".into()), Cause::NotAllowed(error)));
    }
}

#[test]
fn p02_a_silent_no_op_is_an_error_and_does_not_end_the_session_it_came_back_with() {
    let run = Run::exchanged(21).whoami(OWN_USER, &[11, 12]);
    assert!(run.is_signed_in());
    assert_eq!(run.cause(), Some(&Cause::Unchanged));
    assert!(run.effects.is_empty());
}

#[test]
fn the_session_of_a_third_person_is_thrown_away() {
    let run = Run::exchanged(21).whoami(OTHER_USER, &[99]);
    assert!(run.is_signed_in());
    assert_eq!(run.cause(), Some(&Cause::SomebodyElse));
    assert_eq!(run.effects, [Effect::Discard(token("acting"))]);
}

#[test]
fn a_session_that_cannot_be_proved_is_thrown_away() {
    let run = Run::exchanged(21);
    let attempt = run.attempt();
    let run = run.on(Event::Proved(attempt, Millis(0), Err(ApiError::Malformed)));
    assert!(run.is_signed_in());
    assert_eq!(run.effects, [Effect::Discard(token("acting"))]);
}

#[test]
fn sec_19_nobody_starts_twice_or_from_within() {
    let run = Run::signed_in().on(Event::Start(request(21))).on(Event::Start(request(22)));
    assert!(run.effects.is_empty());
    let run = Run::acting().on(Event::Start(request(22)));
    assert!(run.effects.is_empty() && matches!(run.session.state, State::Acting(..)));
}

#[test]
fn nobody_acts_as_themselves() {
    let run = Run::signed_in().on(Event::Start(request(12)));
    assert!(run.is_signed_in() && run.effects.is_empty());
}

#[test]
fn a_session_that_comes_after_giving_up_is_thrown_away() {
    let run = Run::signed_in().on(Event::Start(request(21)));
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
    let attempt = run.attempt();
    let run = run.on(Event::Cancel).on(Event::Exchanged(attempt, Ok(grant("late"))));
    assert!(run.is_signed_in());
    assert_eq!(run.effects, [Effect::Discard(token("late"))]);
}

#[test]
fn sec_18_returning_takes_the_bearer_away_first_tells_the_server_and_goes_back_to_the_page() {
    let run = Run::acting().on(Event::Return(Millis(5)));
    assert_eq!(run.assumed().unwrap().bearer, None);
    assert!(run.effects.contains(&Effect::Stop(run.attempt(), token("acting"))));
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, true));
    assert_eq!(run.assumed().unwrap().bearer, Some(token("own")));
    assert!(run.effects.contains(&Effect::Go("/user/team/permissions/55".into())));
    assert_eq!(run.own(), &credential());
}

#[test]
fn returning_works_when_the_server_cannot_be_told_and_says_so() {
    let run = Run::acting().on(Event::Return(Millis(5)));
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, false));
    assert!(run.is_signed_in());
    assert!(run.effects.contains(&ended(End::Returned, false, 0)));
}

#[test]
fn the_deadline_ends_acting_also_after_three_hours_of_sleep() {
    let run = Run::acting().on(Event::Clock(Millis(30 * 60_000 - 1)));
    assert!(matches!(run.session.state, State::Acting(..)));
    let run = run.on(Event::Clock(Millis(3 * 3_600_000)));
    assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::TimeUp));
}

#[test]
fn a_clock_that_is_put_back_gives_no_more_time() {
    let start = |at| {
        let request = StartRequest { at, ..request(21) };
        let run = Run::signed_in().on(Event::Start(request)).token_fetched().exchanged_for("acting");
        run.whoami(OTHER_USER, &[21])
    };
    let run = start(Millis(120_000)).on(Event::Clock(Millis(100_000)));
    assert!(matches!(run.session.state, State::Acting(..)), "clocks are set right by a little all the time");
    let run = run.on(Event::Clock(Millis(1_000)));
    assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::TimeUp));
}

#[test]
fn the_deadline_is_the_earliest_of_the_three() {
    let mut own = credential();
    own.expires_at = Some(Millis(5 * 60_000));
    let run =
        Run::new().on(restored(None)).granted(own).whoami(OWN_USER, &[11]).on(Event::Start(request(21)));
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
    let attempt = run.attempt();
    let run = run.on(Event::Exchanged(attempt, Ok(grant("acting")))).whoami(OTHER_USER, &[21]);
    assert_eq!(run.assumed().unwrap().limits.unwrap().deadline, Millis(5 * 60_000));
}

#[test]
fn a_401_for_a_session_as_another_person_that_is_over_gives_back_the_own_account() {
    let run = Run::acting();
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(Epoch(epoch.0 - 1), Millis(0)));
    assert!(!looks(&run), "an older epoch says nothing");
    let run = run.on(Event::Unauthorized(epoch, Millis(0)));
    assert_eq!(run.effects, [Effect::Whoami(run.attempt(), token("acting"))]);
    let run = run.whoami_at(0, Err(ApiError::Unauthorized));
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, false));
    assert!(run.is_signed_in());
    assert!(run.effects.contains(&ended(End::Rejected, false, 0)));
}

#[test]
fn a_401_for_want_of_rights_does_not_end_acting_and_whatever_was_refused_hears_that() {
    let run = Run::acting();
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(epoch, Millis(0))).on(Event::Unauthorized(epoch, Millis(0)));
    assert!(run.effects.is_empty(), "one look is enough, and nothing goes on before it is answered");
    let run = run.whoami(OTHER_USER, &[21]);
    assert_eq!(run.effects, [Effect::Settled(None)]);
    assert!(matches!(run.session.state, State::Acting(..)) && run.session.epoch == epoch);
}

#[test]
fn a_401_while_more_time_is_asked_for_is_looked_into_afterwards() {
    let run = Run::acting().on(Event::Extend(reason()));
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(epoch, Millis(0)));
    assert!(run.effects.is_empty());
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Err(ApiError::Offline)));
    assert!(looks(&run) && run.session.doubted);

    let run = Run::acting().on(Event::Unauthorized(epoch, Millis(0))).on(Event::Extend(reason()));
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Err(ApiError::Offline)));
    assert!(looks(&run) && run.session.doubted, "also when it was in doubt before");
}

/// Acting as a customer who was asked for by number, as an operator.
fn as_operator() -> Run {
    let target = Target { id: CoworkerId(21), name: "customer 21".into() };
    let ask = StartRequest { target, power: Power::Operator, ..request(21) };
    Run::signed_in().on(Event::Start(ask))
}

#[test]
fn an_operator_asks_at_the_operators_endpoint_also_for_more_time() {
    let run = as_operator();
    assert_eq!(
        run.effects,
        [Effect::FetchToken(run.attempt(), token("own"), CoworkerId(21), Power::Operator)]
    );
    let run =
        run.token_fetched().exchanged_for("acting").whoami(OTHER_USER, &[21]).on(Event::Extend(reason()));
    assert_eq!(
        run.effects,
        [Effect::FetchToken(run.attempt(), token("own"), CoworkerId(21), Power::Operator)]
    );
}

#[test]
fn an_operator_who_wants_another_person_chooses_where_customers_are_found() {
    let run = as_operator().token_fetched().exchanged_for("acting").whoami(OTHER_USER, &[21]);
    let run = run.on(Event::ChangePerson(Millis(5)));
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, true));
    assert!(run.effects.contains(&Effect::Go("/customers".into())));
    assert!(run.session.kept.is_some());
}

#[test]
fn a_customer_asked_for_by_number_has_the_name_that_the_server_says_once_it_is_proved() {
    let run = as_operator().token_fetched().exchanged_for("acting").whoami(OTHER_USER, &[21]);
    assert!(run.effects.contains(&Effect::Say(Notice::Started("P21".into()))));
    assert_eq!(run.acting_now().request.target.name, "P21");
    assert_eq!(run.session.ledger.entries()[0].other.name, "P21");
}

#[test]
fn what_the_operators_endpoint_refuses_says_nothing_about_the_own_session() {
    for error in [ApiError::Unauthorized, ApiError::NotFound, ApiError::Forbidden] {
        let run = as_operator();
        let attempt = run.attempt();
        let run = run.on(Event::TokenFetched(attempt, Err(error.clone())));
        assert!(run.is_signed_in() && run.effects.is_empty());
        assert_eq!(run.cause(), Some(&Cause::NotAllowedAsOperator(error)));
    }
}

#[test]
fn an_operator_who_is_refused_more_time_is_looked_at_unless_only_the_key_is_refused() {
    for (error, looks) in
        [(ApiError::Unauthorized, false), (ApiError::Forbidden, true), (ApiError::NotFound, true)]
    {
        let run = as_operator().token_fetched().exchanged_for("acting").whoami(OTHER_USER, &[21]);
        let run = run.on(Event::Extend(reason()));
        let attempt = run.attempt();
        let run = run.on(Event::TokenFetched(attempt, Err(error.clone())));
        assert_eq!(
            !run.effects.is_empty(),
            looks,
            "{error:?} may mean that the session as the customer is over"
        );
        run.acting_now();
    }
}
