//! What outlives the page on which changes are made.

use super::batch::{Batch, Next, Phase, Progress, PutOff};
use super::begun::Begun;
use super::pace::Pace;
use super::pending::Pending;
use super::{Pendings, wording};
use crate::api::{ApiError, Epoch};
use crate::queries::{Field, Queries, Saved, Unsaved, Wish};
use crate::signal::{ArcRwSignal, StoredValue};
use crate::ui::{Said, Toaster, is_in_sight};
use crate::views::isolated;
use crate::views::user::team::permissions::roster::Roster;
use contract::teams::Team;
use contract::{CoworkerId, TeamId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;
use words::{many, saving as say};

/// How often it is looked whether the team has been read.
const WHILE_READ: Duration = Duration::from_millis(100);

/// What was not saved of a member, as far as the answer said.
#[derive(Clone)]
pub struct NotSaved {
    /// Whose it is.
    pub member: CoworkerId,
    /// What was to be saved.
    pub fields: Vec<Field>,
    /// All of it as a sentence.
    pub sentence: String,
}

/// A message about it.
#[derive(Clone)]
pub(super) struct Warned {
    pub(super) member: CoworkerId,
    pub(super) fields: Vec<Field>,
    warned: Said,
}

/// The changes to a team by one person, wherever that person is in the portal.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) team: TeamId,
    pub(super) epoch: Epoch,
    pub(super) queries: Queries,
    pub(super) toaster: Toaster,
    pub(super) pending: ArcRwSignal<Pendings>,
    pub(super) batch: ArcRwSignal<Option<Batch>>,
    pub(super) said: ArcRwSignal<Option<NotSaved>>,
    /// The messages that something was not saved.
    pub(super) warned: ArcRwSignal<Vec<Warned>>,
    /// What is not sent yet.
    pub(super) begun: Begun,
    /// One for all teams.
    pub(super) pace: StoredValue<Pace>,
    /// How many pages show it.
    pub(super) pages: ArcRwSignal<u32>,
}

impl Kept {
    /// Whether something is on its way, or is still to be sent.
    pub(super) fn is_busy(&self) -> bool {
        self.begun.adding.get_untracked()
            || self.pending.read_untracked().values().any(Pending::is_running)
            || self.batch.read_untracked().as_ref().is_some_and(|batch| !batch.is_over())
    }

    /// Whether the change to many goes on. Follows it.
    pub(super) fn batch_runs(&self) -> bool {
        self.batch.read().as_ref().is_some_and(|batch| !batch.is_over())
    }

    /// Gives back the round that it goes with.
    pub(super) fn wish(&self, member: CoworkerId, wish: Wish) -> Option<u32> {
        let mut begins = false;
        self.said.set(None);
        self.take_back(|warned| warned.member == member);
        let round = self.pending.try_update(|all| {
            all.change(member, |pending| {
                let round = pending.want_all(wish);
                begins = pending.begin();
                round
            })
        });
        if begins {
            spawn_local(self.clone().send(member));
        }
        round.flatten()
    }

    async fn send(self, member: CoworkerId) {
        let next = || self.pending.try_update(|all| all.get_mut(&member)?.take()).flatten();
        while let Some((round, wish)) = next() {
            let known = self.known();
            let name = || known.as_ref().and_then(|team| called(team, member)).unwrap_or_default();
            let result = self.queries.save_member(self.epoch, self.team, member, &wish).await;
            let gone = result == Err(Unsaved::Failed(ApiError::WrongIdentity));
            let vanished = result == Err(Unsaved::Failed(ApiError::NotFound));
            if vanished && !self.known().is_some_and(|team| is_in(&team, member)) {
                // The row that could tell goes, too.
                self.toaster.warn(say::not_in_team(&name()));
            }
            if let Ok(Saved { meanwhile, .. }) = &result
                && !meanwhile.is_empty()
            {
                self.toaster.tell(wording::meanwhile(&name(), meanwhile));
            }
            let result = result.map(|saved| saved.before);
            let now = self.queries.now();
            let landed = self.batch.try_update(|kept| {
                let batch = kept.as_mut()?;
                let went_on = !batch.is_over();
                let of_many = batch.fields_of(member, round);
                let put_off = batch.landed(member, round, result.clone());
                let ends = went_on && batch.is_over() && batch.phase() != Phase::Cancelled;
                let ended = ends.then(|| batch.progress()).filter(|progress| progress.all > 0);
                let refused = batch.is_refused();
                if batch.items().is_empty() {
                    *kept = None;
                }
                Some((of_many, put_off, ended, refused))
            });
            let (of_many, put_off, ended, refused) = landed.flatten().unwrap_or_default();
            if let Some(PutOff { seconds, .. }) = put_off {
                let until = self.pace.try_update_value(|pace| {
                    pace.rest(now, seconds);
                    pace.waits(now)
                });
                self.batch.update(|batch| {
                    if let Some((batch, until)) = batch.as_mut().zip(until.flatten()) {
                        batch.rest(until);
                    }
                });
            }
            let put_off = put_off.map(|put_off| put_off.fields).unwrap_or_default();
            let said = result.as_ref().err().filter(|_| !gone).and_then(|why| {
                let clashes = why.clashes();
                let is_it =
                    |field: &&Field| clashes.is_empty() || clashes.iter().any(|clash| clash.field == **field);
                // What was one of many is told among them.
                let fields = wish.keys().filter(|field| !of_many.contains(field)).filter(is_it);
                let fields: Vec<Field> = fields.copied().collect();
                let names =
                    fields.iter().map(|field| wording::name_of(*field)).collect::<Vec<_>>().join(", ");
                let sentence = || say::not_saved_of(&names, &name(), &wording::unsaved(why));
                (!fields.is_empty()).then(|| NotSaved { member, sentence: sentence(), fields })
            });
            // What clashes is said where it is chosen, while that is in sight. A team that is one's own no longer takes
            // the page away, and with it what would tell.
            let is_chosen = result.as_ref().is_err_and(|why| !why.clashes().is_empty());
            let is_barred = result == Err(Unsaved::Failed(ApiError::Forbidden));
            // Whoever is about to be another leaves the page.
            let is_away = self.pages.get_untracked() == 0 || self.queries.is_leaving();
            let is_unseen = is_away || is_barred || !is_chosen && !is_seen(member);
            self.said.set(said.clone().filter(|_| !is_chosen && !is_unseen));
            self.pending.update(|all| {
                if let Some(pending) = all.get_mut(&member) {
                    pending.landed(result.as_ref().map(|_| ()));
                    put_off.iter().for_each(|field| pending.keep(*field));
                }
            });
            if gone {
                self.pending.update(|all| all.values_mut().for_each(Pending::stop));
                self.toaster.warn(say::account_changed());
                self.give_up(many::ended_by_account);
                return;
            }
            if refused {
                self.give_up(many::ended_by_rights);
            }
            if let Some(said) = said {
                if is_unseen {
                    self.warn(said);
                } else if is_chosen {
                    let this = self.clone();
                    // Once it is on the page.
                    request_animation_frame(move || {
                        // In a tab that is not seen that is later, and perhaps somebody else's.
                        if this.queries.epoch() == this.epoch && !is_choice_seen(member) {
                            this.warn(said);
                        }
                    });
                }
            }
            if is_away {
                match ended {
                    Some(Progress { all, done, failed: 0 }) => self.toaster.say(many::ended_well(done, all)),
                    Some(Progress { all, done, .. }) => self.toaster.warn(many::ended_well(done, all)),
                    None => {}
                }
            }
            self.drive();
        }
    }

    fn warn(&self, said: NotSaved) {
        let NotSaved { member, fields, sentence } = said;
        let warned = self.toaster.warn_for_now(sentence);
        self.warned.update(|all| all.push(Warned { member, fields, warned }));
    }

    /// What was said not to be saved is tried once more, or turns out to be.
    pub(super) fn take_back(&self, is_stale: impl Fn(&Warned) -> bool) {
        let (stale, others): (Vec<_>, Vec<_>) = self.warned.get_untracked().into_iter().partition(is_stale);
        if !stale.is_empty() {
            self.warned.set(others);
            stale.into_iter().for_each(|one| self.toaster.dismiss(one.warned));
        }
    }

    /// Ends the change to many, and says so.
    fn give_up(&self, told: fn(usize, usize) -> String) {
        let stopped = self.batch.try_maybe_update(|batch| {
            let stopped = batch.as_mut().filter(|batch| !batch.is_over()).map(|batch| {
                batch.cancel();
                batch.progress()
            });
            (stopped.is_some(), stopped)
        });
        if let Some(Some(Progress { all, done, .. })) = stopped {
            self.toaster.warn(told(done, all));
        }
    }

    /// Does what the change to many wants done now.
    pub(super) fn drive(&self) {
        if self.queries.epoch() != self.epoch {
            return self.give_up(many::ended_by_account);
        }
        if self.batch.read_untracked().is_some() && untrack(|| self.queries.is_reading(self.epoch, self.team))
        {
            // A save makes what is being read old before it is there: a big team would be read again and again.
            let again = self.clone();
            return set_timeout(move || again.drive(), WHILE_READ);
        }
        let now = self.queries.now();
        let next = self.batch.try_maybe_update(|batch| match batch {
            Some(batch) => {
                let next = self.pace.try_update_value(|pace| batch.next(pace, now)).unwrap_or(Next::Nothing);
                (matches!(next, Next::Send(..)), next)
            }
            None => (false, Next::Nothing),
        });
        match next {
            Some(Next::Send(member, wish)) => {
                if let Some(round) = self.wish(member, wish) {
                    self.batch.update_untracked(|batch| {
                        if let Some(batch) = batch {
                            batch.sent(member, round);
                        }
                    });
                }
            }
            Some(Next::At(moment)) => {
                let again = self.clone();
                set_timeout(move || again.drive(), Duration::from_millis(moment.0.saturating_sub(now.0)));
            }
            Some(Next::Nothing) | None => {}
        }
    }

    /// The team, as far as it was read.
    fn known(&self) -> Option<Arc<Team>> {
        self.queries.known_team(self.epoch, self.team)
    }
}

/// Whether one sees what is said beside a member's switches: in the row, or in the dialog over it.
fn is_seen(member: CoworkerId) -> bool {
    let shown = |around: &str| format!("{around} [data-id='{member}']");
    match document().query_selector("dialog[open]") {
        Ok(Some(_)) => document().query_selector(&shown("dialog[open]")).is_ok_and(|form| form.is_some()),
        _ => is_in_sight(&shown("tbody")),
    }
}

/// Whether one sees that there is something to choose: above the members, or beside this one's switches.
fn is_choice_seen(member: CoworkerId) -> bool {
    let is_covered = matches!(document().query_selector("dialog[open]"), Ok(Some(_)));
    is_seen(member) || !is_covered && is_in_sight(".clashes")
}

fn is_in(team: &Team, member: CoworkerId) -> bool {
    team.all_team_members.iter().any(|one| one.id == member)
}

/// What a member of a team is called in sentences; `None` when nobody of this id is in it.
fn called(team: &Arc<Team>, member: CoworkerId) -> Option<String> {
    Roster::new(team.clone(), None).called(member).map(isolated)
}
