//! The same change to many members, one save after the other.

mod item;
mod progress;

use super::aim::Aim;
use super::pace::Pace;
use super::rights::takes_rights;
use crate::api::{ApiError, Millis};
use crate::queries::{Field, Unsaved, Value, Wanted, Wish};
use contract::CoworkerId;

pub use item::{Item, State};
pub use progress::{Next, Progress, PutOff};

/// Seconds to wait when the server cannot be reached, or says that there were too many requests, and not for how long.
const PATIENCE: u32 = 10;
/// How often one save may be put off in that way before it counts as failed.
const TRIES: u8 = 5;
/// From so many refusals on, with nothing saved in between, it is not about one member.
const REFUSALS: u8 = 2;

/// A change to many members: which saves are done, which are next and when, and how to take all of it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    aim: Aim,
    items: Vec<Item>,
    phase: Phase,
    is_undo: bool,
    /// How many were refused since one was saved.
    refusals: u8,
    /// Until when nothing is sent, after a save that was put off.
    rests: Option<Millis>,
    /// Whether the last save did not reach the server.
    is_out_of_reach: bool,
    /// How many saves did.
    answers: u32,
}

/// Whether saves are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// One after the other.
    Running,
    /// Not until the person goes on.
    Paused,
    /// Not any more; what is done stays done.
    Cancelled,
}

impl Batch {
    /// A batch that is about to begin.
    pub fn new(aim: Aim, wishes: impl IntoIterator<Item = (CoworkerId, Wish)>) -> Self {
        let items =
            wishes.into_iter().map(|(member, wish)| Item::new(member, wish, State::Waiting)).collect();
        Self {
            aim,
            items,
            phase: Phase::Running,
            is_undo: false,
            refusals: 0,
            rests: None,
            is_out_of_reach: false,
            answers: 0,
        }
    }

    /// What it does.
    pub fn aim(&self) -> &Aim {
        &self.aim
    }

    /// Whether it takes back what another batch did.
    pub fn is_undo(&self) -> bool {
        self.is_undo
    }

    /// Whether it takes somebody's rights as an administrator.
    pub fn takes_rights(&self) -> bool {
        self.items.iter().any(|item| takes_rights(&item.wish))
    }

    /// Every member's parts, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Whether saves are sent.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// What is to be done now. What it says to send counts as sent.
    pub fn next(&mut self, pace: &mut Pace, now: Millis) -> Next {
        if self.phase != Phase::Running || self.items.iter().any(Item::is_sending) {
            return Next::Nothing;
        }
        // Whoever did not reach the server lets the others go first: it may be about that one alone.
        let waiting = self.items.iter_mut().filter(|item| item.state == State::Waiting);
        let Some(item) = waiting.min_by_key(|item| item.lost.0) else { return Next::Nothing };
        if let Some(moment) = pace.waits(now) {
            return Next::At(moment);
        }
        item.state = State::Sending(None);
        self.rests = None;
        pace.sent(now);
        Next::Send(item.member, item.wish.clone())
    }

    /// The save that was to be sent goes with this round of the member's saves.
    pub fn sent(&mut self, member: CoworkerId, round: u32) {
        let mut items = self.items.iter_mut();
        if let Some(item) = items.find(|item| item.member == member && item.is_sending()) {
            item.state = State::Sending(Some(round));
        }
    }

    /// What of a round of a member's saves it has sent; the person may have wanted more of that member.
    pub fn fields_of(&self, member: CoworkerId, round: u32) -> Vec<Field> {
        let mut items = self.items.iter();
        let item = items.find(|item| item.member == member && item.state == State::Sending(Some(round)));
        item.into_iter().flat_map(|item| item.wish.keys().copied()).collect()
    }

    /// Nothing is sent until then.
    pub fn rest(&mut self, until: Millis) {
        self.rests = Some(until);
    }

    /// Until when it rests, because the server takes no more or cannot be reached.
    pub fn rests(&self) -> Option<Millis> {
        self.rests
    }

    /// Whether it rests because the server cannot be reached: each member would fail, one after the other.
    pub fn is_out_of_reach(&self) -> bool {
        self.is_out_of_reach
    }

    /// Whether the server refuses one member after the other: the rest would be, too.
    pub fn is_refused(&self) -> bool {
        self.refusals >= REFUSALS
    }

    /// A round of a member's saves is over; what is in it is what its fields held before. Says when it is to be sent again.
    pub fn landed(
        &mut self,
        member: CoworkerId,
        round: u32,
        result: Result<Vec<(Field, Option<Value>)>, Unsaved>,
    ) -> Option<PutOff> {
        let is_it = |item: &Item| item.member == member && item.state == State::Sending(Some(round));
        let place = self.items.iter().position(is_it)?;
        self.is_out_of_reach = matches!(result, Err(Unsaved::Failed(ApiError::Offline)));
        if !self.is_out_of_reach {
            self.answered();
        }
        let item = self.items.get_mut(place)?;
        let put_off = match result {
            Err(Unsaved::Failed(ApiError::Throttled { retry_after }))
                if item.put_off < TRIES && !(item.uncertain && self.phase == Phase::Cancelled) =>
            {
                item.put_off += 1;
                Some(retry_after.unwrap_or(PATIENCE))
            }
            // It may have been saved all the same. Where others are answered and this one never is, it fails.
            Err(Unsaved::Failed(ApiError::Offline))
                if self.phase != Phase::Cancelled
                    && !(item.lost.0 >= TRIES && self.answers > item.lost.1) =>
            {
                if item.lost.0 == 0 {
                    item.lost.1 = self.answers;
                }
                item.lost.0 = item.lost.0.saturating_add(1);
                item.uncertain = true;
                Some(PATIENCE)
            }
            _ => None,
        };
        if let Some(seconds) = put_off {
            item.state = State::Waiting;
            let fields = item.wish.keys().copied().collect();
            item.leave_decided();
            self.items.retain(|item| !item.wish.is_empty());
            return Some(PutOff { seconds, fields });
        }
        item.state = match result {
            Ok(before) => {
                self.refusals = 0;
                let all = before.len();
                let is_so = |(field, was): (Field, Option<Value>)| {
                    let is_so =
                        item.wish.get(&field).is_some_and(|wanted| was.as_ref() == Some(&wanted.value));
                    is_so.then_some(field)
                };
                if !item.uncertain {
                    item.was_so = before.into_iter().filter_map(is_so).collect();
                }
                State::Done { already: !item.uncertain && item.was_so.len() == all }
            }
            Err(why) if !why.clashes().is_empty() => {
                self.part_clashes(place, round, why);
                return None;
            }
            Err(why) => {
                if matches!(why, Unsaved::Failed(ApiError::Forbidden | ApiError::Unauthorized)) {
                    self.refusals += 1;
                }
                item.uncertain |= matches!(&why, Unsaved::Failed(error) if error.may_be_done());
                State::Failed(why)
            }
        };
        None
    }

    /// The server is there: what was lost before was lost while nobody was answered.
    fn answered(&mut self) {
        for item in self.items.iter_mut().filter(|item| item.lost.0 > 1) {
            item.lost = (1, self.answers);
        }
        self.answers = self.answers.saturating_add(1);
    }

    /// Nothing of that round was saved. What has to be chosen is a part of its own from now on, and has failed; what does
    /// not clash goes with the member's next round (see [`Pending::landed`](super::Pending::landed)).
    fn part_clashes(&mut self, place: usize, round: u32, why: Unsaved) {
        let Some(item) = self.items.get_mut(place) else { return };
        item.leave_decided();
        let clashing =
            why.clashes().iter().filter_map(|clash| Some((clash.field, item.wish.remove(&clash.field)?)));
        let (member, wish) = (item.member, clashing.collect());
        item.state = State::Sending(Some(round.wrapping_add(1)));
        self.items.insert(place + 1, Item::new(member, wish, State::Failed(why)));
        self.items.retain(|item| !item.wish.is_empty());
    }

    /// The person has decided about these fields of a member: what was not sent yet is not sent, nor is it once more, and
    /// who has nothing left to be sent is not one of the many any more.
    pub fn leave(&mut self, member: CoworkerId, decided: &Wish) {
        for item in self.items.iter_mut().filter(|item| item.member == member) {
            item.decided.extend(decided.keys().copied());
            if item.state == State::Waiting {
                item.leave_decided();
            }
        }
        self.items.retain(|item| !item.wish.is_empty());
    }

    /// Sends nothing more until [`Batch::resume`]. What is on its way lands.
    pub fn pause(&mut self) {
        if self.phase == Phase::Running {
            self.phase = Phase::Paused;
        }
    }

    /// Goes on.
    pub fn resume(&mut self) {
        if self.phase == Phase::Paused {
            self.phase = Phase::Running;
        }
    }

    /// Sends nothing more. What is done stays done, and can be undone.
    pub fn cancel(&mut self) {
        self.phase = Phase::Cancelled;
        // What was sent and not answered is not among what was not changed: nobody knows.
        for item in self.items.iter_mut().filter(|item| item.uncertain && item.state == State::Waiting) {
            item.state = State::Failed(Unsaved::Failed(ApiError::Offline));
        }
    }

    /// Whether it is over and some of it failed that may not fail again: who is gone stays gone.
    pub fn can_be_tried_again(&self) -> bool {
        let gone = State::Failed(Unsaved::Failed(ApiError::NotFound));
        let failed = |item: &Item| matches!(item.state, State::Failed(_)) && item.state != gone;
        self.is_over() && self.members().any(failed)
    }

    /// Sends what has failed once more, and nothing that was given up.
    pub fn retry(&mut self) {
        if self.phase == Phase::Cancelled {
            self.items.retain(|item| item.state != State::Waiting);
        }
        for item in self.items.iter_mut().filter(|item| matches!(item.state, State::Failed(_))) {
            (item.state, item.put_off, item.lost) = (State::Waiting, 0, (0, 0));
            item.leave_decided();
        }
        self.items.retain(|item| !item.wish.is_empty());
        (self.phase, self.refusals, self.is_out_of_reach) = (Phase::Running, 0, false);
    }

    /// Whether nothing is on its way and nothing more will be sent.
    pub fn is_over(&self) -> bool {
        let waits =
            self.phase != Phase::Cancelled && self.items.iter().any(|item| item.state == State::Waiting);
        !waits && !self.items.iter().any(Item::is_sending)
    }

    /// Every member's part, in order; of who has two the one that failed, or else is not done.
    pub fn members(&self) -> impl Iterator<Item = &Item> + Clone {
        self.items.chunk_by(|a, b| a.member == b.member).filter_map(|parts| {
            parts.iter().max_by_key(|part| match part.state {
                State::Done { .. } => 0,
                State::Waiting | State::Sending(_) => 1,
                State::Failed(_) => 2,
            })
        })
    }

    /// How many are how far. Who has two parts is done with both, and has failed with one.
    pub fn progress(&self) -> Progress {
        let count = |is: fn(&State) -> bool| self.members().filter(|item| is(&item.state)).count();
        Progress {
            all: self.members().count(),
            done: count(|state| matches!(state, State::Done { .. })),
            failed: count(|state| matches!(state, State::Failed(_))),
        }
    }

    /// The batch that gives every member back what this one has changed; `None` when there is nothing to give back.
    /// What somebody else has changed since then is asked about, not overwritten.
    pub fn undo(&self) -> Option<Self> {
        if self.is_undo {
            return None;
        }
        let wishes = self.items.iter().rev().filter_map(|item| {
            // Where it was not saved after all, there is nothing to write.
            let sent = matches!(item.state, State::Done { already: false }) || item.uncertain;
            // What the person has decided by hand since then stays so, too.
            let ours = |(field, _): &(&Field, &Wanted)| {
                sent && !item.was_so.contains(field) && !item.decided.contains(field)
            };
            let back = item.wish.iter().filter(ours).filter_map(|(field, wanted)| {
                Some((*field, Wanted { seen: Some(wanted.value.clone()), value: wanted.seen.clone()? }))
            });
            let wish: Wish = back.collect();
            (!wish.is_empty()).then_some((item.member, wish))
        });
        let wishes: Vec<_> = wishes.collect();
        let undo = Self { is_undo: true, ..Self::new(self.aim.clone(), wishes) };
        (!undo.items.is_empty()).then_some(undo)
    }
}

#[cfg(test)]
mod tests;
