mod undo;

use super::*;
use crate::queries::{Clash, Unwritten};
use contract::Permission;

const BOOKINGS: Field = Field::Permission(Permission::MakeBookings);
const AIM: Aim = Aim::Turn(Permission::MakeBookings, true);
const START: Millis = Millis(1_000_000);

fn wish(seen: bool, on: bool) -> Wish {
    Wish::from([(BOOKINGS, Wanted { seen: Some(Value::Flag(seen)), value: Value::Flag(on) })])
}

/// A batch as it is driven: what is put off makes everything wait.
struct Driven(Batch, Pace);

impl Driven {
    fn new(batch: Batch) -> Self {
        Self(batch, Pace::default())
    }

    fn next(&mut self, now: Millis) -> Next {
        self.0.next(&mut self.1, now)
    }

    fn landed(
        &mut self,
        member: CoworkerId,
        round: u32,
        result: Result<Vec<(Field, Option<Value>)>, Unsaved>,
        now: Millis,
    ) {
        if let Some(PutOff { seconds, .. }) = self.0.landed(member, round, result) {
            self.1.rest(now, seconds);
        }
    }
}

impl std::ops::Deref for Driven {
    type Target = Batch;

    fn deref(&self) -> &Batch {
        &self.0
    }
}

impl std::ops::DerefMut for Driven {
    fn deref_mut(&mut self) -> &mut Batch {
        &mut self.0
    }
}

fn batch(members: i64) -> Driven {
    Driven::new(Batch::new(AIM, (1..=members).map(|id| (CoworkerId(id), wish(false, true)))))
}

fn before(on: bool) -> Vec<(Field, Option<Value>)> {
    vec![(BOOKINGS, Some(Value::Flag(on)))]
}

/// When the save after one that is sent at this moment may be sent.
fn next_after(now: Millis) -> Millis {
    let mut pace = Pace::default();
    pace.sent(now);
    pace.waits(now).unwrap()
}

fn send(batch: &mut Driven, now: Millis) -> CoworkerId {
    match batch.next(now) {
        Next::Send(member, _) => {
            batch.sent(member, 1);
            member
        }
        other => panic!("{other:?}"),
    }
}

fn failed(error: ApiError) -> Result<Vec<(Field, Option<Value>)>, Unsaved> {
    Err(Unsaved::Failed(error))
}

#[test]
fn one_member_who_is_refused_ends_nothing_and_two_in_a_row_do_until_it_is_tried_again() {
    let mut batch = batch(6);
    let mut now = START;
    let mut land = |batch: &mut Driven, result| {
        let member = send(batch, now);
        batch.landed(member, 1, result, now);
        now = next_after(now);
        batch.is_refused()
    };
    assert!(!land(&mut batch, failed(ApiError::Forbidden)));
    assert!(!land(&mut batch, Ok(before(false))));
    assert!(!land(&mut batch, failed(ApiError::Forbidden)), "one was saved in between");
    assert!(!land(&mut batch, failed(ApiError::Timeout)), "which says nothing of rights");
    assert!(land(&mut batch, failed(ApiError::Unauthorized)));
    batch.cancel();
    batch.retry();
    assert!(!batch.is_refused());
}

#[test]
fn what_it_has_sent_of_a_member_is_told_from_what_the_person_has_changed_by_hand() {
    let mut batch = batch(2);
    let member = send(&mut batch, START);
    assert_eq!(batch.fields_of(member, 1), [BOOKINGS]);
    assert_eq!(batch.fields_of(member, 2), [], "a later round of the same member");
    assert_eq!(batch.fields_of(CoworkerId(2), 1), [], "not sent yet");
}

#[test]
fn one_save_is_on_its_way_at_a_time_and_the_next_is_not_sent_at_once() {
    let mut batch = batch(2);
    let first = send(&mut batch, START);
    assert_eq!(batch.next(START), Next::Nothing);
    batch.landed(first, 1, Ok(before(false)), START);
    let next = next_after(START);
    assert_eq!(batch.next(START), Next::At(next));
    let second = send(&mut batch, next);
    assert_ne!(first, second);
    batch.landed(second, 1, Ok(before(false)), next);
    assert!(batch.is_over());
    assert_eq!(batch.progress(), Progress { all: 2, done: 2, failed: 0 });
}

#[test]
fn too_many_requests_put_the_save_off_for_as_long_as_the_server_says() {
    let mut batch = batch(1);
    let member = send(&mut batch, START);
    batch.landed(member, 1, failed(ApiError::Throttled { retry_after: Some(7) }), START);
    assert_eq!(batch.next(START.plus_seconds(6)), Next::At(START.plus_seconds(7)));
    let again = send(&mut batch, START.plus_seconds(7));
    assert_eq!(again, member);
    batch.landed(member, 1, Ok(before(false)), START.plus_seconds(7));
    assert_eq!(batch.progress().done, 1);
}

#[test]
fn a_server_that_is_always_too_busy_is_not_asked_for_ever() {
    let (mut batch, mut now) = (batch(1), START);
    for _ in 0..=TRIES {
        let member = send(&mut batch, now);
        batch.landed(member, 1, failed(ApiError::Throttled { retry_after: None }), now);
        now = now.plus_seconds(u64::from(PATIENCE));
    }
    assert_eq!((batch.progress().failed, batch.is_over()), (1, true));
}

#[test]
fn a_pause_sends_nothing_and_cancelling_keeps_what_is_done() {
    let mut batch = batch(3);
    let first = send(&mut batch, START);
    batch.pause();
    batch.landed(first, 1, Ok(before(false)), START);
    let later = START.plus_seconds(60);
    assert_eq!((batch.next(later), batch.is_over()), (Next::Nothing, false));
    batch.resume();
    let second = send(&mut batch, later);
    batch.cancel();
    assert!(!batch.is_over(), "one is on its way");
    batch.landed(second, 1, Ok(before(false)), later);
    assert_eq!((batch.next(later.plus_seconds(9)), batch.is_over()), (Next::Nothing, true));
    assert_eq!(batch.progress(), Progress { all: 3, done: 2, failed: 0 });
    assert_eq!(batch.undo().unwrap().progress().all, 2);
}

#[test]
fn what_failed_is_tried_again_when_the_person_says_so_and_nothing_else_is() {
    let mut batch = batch(2);
    let first = send(&mut batch, START);
    batch.landed(first, 1, failed(ApiError::Forbidden), START);
    let second = send(&mut batch, START.plus_seconds(2));
    batch.landed(second, 1, Ok(before(false)), START.plus_seconds(2));
    assert!(batch.is_over());
    batch.retry();
    assert_eq!(send(&mut batch, START.plus_seconds(9)), first);
}

#[test]
fn a_round_that_is_not_the_batches_own_does_not_count() {
    let mut batch = batch(1);
    let member = match batch.next(START) {
        Next::Send(member, _) => member,
        other => panic!("{other:?}"),
    };
    batch.sent(member, 5);
    batch.landed(member, 4, Ok(before(false)), START);
    assert_eq!(batch.progress().done, 0);
    batch.landed(member, 5, Ok(before(false)), START);
    assert_eq!(batch.progress().done, 1);
}

#[test]
fn what_was_so_before_is_not_undone() {
    let mut batch = batch(1);
    let member = send(&mut batch, START);
    batch.landed(member, 1, Ok(before(true)), START);
    assert_eq!(batch.undo(), None);
}

#[test]
fn of_a_member_only_the_fields_that_were_otherwise_before_are_undone() {
    const FOR_TEAM: Field = Field::Permission(Permission::BookForTeam);
    let off_to_on = Wanted { seen: Some(Value::Flag(false)), value: Value::Flag(true) };
    let both = Wish::from([(BOOKINGS, off_to_on.clone()), (FOR_TEAM, off_to_on)]);
    let mut batch = Driven::new(Batch::new(AIM, [(CoworkerId(1), both)]));
    let member = send(&mut batch, START);
    // Somebody else has turned one of them on since it was shown.
    let held = vec![(BOOKINGS, Some(Value::Flag(true))), (FOR_TEAM, Some(Value::Flag(false)))];
    batch.landed(member, 1, Ok(held), START);
    let mut undo = Driven::new(batch.undo().unwrap());
    let Next::Send(_, back) = undo.next(START.plus_seconds(9)) else { panic!("it gives something back") };
    assert_eq!(back.keys().collect::<Vec<_>>(), [&FOR_TEAM]);
}

#[test]
fn what_was_given_up_is_not_sent_when_the_failed_are_tried_again() {
    let mut batch = batch(3);
    let first = send(&mut batch, START);
    batch.cancel();
    batch.landed(first, 1, failed(ApiError::Forbidden), START);
    batch.retry();
    let later = START.plus_seconds(9);
    assert_eq!(send(&mut batch, later), first);
    batch.landed(first, 1, Ok(before(false)), later);
    assert_eq!((batch.next(later.plus_seconds(9)), batch.is_over()), (Next::Nothing, true));
}

#[test]
fn what_the_person_decides_by_hand_is_neither_overwritten_by_what_still_waits_nor_counted_as_saved() {
    let mut batch = batch(2);
    let first = send(&mut batch, START);
    batch.leave(CoworkerId(2), &wish(true, false));
    batch.landed(first, 1, Ok(before(false)), START);
    assert_eq!(batch.next(START.plus_seconds(9)), Next::Nothing);
    assert_eq!(batch.progress(), Progress { all: 1, done: 1, failed: 0 });
    assert_eq!(batch.undo().unwrap().progress().all, 1, "and it is not taken back either");
}

#[test]
fn what_the_person_decides_while_it_is_on_its_way_is_not_sent_again_when_it_is_put_off_or_has_failed() {
    for (error, again) in [(ApiError::Throttled { retry_after: Some(1) }, false), (ApiError::Forbidden, true)]
    {
        let mut batch = batch(2);
        let first = send(&mut batch, START);
        batch.leave(first, &wish(true, false));
        batch.landed(first, 1, failed(error), START);
        if again {
            batch.retry();
        }
        assert_ne!(send(&mut batch, START.plus_seconds(9)), first);
        assert_eq!(batch.progress().all, 1);
    }
}

#[test]
fn what_was_refused_is_not_taken_back_but_what_may_have_been_saved_is() {
    let mut batch = batch(3);
    for error in [ApiError::Forbidden, ApiError::Timeout, ApiError::NotFound] {
        let now = START.plus_seconds(
            batch.items().iter().filter(|item| item.state != State::Waiting).count() as u64 * 9,
        );
        let member = send(&mut batch, now);
        batch.landed(member, 1, failed(error), now);
    }
    let undo = batch.undo().unwrap();
    assert_eq!(undo.items().iter().map(|item| item.member).collect::<Vec<_>>(), [CoworkerId(2)]);
}

#[test]
fn without_a_network_nobody_fails_until_there_is_one() {
    let mut batch = batch(2);
    let mut now = START;
    for tries in 0..2 * TRIES + 6 {
        let member = send(&mut batch, now);
        assert_eq!(member, CoworkerId(1 + i64::from(tries % 2)), "one after the other");
        batch.landed(member, 1, failed(ApiError::Offline), now);
        assert!(batch.is_out_of_reach() && batch.progress().failed == 0);
        now = now.plus_seconds(u64::from(PATIENCE));
    }
    let first = send(&mut batch, now);
    batch.landed(first, 1, Ok(before(true)), now);
    assert!(!batch.is_out_of_reach());
    let state = &batch.items().first().unwrap().state;
    assert_eq!(*state, State::Done { already: false }, "one that was lost may have saved it");
    let second = send(&mut batch, now.plus_seconds(60));
    batch.landed(second, 1, failed(ApiError::Offline), now.plus_seconds(60));
    assert_eq!(batch.progress().failed, 0, "what was lost in between counts for nothing");
}

#[test]
fn who_alone_never_reaches_the_server_fails_in_the_end_and_keeps_nobody_else_waiting() {
    let mut batch = batch(3);
    let mut now = START;
    let mut sent = vec![];
    while !batch.is_over() {
        let member = send(&mut batch, now);
        sent.push(member.0);
        let result = if member == CoworkerId(1) { failed(ApiError::Offline) } else { Ok(before(false)) };
        batch.landed(member, 1, result, now);
        now = now.plus_seconds(60);
        assert!(sent.len() < 20);
    }
    assert_eq!(sent, [1, 2, 3, 1, 1, 1, 1, 1]);
    assert_eq!((batch.progress().done, batch.progress().failed), (2, 1));
    assert!(batch.can_be_tried_again());
}

#[test]
fn what_was_sent_and_not_answered_has_failed_when_the_rest_is_given_up_and_can_be_tried_again() {
    for before_the_answer in [true, false] {
        let mut batch = batch(2);
        let first = send(&mut batch, START);
        if before_the_answer {
            batch.cancel();
        }
        batch.landed(first, 1, failed(ApiError::Offline), START);
        batch.cancel();
        assert_eq!(batch.progress().failed, 1, "it may be saved");
        assert!(batch.can_be_tried_again() && batch.undo().is_some());
    }
}

#[test]
fn of_a_save_that_is_put_off_the_fields_are_told_and_the_rest_of_its_round_is_not_its_own() {
    let mut batch = batch(1);
    let member = send(&mut batch, START);
    let throttled = ApiError::Throttled { retry_after: Some(7) };
    assert_eq!(
        batch.0.landed(member, 1, failed(throttled)),
        Some(PutOff { seconds: 7, fields: vec![BOOKINGS] })
    );
}

#[test]
fn changes_to_two_teams_at_once_keep_one_pace() {
    let (mut one, mut other) = (batch(2), batch(2));
    let mut pace = Pace::default();
    let mut sent = |batch: &mut Driven, now| matches!(batch.0.next(&mut pace, now), Next::Send(..));
    assert!(sent(&mut one, START));
    assert!(!sent(&mut other, START));
    assert!(sent(&mut other, next_after(START)));
}

#[test]
fn what_does_not_clash_is_followed_into_the_next_round_and_is_what_undo_takes_back() {
    let card = |text: &str| Value::Card(text.to_owned());
    let new_card = Wanted { seen: Some(card("A")), value: card("B") };
    let turned_on = Wanted { seen: Some(Value::Flag(false)), value: Value::Flag(true) };
    let both = Wish::from([(BOOKINGS, turned_on), (Field::Card, new_card)]);
    let mut batch = Driven::new(Batch::new(AIM, [(CoworkerId(1), both)]));
    let member = send(&mut batch, START);
    let clash =
        |field, now, wanted| Err(Unsaved::Unwritten(Unwritten::Clashes(vec![Clash { field, now, wanted }])));
    batch.landed(member, 1, clash(Field::Card, card("C"), card("B")), START);
    assert_eq!((batch.is_over(), batch.progress()), (false, Progress { all: 1, done: 0, failed: 1 }));
    assert_eq!(batch.fields_of(member, 2), [BOOKINGS]);
    // Something that was changed by hand clashes: all of it is in the next round, too.
    let by_hand = Field::Permission(Permission::BookForTeam);
    batch.landed(member, 2, clash(by_hand, Value::Flag(false), Value::Flag(true)), START);
    batch.landed(member, 3, Ok(before(false)), START);
    assert_eq!((batch.is_over(), batch.progress()), (true, Progress { all: 1, done: 0, failed: 1 }));
    assert!(matches!(batch.members().collect::<Vec<_>>()[..], [Item { state: State::Failed(_), .. }]));
    let mut undo = Driven::new(batch.undo().unwrap());
    let Next::Send(_, wish) = undo.next(START) else { panic!("nothing is taken back") };
    assert_eq!(wish.keys().copied().collect::<Vec<_>>(), [BOOKINGS]);
}
