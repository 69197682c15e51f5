//! The fence, proved with a scripted transport.

use super::scripted::{Answer, Scripted, poll_once, run};
use super::*;
use contract::auth::{ExchangeLogin, PasswordGrant, SignOut};
use contract::coworkers::{Impersonate, ListProfiles, SetCurrentProfile, UpdateProfile};
use contract::teams::{PermissionsBody, UpdatePermissions};
use contract::{AccessToken, CoworkerId, OneTimeToken, Permission, TeamId};
use futures_util::future::ready;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

const PROFILES: &str = r#"{"User":{"Id":1},"Profiles":[]}"#;

fn passport(epoch: u64, bearer: &str) -> Passport {
    Passport { epoch: Epoch(epoch), bearer: AccessToken::new(bearer), limits: None }
}

fn client(answers: impl IntoIterator<Item = Answer>) -> (Client, Rc<Scripted>) {
    let transport = Scripted::new(answers);
    let client = Client::new(transport.clone());
    client.assume(passport(1, "own"));
    (client, transport)
}

fn header(outgoing: &Outgoing, name: &str) -> Option<String> {
    outgoing.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
}

#[test]
fn sec_11_a_request_of_an_older_epoch_is_not_sent() {
    let (client, transport) = client([]);
    client.assume(passport(2, "other"));
    assert_eq!(run(client.call(Epoch(1), &ListProfiles)), Err(ApiError::WrongIdentity));
    assert!(transport.sent.borrow().is_empty());
}

#[test]
fn sec_10_a_change_of_person_aborts_what_is_in_flight_and_no_late_reply_is_used() {
    let (client, transport) = client([Answer::Held(200, PROFILES)]);
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    client.assume(passport(2, "other"));
    transport.release();
    assert_eq!(poll_once(&mut call), Some(Err(ApiError::WrongIdentity)));
    drop(call);
    assert_eq!(transport.aborted.get(), 1);
}

#[test]
fn a_dropped_call_aborts_its_request() {
    let (client, transport) = client([Answer::Held(200, PROFILES)]);
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    drop(call);
    assert_eq!(transport.aborted.get(), 1);
}

#[test]
fn view_only_refuses_before_anything_leaves_the_browser() {
    let (client, transport) = client([]);
    client.assume(Passport {
        limits: Some(Limits { access: Access::ViewOnly, deadline: Millis(10) }),
        ..passport(2, "other")
    });
    let write = SetCurrentProfile { coworker: CoworkerId(1) };
    assert_eq!(run(client.call(Epoch(2), &write)), Err(ApiError::Refused(Refusal::NotWhileActing)));
    assert!(transport.sent.borrow().is_empty());
}

#[test]
fn nothing_is_sent_after_the_deadline() {
    let (client, transport) = client([]);
    client.assume(Passport {
        limits: Some(Limits { access: Access::Full, deadline: Millis(10) }),
        ..passport(2, "other")
    });
    transport.clock.set(3 * 3600 * 1000);
    assert_eq!(run(client.call(Epoch(2), &ListProfiles)), Err(ApiError::WrongIdentity));
    assert!(transport.sent.borrow().is_empty());
}

#[test]
fn the_bearer_of_the_current_person_goes_along() {
    let (client, transport) = client([Answer::Now(200, PROFILES)]);
    run(client.call(Epoch(1), &ListProfiles)).unwrap();
    let sent = transport.sent.borrow();
    assert_eq!(header(&sent[0], "Authorization").as_deref(), Some("Bearer own"));
    assert_eq!(header(&sent[0], "X-Use-Timezone").as_deref(), Some("true"));
}

#[test]
fn a_read_is_retried_and_the_impersonation_is_not() {
    let (client, transport) = client([Answer::Lost, Answer::Now(503, ""), Answer::Now(200, PROFILES)]);
    run(client.call(Epoch(1), &ListProfiles)).unwrap();
    assert_eq!(transport.sent.borrow().len(), 3);
    assert_eq!(transport.slept.borrow().len(), 2);

    let start = Impersonate { coworker: CoworkerId(1) };
    for answer in [Answer::Lost, Answer::Now(500, ""), Answer::Now(429, "")] {
        let (client, transport) = self::client([answer]);
        assert!(run(client.call(Epoch(1), &start)).is_err());
        assert_eq!(transport.sent.borrow().len(), 1);
    }
}

#[test]
fn a_401_of_the_current_person_is_reported_and_one_of_a_proof_is_not() {
    let (client, _) = client([Answer::Now(401, ""), Answer::Now(401, "")]);
    let told = Rc::new(Cell::new(0));
    let count = told.clone();
    client.on_unauthorized(move |epoch| {
        count.set(count.get() + epoch.0);
        Box::pin(ready(Ok(())))
    });
    assert_eq!(run(client.call(Epoch(1), &ListProfiles)), Err(ApiError::Unauthorized));
    assert_eq!(told.get(), 1);
    let other = AccessToken::new("x").unwrap();
    assert_eq!(run(client.call_as(Some(&other), &ListProfiles)), Err(ApiError::Unauthorized));
    assert_eq!(told.get(), 1);
}

#[test]
fn a_page_in_place_of_a_reply_is_malformed_and_not_success() {
    const PAGE: &str = "\r\n <!DOCTYPE html><h1>Sign in to the Wi-Fi</h1>";
    let (client, _) = client([(); 3].map(|()| Answer::Now(200, PAGE)));
    assert_eq!(run(client.call(Epoch(1), &ListProfiles)), Err(ApiError::Malformed));
    // Its reply is documented as empty, so what is in it would not be looked at.
    let set = Permission::ALL.into_iter().map(|one| (one, false)).collect();
    let permissions = PermissionsBody::new(CoworkerId(1), set, None).unwrap();
    let save = UpdatePermissions { team: TeamId(5), member: CoworkerId(1), permissions };
    assert_eq!(run(client.call(Epoch(1), &save)), Err(ApiError::Malformed));
    let bearer = AccessToken::new("own").unwrap();
    assert_eq!(run(client.call_as(Some(&bearer), &SignOut)), Err(ApiError::Malformed));
}

#[test]
fn a_200_that_says_it_failed_in_place_of_a_token_is_a_refusal() {
    const NO: &str =
        r#"{"WasSuccessful":false,"Value":null,"Status":500,"Message":"Not today.","Errors":null}"#;
    let (client, _) = client([(); 4].map(|()| Answer::Now(200, NO)));
    let start = Impersonate { coworker: CoworkerId(1) };
    let grant = PasswordGrant { email: "a@example.com".into(), password: "p".into(), totp: String::new() };
    let exchange = || ExchangeLogin { token: OneTimeToken::new("once").unwrap() };
    let sentences = [
        run(client.call(Epoch(1), &start)).unwrap_err().sentence(),
        run(client.call_as(None, &grant)).unwrap_err().sentence(),
        run(client.call_as(None, &exchange())).unwrap_err().sentence(),
        run(client.call(Epoch(1), &ListProfiles)).unwrap_err().sentence(),
    ];
    assert_eq!(sentences, ["Not today."; 4]);
}

#[test]
fn ending_a_session_sends_the_bearer_it_ends() {
    let (client, transport) = client([Answer::Now(200, "")]);
    let acting = AccessToken::new("acting").unwrap();
    run(client.call_as(Some(&acting), &SignOut)).unwrap();
    assert_eq!(header(&transport.sent.borrow()[0], "Authorization").as_deref(), Some("Bearer acting"));
}

#[test]
fn a_late_401_for_a_bearer_that_was_renewed_since_is_not_reported_and_asked_again_with_the_new_one() {
    let (client, transport) = client([Answer::Held(401, ""), Answer::Now(200, PROFILES)]);
    let told = Rc::new(Cell::new(0));
    let count = told.clone();
    client.on_unauthorized(move |_| {
        count.set(count.get() + 1);
        Box::pin(ready(Ok(())))
    });
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    client.renew(passport(1, "renewed"));
    transport.release();
    assert!(matches!(poll_once(&mut call), Some(Ok(_))));
    assert_eq!(told.get(), 0);
    assert_eq!(header(&transport.sent.borrow()[1], "Authorization").as_deref(), Some("Bearer renewed"));
}

/// What a 401 means, as soon as that is known.
type Verdict = Rc<RefCell<Option<Result<(), ApiError>>>>;

/// Lets what was refused wait until there is a verdict.
fn doubt(client: &Client) -> Verdict {
    let verdict = Verdict::default();
    let found = verdict.clone();
    client.on_unauthorized(move |_| {
        let found = found.clone();
        Box::pin(poll_fn(move |_| found.take().map_or(Poll::Pending, Poll::Ready)))
    });
    verdict
}

/// A client whose bearer is answered with 401 the first time.
fn refused(answers: impl IntoIterator<Item = Answer>) -> (Client, Rc<Scripted>, Verdict) {
    let (client, transport) = client(std::iter::once(Answer::Now(401, "")).chain(answers));
    let verdict = doubt(&client);
    (client, transport, verdict)
}

#[test]
fn a_read_that_was_refused_with_an_old_bearer_is_sent_again_with_the_new_one_and_a_change_is_not() {
    let (client, transport, verdict) = refused([Answer::Now(200, PROFILES)]);
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    client.renew(passport(1, "renewed"));
    verdict.replace(Some(Ok(())));
    assert!(matches!(poll_once(&mut call), Some(Ok(_))));
    assert_eq!(header(&transport.sent.borrow()[1], "Authorization").as_deref(), Some("Bearer renewed"));

    let (client, transport, verdict) = refused([]);
    let change = UpdateProfile { full_name: Some("A".into()), company_name: None };
    let mut call = Box::pin(client.call(Epoch(1), &change));
    assert!(poll_once(&mut call).is_none());
    client.renew(passport(1, "renewed"));
    verdict.replace(Some(Ok(())));
    assert_eq!(poll_once(&mut call), Some(Err(ApiError::StaleSession)));
    assert_eq!(transport.sent.borrow().len(), 1);
}

#[test]
fn what_was_refused_is_not_sent_again_with_the_same_bearer_nor_as_somebody_else() {
    let (client, transport, verdict) = refused([]);
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    verdict.replace(Some(Ok(())));
    assert_eq!(poll_once(&mut call), Some(Err(ApiError::Unauthorized)));
    assert_eq!(transport.sent.borrow().len(), 1);

    let (client, transport, _verdict) = refused([]);
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    client.assume(passport(2, "other"));
    assert_eq!(poll_once(&mut call), Some(Err(ApiError::WrongIdentity)));
    assert_eq!(transport.sent.borrow().len(), 1);
}

#[test]
fn when_it_cannot_be_found_out_what_a_401_means_what_stood_in_the_way_is_the_answer() {
    let (client, _, verdict) = refused([]);
    let mut call = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut call).is_none());
    verdict.replace(Some(Err(ApiError::Offline)));
    assert_eq!(poll_once(&mut call), Some(Err(ApiError::Offline)));
}

#[test]
fn without_a_bearer_nothing_is_sent_until_there_is_one() {
    let (client, transport) = client([Answer::Now(200, "")]);
    let verdict = doubt(&client);
    client.renew(Passport { epoch: Epoch(1), ..Passport::default() });
    let change = UpdateProfile { full_name: Some("A".into()), company_name: None };
    let mut call = Box::pin(client.call(Epoch(1), &change));
    assert!(poll_once(&mut call).is_none());
    assert!(transport.sent.borrow().is_empty());
    client.renew(passport(1, "again"));
    verdict.replace(Some(Ok(())));
    assert!(matches!(poll_once(&mut call), Some(Ok(_))));
}

#[test]
fn a_change_that_was_refused_is_told_as_failed_before_the_person_is_another_and_never_as_unseen() {
    let told = |after: &dyn Fn(&Client, &Verdict)| {
        let (client, _, verdict) = refused([]);
        let told = Rc::new(RefCell::new(vec![]));
        let seen = told.clone();
        client.on_change(move |change| {
            seen.borrow_mut().push(change.outcome.map(|outcome| outcome.err().cloned()));
        });
        let change = UpdateProfile { full_name: Some("A".into()), company_name: None };
        let mut call = Box::pin(client.call(Epoch(1), &change));
        assert!(poll_once(&mut call).is_none());
        assert_eq!(*told.borrow(), [None, Some(Some(ApiError::Unauthorized))]);
        after(&client, &verdict);
        assert!(matches!(poll_once(&mut call), Some(Err(_))));
        assert_eq!(told.borrow().len(), 2);
    };
    told(&|client, _| client.assume(passport(2, "own")));
    told(&|_, verdict| drop(verdict.replace(Some(Err(ApiError::Offline)))));
    told(&|_, verdict| drop(verdict.replace(Some(Ok(())))));
}

#[test]
fn a_change_is_told_when_it_is_sent_and_as_done_only_when_the_reply_says_so() {
    let outcomes = |answer| {
        let (client, _) = client([answer]);
        let told = Rc::new(RefCell::new(vec![]));
        let seen = told.clone();
        client.on_change(move |change| seen.borrow_mut().push(change.outcome.map(|outcome| outcome.is_ok())));
        let change = UpdateProfile { full_name: Some("A".into()), company_name: None };
        let result = run(client.call(Epoch(1), &change)).map(|_| ());
        (told.take(), result)
    };
    assert_eq!(outcomes(Answer::Now(200, "")), (vec![None, Some(true)], Ok(())));
    let (told, result) = outcomes(Answer::Now(200, r#"{"WasSuccessful":false,"Message":"No"}"#));
    assert_eq!((told, result.unwrap_err().sentence().as_str()), (vec![None, Some(false)], "No"));
    let (told, result) = outcomes(Answer::Now(200, "<html>Wi-Fi</html>"));
    assert_eq!((told, result), (vec![None, Some(false)], Err(ApiError::Malformed)));
}

#[test]
fn a_switch_waits_for_the_changes_that_were_sent_and_not_for_what_was_refused_or_only_reads() {
    let (client, transport) = client([Answer::Held(200, ""), Answer::Held(200, PROFILES)]);
    let change = UpdateProfile { full_name: Some("A".into()), company_name: None };
    assert!(poll_once(&mut Box::pin(client.changes_answered())).is_some(), "nothing was sent");
    let mut sent = Box::pin(client.call(Epoch(1), &change));
    let mut read = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut sent).is_none() && poll_once(&mut read).is_none());
    client.renew(Passport { bearer: None, ..passport(1, "own") });
    let never = doubt(&client);
    let mut unsent = Box::pin(client.call(Epoch(1), &change));
    assert!(poll_once(&mut unsent).is_none());
    let mut answered = Box::pin(client.changes_answered());
    assert!(poll_once(&mut answered).is_none());
    transport.release();
    assert!(matches!(poll_once(&mut sent), Some(Ok(_))));
    assert!(poll_once(&mut answered).is_some(), "a read and what was not sent are not waited for");
    drop(never);
}

#[test]
fn a_read_that_is_answered_while_nobody_speaks_is_asked_again_and_may_be_another_profiles() {
    let (client, transport) = client([Answer::Held(200, PROFILES), Answer::Now(200, PROFILES)]);
    let verdict = doubt(&client);
    let mut read = Box::pin(client.call(Epoch(1), &ListProfiles));
    assert!(poll_once(&mut read).is_none());
    client.renew(Passport { bearer: None, ..passport(1, "own") });
    transport.release();
    assert!(poll_once(&mut read).is_none(), "it waits");
    client.assume(passport(2, "own"));
    assert_eq!(poll_once(&mut read), Some(Err(ApiError::WrongIdentity)));
    assert_eq!(transport.sent.borrow().len(), 1);
    drop(verdict);
}
