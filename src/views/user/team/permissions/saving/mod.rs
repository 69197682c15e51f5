//! Sending what is wanted, one save of a member at a time.

mod aim;
mod batch;
mod begun;
mod kept;
mod pace;
mod pending;
mod rights;

use super::wording;
use crate::api::Epoch;
use crate::list_map::ListMap;
use crate::markup::Listener;
use crate::memo::Memo;
use crate::queries::{Clash, Field, Value, Wanted, Wish, use_queries};
use crate::session::use_session;
use crate::signal::{ArcRwSignal, Looking, RwSignal, Signal, StoredValue, effect, on_cleanup};
use crate::ui::use_toaster;
use contract::{CoworkerId, TeamId};
use kept::{Kept, NotSaved};
use leptos::prelude::*;
use pace::Pace;

pub(super) use aim::Aim;
pub(super) use batch::{Batch, Phase, State};

pub(super) use begun::Begun;
pub(super) use pace::SECONDS_PER_SAVE;
pub(super) use pending::Pending;
pub(super) use rights::{is_right_taken, takes_rights};

type Pendings = ListMap<CoworkerId, Pending>;

/// The changes to a team that are not saved yet, as the person sees them who wants them. They are sent also when the
/// page is gone by then, and are still there when one comes back to it; but only ever as the person who wanted them.
#[derive(Clone, Copy)]
pub struct Saving {
    /// What is wanted of the members.
    pending: RwSignal<Pendings>,
    /// The change to many, if there is one.
    batch: RwSignal<Option<Batch>>,
    /// What was not saved last, for those who do not see it beside its switch.
    said: RwSignal<Option<NotSaved>>,
    kept: StoredValue<Kept>,
}

/// The teams that were changed in this page, each for the person who did, and how quickly all of them are.
#[derive(Clone, Copy)]
struct Teams(RwSignal<Vec<Kept>>, StoredValue<Pace>);

/// Lets changes outlive the page on which they were made. Call it once, in the shell.
pub fn provide_saving() {
    let teams = Teams(RwSignal::default(), StoredValue::default());
    provide_context(teams);
    let snapshot = use_session().snapshot();
    effect(move || {
        let epoch = snapshot.read().epoch;
        teams.0.try_maybe_update(|teams| (forget_others(teams, epoch), ()));
    });
    // The browser asks whether to go all the same. Whoever went was asked: a page that comes back is loaded anew.
    let is_saving = use_is_saving();
    let has_left = StoredValue::new(false);
    let left = Listener::new(window().into(), "pagehide", move |_| has_left.set_value(true));
    let leaving = Listener::new(window().into(), "beforeunload", move |event| {
        if !has_left.get_value() && is_saving() {
            event.prevent_default();
        }
    });
    left.until_cleanup();
    leaving.until_cleanup();
}

/// What somebody else wanted is none of this person's business. Gives back whether there was any.
fn forget_others(teams: &mut Vec<Kept>, epoch: Epoch) -> bool {
    let before = teams.len();
    teams.retain(|kept| kept.epoch == epoch);
    teams.len() < before
}

/// Tells whether something that the current person wants is on its way to the server, or still to be sent.
pub fn use_is_saving() -> impl Fn() -> bool + Copy {
    let Teams(teams, _) = expect_context();
    let queries = use_queries();
    move || {
        let epoch = queries.epoch();
        queries.is_changing()
            || teams.read_untracked().iter().any(|kept| kept.epoch == epoch && kept.is_busy())
    }
}

/// Whether a change to many members is under way, which ends with the person who wanted it.
pub fn use_many_are_changed() -> Signal<bool> {
    let Teams(teams, _) = expect_context();
    let epoch = use_queries().epoch();
    Memo::new(move |_| teams.read().iter().any(|kept| kept.epoch == epoch && kept.batch_runs())).into()
}

/// The changes to a team by the current person.
pub fn use_saving(team: TeamId) -> Saving {
    let queries = use_queries();
    let epoch = queries.epoch();
    let Teams(teams, pace) = expect_context();
    let new = || Kept {
        team,
        epoch,
        queries,
        toaster: use_toaster(),
        pending: ArcRwSignal::default(),
        batch: ArcRwSignal::default(),
        said: ArcRwSignal::default(),
        warned: ArcRwSignal::default(),
        begun: Begun::default(),
        pace,
        pages: ArcRwSignal::default(),
    };
    let found = teams.try_update(|teams| {
        forget_others(teams, epoch);
        if teams.is_empty() {
            pace.set_value(Pace::default());
        }
        let known = teams.iter().find(|kept| kept.team == team).cloned();
        known.unwrap_or_else(|| {
            let kept = new();
            teams.push(kept.clone());
            kept
        })
    });
    let kept = found.unwrap_or_else(new);
    kept.said.set(None);
    kept.pages.update(|pages| *pages += 1);
    let pages = kept.pages.clone();
    on_cleanup(move || pages.update(|pages| *pages -= 1));
    Saving {
        pending: kept.pending.clone().into(),
        batch: kept.batch.clone().into(),
        said: kept.said.clone().into(),
        kept: StoredValue::new(kept),
    }
}

impl Saving {
    /// What is wanted of a member and not saved yet, and why not. Follows every change.
    pub fn with<T>(self, member: CoworkerId, read: impl FnOnce(Option<&Pending>) -> T) -> T {
        read(self.pending.read().get(&member))
    }

    /// All members of whom something is wanted or not saved. Follows every change.
    pub fn pending(self) -> Looking<Pendings> {
        self.pending.read()
    }

    /// The same without being told when it changes.
    pub fn pending_untracked(self) -> Looking<Pendings> {
        self.pending.read_untracked()
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
                if let Some(changed) = batch {
                    changed.leave(member, &wish);
                    if changed.items().is_empty() {
                        *batch = None;
                    }
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

    /// What was not saved last. Follows it.
    pub fn said(self) -> Looking<Option<NotSaved>> {
        self.said.read()
    }

    /// Takes the messages back of which nothing is true any more. Follows all of it.
    pub fn take_back(self, fails: impl Fn(CoworkerId, Field) -> bool) {
        if let Some(kept) = self.kept.try_get_value() {
            kept.warned.track();
            kept.take_back(|warned| !warned.fields.iter().any(|field| fails(warned.member, *field)));
        }
    }

    /// The change to many members. Follows it.
    pub fn batch(self) -> Looking<Option<Batch>> {
        self.batch.read()
    }

    /// Whether the change to many goes on. Follows it.
    pub fn batch_runs(self) -> bool {
        self.batch.read().as_ref().is_some_and(|batch| !batch.is_over())
    }

    /// What was begun and not sent.
    pub fn begun(self) -> Begun {
        self.kept.try_get_value().map(|kept| kept.begun).unwrap_or_default()
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
