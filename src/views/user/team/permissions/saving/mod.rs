//! Sending what is wanted, one save of a member at a time.

mod batch;
mod pending;

use super::words;
use crate::api::{ApiError, Epoch};
use crate::queries::{self, Clash, Field, Queries, Saved, Value, Wanted, Wish, use_queries};
use crate::ui::{Toaster, use_toaster};
use contract::{CoworkerId, TeamId};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

pub(super) use batch::{Batch, Phase, Progress, SECONDS_PER_SAVE, State};
pub(super) use pending::{Pending, Unsaved};

type Pendings = BTreeMap<CoworkerId, Pending>;

/// The changes to a team that are not saved yet, as the person sees them who wants them. They are sent also when the
/// page is gone by then, and are still there when one comes back to it; but only ever as the person who wanted them.
#[derive(Clone, Copy)]
pub struct Saving {
    /// What is wanted of the members.
    pending: RwSignal<Pendings>,
    /// The change to many, if there is one.
    batch: RwSignal<Option<Batch>>,
    /// What was not saved last, for those who do not see it beside its switch.
    said: RwSignal<String>,
    kept: StoredValue<Kept, LocalStorage>,
}

/// What outlives the page.
#[derive(Clone)]
struct Kept {
    team: TeamId,
    epoch: Epoch,
    queries: Queries,
    toaster: Toaster,
    pending: ArcRwSignal<Pendings>,
    batch: ArcRwSignal<Option<Batch>>,
    said: ArcRwSignal<String>,
    /// How many pages show it.
    pages: Rc<Cell<u32>>,
}

/// The teams that were changed in this page, each for the person who did.
#[derive(Clone, Copy)]
struct Teams(StoredValue<Vec<Kept>, LocalStorage>);

/// Lets changes outlive the page on which they were made. Call it once, in the shell.
pub fn provide_saving() {
    let queries = use_queries();
    let teams = Teams(StoredValue::new_local(Vec::new()));
    provide_context(teams);
    // The browser asks whether to go all the same.
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        let epoch = queries.epoch();
        if teams.0.read_value().iter().any(|kept| kept.epoch == epoch && kept.is_busy()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}

/// The changes to a team by the current person.
pub fn use_saving(team: TeamId) -> Saving {
    let queries = use_queries();
    let epoch = queries.epoch();
    let new = || Kept {
        team,
        epoch,
        queries,
        toaster: use_toaster(),
        pending: ArcRwSignal::default(),
        batch: ArcRwSignal::default(),
        said: ArcRwSignal::default(),
        pages: Rc::default(),
    };
    let kept = match use_context::<Teams>() {
        None => new(),
        Some(Teams(teams)) => {
            let mut found = None;
            teams.update_value(|teams| {
                // What somebody else wanted is none of this person's business.
                teams.retain(|kept| kept.epoch == epoch);
                found = teams.iter().find(|kept| kept.team == team).cloned();
                if found.is_none() {
                    let kept = new();
                    teams.push(kept.clone());
                    found = Some(kept);
                }
            });
            found.unwrap_or_else(new)
        }
    };
    kept.said.set(String::new());
    kept.pages.set(kept.pages.get() + 1);
    let leaving = StoredValue::new_local(kept.pages.clone());
    on_cleanup(move || {
        if let Some(pages) = leaving.try_get_value() {
            pages.set(pages.get().saturating_sub(1));
        }
    });
    Saving {
        pending: kept.pending.clone().into(),
        batch: kept.batch.clone().into(),
        said: kept.said.clone().into(),
        kept: StoredValue::new_local(kept),
    }
}

impl Saving {
    /// What is wanted of a member and not saved yet, and why not. Follows every change.
    pub fn with<T>(self, member: CoworkerId, read: impl FnOnce(Option<&Pending>) -> T) -> T {
        read(self.pending.read().get(&member))
    }

    /// All members of whom something is wanted or not saved.
    pub fn pending(self) -> ReadSignal<Pendings> {
        self.pending.read_only()
    }

    /// Wants a field of a member to hold something, in place of what was shown.
    pub fn want(self, member: CoworkerId, field: Field, shown: Option<Value>, value: Value) {
        self.wish(member, Wish::from([(field, Wanted { seen: shown, value })]));
    }

    /// Wants several things of a member at once.
    pub fn wish(self, member: CoworkerId, wish: Wish) {
        if let Some(kept) = self.kept.try_get_value() {
            // What one decides by hand is not overwritten by what still waits to be sent.
            kept.batch.update(|batch| {
                if let Some(batch) = batch {
                    batch.leave(member, &wish);
                }
            });
            kept.wish(member, wish);
        }
    }

    /// Leaves a field as somebody else has made it.
    pub fn keep(self, member: CoworkerId, field: Field) {
        self.pending.update(|all| {
            if let Some(pending) = all.get_mut(&member) {
                pending.keep(field);
            }
        });
    }

    /// Wants a field as it was wanted, now that it is known what somebody else has made of it.
    pub fn insist(self, member: CoworkerId, clash: &Clash) {
        self.want(member, clash.field, Some(clash.now.clone()), clash.wanted.clone());
    }

    /// What was not saved last, with whose it is; to be said aloud.
    pub fn said(self) -> ReadSignal<String> {
        self.said.read_only()
    }

    /// The change to many members.
    pub fn batch(self) -> ReadSignal<Option<Batch>> {
        self.batch.read_only()
    }

    /// Begins a change to many members, in place of the last one.
    pub fn begin(self, batch: Batch) {
        self.batch.set(Some(batch));
        self.drive();
    }

    /// Changes how the change to many goes on.
    pub fn steer(self, how: impl FnOnce(&mut Batch)) {
        self.batch.update(|batch| {
            if let Some(batch) = batch {
                how(batch);
            }
        });
        self.drive();
    }

    /// Puts the change to many away.
    pub fn put_away(self) {
        self.batch.set(None);
    }

    fn drive(self) {
        if let Some(kept) = self.kept.try_get_value() {
            kept.drive();
        }
    }
}

impl Kept {
    /// Whether something is on its way, or is still to be sent.
    fn is_busy(&self) -> bool {
        self.pending.read_untracked().values().any(Pending::is_running)
            || self.batch.read_untracked().as_ref().is_some_and(|batch| !batch.is_over())
    }

    /// Gives back the round that it goes with.
    fn wish(&self, member: CoworkerId, wish: Wish) -> Option<u32> {
        let mut begins = false;
        self.said.set(String::new());
        let round = self.pending.try_update(|all| {
            let pending = all.entry(member).or_default();
            let round = pending.want_all(wish);
            begins = pending.begin();
            round
        });
        if begins {
            spawn_local(self.clone().send(member));
        }
        round.flatten()
    }

    async fn send(self, member: CoworkerId) {
        let next = || self.pending.try_update(|all| all.get_mut(&member)?.take()).flatten();
        while let Some((round, wish)) = next() {
            let name = self.name(member);
            let result = self.queries.save_member(self.epoch, self.team, member, &wish).await;
            let gone = result == Err(queries::Unsaved::Failed(ApiError::WrongIdentity));
            let forbidden =
                matches!(result, Err(queries::Unsaved::Failed(ApiError::Forbidden | ApiError::Unauthorized)));
            let vanished = result == Err(queries::Unsaved::Failed(ApiError::NotFound));
            if vanished && self.name(member).is_empty() {
                // The row that could tell goes, too.
                self.toaster.warn(format!("{name} is not in this team any more, so nothing was saved."));
            }
            if let Ok(Saved { meanwhile, .. }) = &result
                && !meanwhile.is_empty()
            {
                self.toaster.say(words::meanwhile(&name, meanwhile));
            }
            let result = result.map(|saved| saved.before).map_err(words::unsaved);
            self.said.set(match &result {
                Err(Unsaved::Failed { sentence, .. }) if !gone => {
                    let fields = wish.keys().map(|field| words::name_of(*field)).collect::<Vec<_>>();
                    format!("{} for {name}: {sentence}", fields.join(", "))
                }
                _ => String::new(),
            });
            let landed = result.as_ref().map(|_| ()).map_err(Clone::clone);
            self.pending.update(|all| {
                if let Some(pending) = all.get_mut(&member) {
                    pending.landed(&landed);
                }
            });
            let now = self.queries.now();
            self.batch.update(|batch| {
                if let Some(batch) = batch {
                    batch.landed(member, round, result, now);
                }
            });
            if gone {
                self.pending.update(|all| all.values_mut().for_each(Pending::stop));
                self.toaster.warn("A change may not have been saved: the account changed while it was sent.");
                self.give_up("The account changed");
                return;
            }
            if forbidden {
                self.give_up("You may not change this team any more");
            }
            if self.pages.get() == 0 && landed.is_err() {
                // There is no switch in sight that could tell.
                self.toaster.warn(self.said.get_untracked());
            }
            self.drive();
        }
    }

    /// Ends the change to many, and says so.
    fn give_up(&self, why: &str) {
        let stopped = self.batch.try_maybe_update(|batch| {
            let stopped = batch.as_mut().filter(|batch| !batch.is_over()).map(|batch| {
                batch.cancel();
                batch.progress()
            });
            (stopped.is_some(), stopped)
        });
        if let Some(Some(Progress { all, done, .. })) = stopped {
            self.toaster
                .warn(format!("{why}, so the change to many members has ended: {done} of {all} saved."));
        }
    }

    /// Does what the change to many wants done now.
    fn drive(&self) {
        if self.queries.epoch() != self.epoch {
            return self.give_up("The account changed");
        }
        let over = || self.batch.read_untracked().as_ref().map(|batch| (batch.is_over(), batch.progress()));
        if let Some((true, Progress { all, done, .. })) = over()
            && self.pages.get() == 0
        {
            self.toaster.say(format!("The change to many members is done: {done} of {all} saved."));
        }
        let now = self.queries.now();
        let next = self.batch.try_maybe_update(|batch| match batch {
            Some(batch) => {
                let next = batch.next(now);
                (matches!(next, batch::Next::Send(..)), next)
            }
            None => (false, batch::Next::Nothing),
        });
        match next {
            Some(batch::Next::Send(member, wish)) => {
                if let Some(round) = self.wish(member, wish) {
                    self.batch.update_untracked(|batch| {
                        if let Some(batch) = batch {
                            batch.sent(member, round);
                        }
                    });
                }
            }
            Some(batch::Next::At(moment)) => {
                let again = self.clone();
                set_timeout(move || again.drive(), Duration::from_millis(moment.0.saturating_sub(now.0)));
            }
            Some(batch::Next::Nothing) | None => {}
        }
    }

    /// A member's name; empty when nobody of this id is in the team.
    fn name(&self, member: CoworkerId) -> String {
        self.queries.name_of(self.epoch, self.team, member).unwrap_or_default()
    }
}
