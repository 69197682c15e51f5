//! Every path of the machine.

use super::*;
use crate::api::Access;
use crate::session::failure::{Cause, Goal};
use crate::session::model::Reason;
use contract::Endpoint;
use contract::coworkers::ListProfiles;

pub(super) const OWN_USER: i64 = 1;
pub(super) const OTHER_USER: i64 = 2;

/// A whoami reply: this user, these profiles, the first of them current.
pub(super) fn whoami(user: i64, profiles: &[i64]) -> Profiles {
    let list: Vec<String> = profiles
        .iter()
        .enumerate()
        .map(|(i, id)| format!(r#"{{"Id":{id},"FullName":"P{id}","IsDefaultProfile":{}}}"#, i == 0))
        .collect();
    let body = format!(r#"{{"User":{{"Id":{user},"FullName":"U{user}"}},"Profiles":[{}]}}"#, list.join(","));
    ListProfiles::read(&body).unwrap()
}

pub(super) fn token(text: &str) -> AccessToken {
    AccessToken::new(text).unwrap()
}

pub(super) fn credential() -> Credential {
    Credential {
        access: token("own"),
        refresh: contract::RefreshToken::new("own-refresh"),
        expires_at: Some(Millis(100 * 60_000)),
        client_id: "c".into(),
        keep: false,
        since: Millis(10),
    }
}

pub(super) fn grant(text: &str) -> Grant {
    Grant { access: token(text), refresh: contract::RefreshToken::new("other-refresh"), expires_at: None }
}

pub(super) fn request(target: i64) -> StartRequest {
    StartRequest {
        target: Target { id: CoworkerId(target), name: format!("P{target}") },
        reason: Reason::parse("help with a booking").unwrap(),
        access: Access::ViewOnly,
        from: "/user/team/permissions/55".into(),
        minutes: 30,
    }
}

/// Runs events and keeps the effects of the last one.
struct Run {
    session: Session,
    effects: Vec<Effect>,
}

impl Run {
    fn new() -> Self {
        Self { session: Session::new(), effects: vec![] }
    }

    fn on(self, event: Event) -> Self {
        let (session, effects) = step(self.session, event);
        Self { session, effects }
    }

    fn attempt(&self) -> Attempt {
        self.session.attempt
    }

    fn whoami(self, user: i64, profiles: &[i64]) -> Self {
        let attempt = self.attempt();
        self.on(Event::Proved(attempt, Millis(0), Ok(whoami(user, profiles))))
    }

    fn signed_in() -> Self {
        Self::new()
            .on(Event::Restored { credential: None, was_acting: None })
            .on(Event::Granted(credential()))
            .whoami(OWN_USER, &[11, 12])
    }

    fn exchanged(target: i64) -> Self {
        let run = Self::signed_in().on(Event::Start(request(target)));
        let attempt = run.attempt();
        let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
        let attempt = run.attempt();
        run.on(Event::Exchanged(attempt, Ok(grant("acting"))))
    }

    fn acting() -> Self {
        Self::exchanged(21).whoami(OTHER_USER, &[21])
    }

    fn own(&self) -> &Credential {
        match &self.session.state {
            State::SignedIn(own)
            | State::Choosing(own, _)
            | State::Starting(own, _)
            | State::Acting(own, _)
            | State::Stopping(own, _) => &own.credential,
            other => panic!("nobody is signed in: {other:?}"),
        }
    }

    fn is_signed_in(&self) -> bool {
        matches!(self.session.state, State::SignedIn(_))
    }

    fn assumed(&self) -> Option<&Passport> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Assume(passport) => Some(passport),
            _ => None,
        })
    }

    fn cause(&self) -> Option<&Cause> {
        self.session.failure.as_ref().map(|failure| &failure.cause)
    }
}

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
fn starting_goes_through_token_exchange_and_proof_and_only_then_changes_the_person() {
    let run = Run::signed_in().on(Event::Start(request(21)));
    assert_eq!(run.effects, [Effect::FetchToken(run.attempt(), token("own"), CoworkerId(21))]);
    let epoch = run.session.epoch;
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
    assert_eq!(run.effects, [Effect::Exchange(run.attempt(), ImpersonationToken::new("once").unwrap(), 30)]);
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
        assert!(run.is_signed_in() && run.effects.is_empty());
        assert_eq!((run.session.epoch, run.own()), (epoch, &credential()));
        let failure = run.session.failure.unwrap();
        assert_eq!((failure.goal, failure.cause), (Goal::ActAs("P21".into()), Cause::NotAllowed(error)));
    }
}

#[test]
fn a_silent_no_op_is_an_error_and_does_not_end_the_session_it_came_back_with() {
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
fn nobody_starts_twice_or_from_within() {
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
fn returning_takes_the_bearer_away_first_tells_the_server_and_goes_back_to_the_page() {
    let run = Run::acting().on(Event::Return);
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
    let run = Run::acting().on(Event::Return);
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, false));
    assert!(run.is_signed_in());
    assert!(run.effects.contains(&Effect::Say(Notice::Returned { name: "P21".into(), told: false })));
}

#[test]
fn the_deadline_ends_acting_also_after_three_hours_of_sleep() {
    let run = Run::acting().on(Event::Clock(Millis(30 * 60_000 - 1)));
    assert!(run.effects.is_empty());
    let run = run.on(Event::Clock(Millis(3 * 3_600_000)));
    assert!(matches!(&run.session.state, State::Stopping(_, stop) if stop.end == End::TimeUp));
}

#[test]
fn the_deadline_is_the_earliest_of_the_three() {
    let mut own = credential();
    own.expires_at = Some(Millis(5 * 60_000));
    let run = Run::new()
        .on(Event::Restored { credential: None, was_acting: None })
        .on(Event::Granted(own))
        .whoami(OWN_USER, &[11])
        .on(Event::Start(request(21)));
    let attempt = run.attempt();
    let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
    let attempt = run.attempt();
    let run = run.on(Event::Exchanged(attempt, Ok(grant("acting")))).whoami(OTHER_USER, &[21]);
    assert_eq!(run.assumed().unwrap().limits.unwrap().deadline, Millis(5 * 60_000));
}

#[test]
fn a_401_while_acting_gives_back_the_own_account() {
    let run = Run::acting();
    let epoch = run.session.epoch;
    let run = run.on(Event::Unauthorized(Epoch(epoch.0 - 1)));
    assert!(matches!(run.session.state, State::Acting(..)), "an older epoch says nothing");
    let run = run.on(Event::Unauthorized(epoch));
    let attempt = run.attempt();
    let run = run.on(Event::Stopped(attempt, false));
    assert!(run.is_signed_in());
    assert!(run.effects.contains(&Effect::Say(Notice::Rejected("P21".into()))));
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
fn switching_profile_keeps_the_token_and_is_proved() {
    let profile = Target { id: CoworkerId(12), name: "P12".into() };
    let choose = Event::Choose(profile, ProfileChoice::Switch, "/".into());
    let run = Run::signed_in().on(choose);
    assert_eq!(run.effects, [Effect::SwitchProfile(run.attempt(), token("own"), CoworkerId(12))]);
    let (epoch, attempt) = (run.session.epoch, run.attempt());
    let switched = run.on(Event::Switched(attempt, Ok(())));
    let run = Run { session: switched.session.clone(), effects: vec![] }.whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in() && run.session.epoch > epoch);
    assert_eq!(run.own(), &credential());
    assert!(run.effects.contains(&Effect::Go("/".into())));

    let run = switched.whoami(OWN_USER, &[11, 12]);
    assert_eq!((run.session.epoch, run.cause()), (epoch, Some(&Cause::Unchanged)));
}

#[test]
fn taking_a_profile_by_exchange_replaces_the_own_session_and_only_with_the_same_user() {
    let exchanged = || {
        let profile = Target { id: CoworkerId(12), name: "P12".into() };
        let run = Run::signed_in().on(Event::Choose(profile, ProfileChoice::Impersonate, "/".into()));
        let attempt = run.attempt();
        let run = run.on(Event::TokenFetched(attempt, Ok(ImpersonationToken::new("once").unwrap())));
        let attempt = run.attempt();
        run.on(Event::Exchanged(attempt, Ok(grant("next"))))
    };
    let run = exchanged().whoami(OWN_USER, &[12, 11]);
    assert!(run.is_signed_in());
    assert_eq!(run.own().access, token("next"));
    assert!(run.effects.contains(&Effect::Store(run.own().clone())));

    let run = exchanged().whoami(OTHER_USER, &[12]);
    assert_eq!((run.own(), run.cause()), (&credential(), Some(&Cause::SomebodyElse)));
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
