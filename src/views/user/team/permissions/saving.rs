//! Sending what is wanted, one save of a member at a time.

use super::pending::Pending;
use crate::api::{ApiError, Epoch};
use crate::queries::{Queries, use_queries};
use contract::{CoworkerId, Permission, TeamId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// The changes to a team that are not saved yet, as a whole table sees them. What was wanted is sent also when the
/// table is gone by then, but only ever as the person who wanted it.
#[derive(Clone, Copy)]
pub struct Saving {
    team: TeamId,
    epoch: Epoch,
    queries: Queries,
    pending: RwSignal<BTreeMap<CoworkerId, Pending>>,
    kept: StoredValue<ArcRwSignal<BTreeMap<CoworkerId, Pending>>>,
}

/// Nothing to save yet, for the team that is shown.
pub fn use_saving(team: TeamId) -> Saving {
    let pending = ArcRwSignal::new(BTreeMap::new());
    let queries = use_queries();
    Saving {
        team,
        epoch: queries.epoch(),
        queries,
        pending: pending.clone().into(),
        kept: StoredValue::new(pending),
    }
}

impl Saving {
    /// How a permission is to be shown before the server has it.
    pub fn wanted(self, member: CoworkerId, permission: Permission) -> Option<bool> {
        self.pending.read().get(&member)?.wanted(permission)
    }

    /// Why the last change of a permission is not saved.
    pub fn failure(self, member: CoworkerId, permission: Permission) -> Option<String> {
        self.pending.read().get(&member)?.failure(permission)
    }

    /// Wants a permission to be so.
    pub fn want(self, member: CoworkerId, permission: Permission, on: bool) {
        let pending = self.kept.get_value();
        let begin =
            pending.try_update(|all| all.entry(member).or_insert_with(Pending::default).want(permission, on));
        if begin == Some(true) {
            let Self { team, epoch, queries, .. } = self;
            spawn_local(send(queries, epoch, team, member, pending));
        }
    }
}

async fn send(
    queries: Queries,
    epoch: Epoch,
    team: TeamId,
    member: CoworkerId,
    pending: ArcRwSignal<BTreeMap<CoworkerId, Pending>>,
) {
    let next = || pending.try_update(|all| all.get_mut(&member)?.take()).flatten();
    while let Some(changes) = next() {
        let result = queries.set_permissions(epoch, team, member, &changes).await;
        let gone = result == Err(ApiError::WrongIdentity);
        pending.update(|all| {
            if let Some(pending) = all.get_mut(&member) {
                pending.landed(result.map_err(|failed| format!("Not saved. {}", failed.sentence())));
            }
        });
        if gone {
            return;
        }
    }
}
