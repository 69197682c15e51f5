//! A batch and what takes it back, on a server.

use super::*;
use crate::queries::{Record, merge};
use contract::{Permission, PermissionSet};
use proptest::prelude::*;
use std::collections::BTreeMap;

type Server = BTreeMap<CoworkerId, Record>;

/// Carries a batch out on a server that fails where `fails` says so.
fn carry_out(
    batch: &mut Driven,
    server: &mut Server,
    mut fails: impl FnMut() -> bool,
    mut lost: impl FnMut() -> bool,
) {
    let (mut now, mut round) = (START, 0);
    loop {
        match batch.next(now) {
            Next::Send(member, wish) => {
                batch.sent(member, round + 1);
                let record = server.get_mut(&member).unwrap();
                // What does not clash is sent again, with the next round.
                let mut wish = wish;
                while !wish.is_empty() {
                    round += 1;
                    let before = wish.keys().map(|field| (*field, record.get(*field))).collect();
                    let result = match merge(&wish, record) {
                        // Saved all the same, and the answer was lost.
                        Ok(written) if lost() => {
                            *record = written.unwrap_or_else(|| record.clone());
                            failed(ApiError::Timeout)
                        }
                        _ if fails() => failed(ApiError::Forbidden),
                        Ok(written) => {
                            *record = written.unwrap_or_else(|| record.clone());
                            Ok(before)
                        }
                        Err(why) => Err(Unsaved::Unwritten(why)),
                    };
                    batch.landed(member, round, result.clone(), now);
                    let clashes = result.err().map(|why| why.clashes().to_vec()).unwrap_or_default();
                    if clashes.is_empty() {
                        break;
                    }
                    clashes.iter().for_each(|clash| drop(wish.remove(&clash.field)));
                }
            }
            Next::At(moment) => now = moment,
            Next::Nothing => return,
        }
    }
}

fn records() -> impl Strategy<Value = Vec<[bool; 6]>> {
    prop::collection::vec(any::<[bool; 6]>(), 1..8)
}

fn server(records: &[[bool; 6]]) -> Server {
    let record = |flags: &[bool; 6]| {
        let each = Permission::ALL.into_iter().zip(flags);
        let set = each.map(|(permission, on)| (permission, *on)).collect::<PermissionSet>();
        Record { set, card: Some("C".into()) }
    };
    (1..).map(CoworkerId).zip(records.iter().map(record)).collect()
}

/// A change of some permissions of everybody, as they are seen now.
fn change(server: &Server, wanted: &[(usize, bool)]) -> Driven {
    let wish = |record: &Record| {
        let each = wanted.iter().map(|(which, on)| {
            let field = Field::Permission(Permission::ALL[*which]);
            (field, Wanted { seen: record.get(field), value: Value::Flag(*on) })
        });
        each.collect::<Wish>()
    };
    Driven::new(Batch::new(AIM, server.iter().map(|(id, record)| (*id, wish(record)))))
}

proptest! {
    #[test]
    fn a_batch_and_its_undo_leave_everything_as_it_was(
        records in records(), wanted in prop::collection::vec((0usize..6, any::<bool>()), 1..4), failures in any::<u64>(),
        losses in any::<u64>(), again in any::<bool>(), others in any::<[Option<(usize, bool)>; 8]>()
    ) {
        let mut server = server(&records);
        let mut batch = change(&server, &wanted);
        // What somebody else does meanwhile, and nothing of what is wanted: after a lost answer that would be the batch's.
        for (record, other) in server.values_mut().zip(others) {
            if let Some((which, on)) = other {
                let mut wanted = wanted.iter().rev();
                let on = wanted.find(|(one, _)| *one == which % 6).map_or(on, |(_, wanted)| !wanted);
                record.set = record.set.with(Permission::ALL[which % 6], on);
            }
        }
        let original = server.clone();
        let mut n = 0;
        let mut m = 0;
        carry_out(&mut batch, &mut server, || { n += 1; failures >> (n % 64) & 1 == 1 }, || { m += 1; losses >> (m % 64) & 1 == 1 });
        if again {
            batch.retry();
            carry_out(&mut batch, &mut server, || false, || false);
        }
        prop_assert!(batch.is_over());
        if let Some(mut undo) = batch.undo().map(Driven::new) {
            carry_out(&mut undo, &mut server, || false, || false);
            prop_assert_eq!(undo.progress().done, undo.progress().all);
            prop_assert_eq!(undo.undo(), None);
        }
        prop_assert_eq!(server, original);
    }

    /// Whatever somebody else makes of a field after the batch is either what the undo wants, or asked about.
    #[test]
    fn an_undo_overwrites_nothing_that_somebody_else_has_changed_since(
        records in records(), which in 0usize..6, on in any::<bool>(), others in any::<[bool; 8]>()
    ) {
        let mut server = server(&records);
        let mut batch = change(&server, &[(which, on)]);
        let original = server.clone();
        carry_out(&mut batch, &mut server, || false, || false);
        let permission = Permission::ALL[which];
        for (record, changed) in server.values_mut().zip(others) {
            if changed {
                record.set = record.set.with(permission, !on);
            }
        }
        let changed = server.clone();
        if let Some(mut undo) = batch.undo().map(Driven::new) {
            carry_out(&mut undo, &mut server, || false, || false);
        }
        for (id, record) in &server {
            let (now, was) = (record.set.get(permission), original[id].set.get(permission));
            let theirs = changed[id].set.get(permission);
            prop_assert!(now == theirs || (now == was && theirs == Some(on)), "only the batch's own is taken back");
        }
    }
}
