//! The members of the teams one administers, read one team after the other: which team is next, and when.

use crate::api::{ApiError, Millis};
use contract::TeamId;
use contract::teams::Team;
use std::sync::Arc;

/// Milliseconds from one read to the next: the API takes ten requests in five seconds, and the page makes others, too.
const SPACING: u64 = 700;
/// So many reads within a minute, of the 120 that the API takes of one endpoint: the page reads the team it shows, too.
const MOST_A_MINUTE: usize = 45;
const MINUTE: u64 = 60_000;
/// Seconds to wait when the server says that there were too many requests, and not for how long.
const PATIENCE: u64 = 10;

/// Whose members are wanted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those of any one team: so that there is somebody to be seen. Nobody is sought.
    Anybody,
    /// Those of this team.
    Of(TeamId),
    /// Those of all teams: somebody is sought.
    All,
}

/// What was read so far, in the order in which it was asked for, so that whatever comes later stands behind it.
#[derive(Clone, Debug, Default)]
pub struct Loads {
    teams: Vec<Load>,
    /// When teams were asked for in the last minute.
    asked: Vec<Millis>,
    /// When the server said that it wants to be left alone, and until when: nothing is asked for in between.
    left_alone: Option<(Millis, Millis)>,
}

/// How far a team is.
#[derive(Clone, Debug)]
struct Load {
    team: TeamId,
    state: State,
    read: Option<Arc<Team>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// To be asked for when it is wanted.
    Due,
    Asked,
    There,
    Failed(ApiError),
}

impl Loads {
    /// The team to ask for, out of those that one administers. One is asked for at a time; none that has failed, before
    /// the person wants to try again; and none at all while the network is not there.
    pub fn next(&self, teams: &[TeamId], wanted: Wanted) -> Option<TeamId> {
        let holds_up = |load: &Load| matches!(load.state, State::Asked | State::Failed(ApiError::Offline));
        if self.teams.iter().any(|load| holds_up(load) && teams.contains(&load.team)) {
            return None;
        }
        let due = |team: &TeamId| self.state(*team).is_none_or(|state| *state == State::Due);
        match wanted {
            Wanted::Anybody if teams.iter().any(|team| !due(team)) => None,
            Wanted::Anybody => teams.first().copied(),
            Wanted::Of(team) => Some(team).filter(|team| teams.contains(team) && due(team)),
            Wanted::All => teams.iter().copied().find(due),
        }
    }

    /// Whether something that is wanted has not been answered yet.
    pub fn is_loading(&self, teams: &[TeamId], wanted: Wanted) -> bool {
        let asked = |team: &TeamId| self.state(*team) == Some(&State::Asked);
        let waits = match wanted {
            Wanted::Of(team) => asked(&team),
            Wanted::Anybody | Wanted::All => teams.iter().any(asked),
        };
        waits || self.next(teams, wanted).is_some()
    }

    /// How many milliseconds to wait before the next team is asked for.
    pub fn wait(&self, now: Millis) -> u64 {
        let until = |at: Millis, millis: u64| (at.0 + millis).saturating_sub(now.0);
        // A clock that was put back does not hold anybody up.
        let mut asked = self.asked.iter().rev().filter(|at| **at <= now);
        let spaced = asked.next().map_or(0, |last| until(*last, SPACING));
        let rationed = asked.nth(MOST_A_MINUTE - 2).map_or(0, |oldest| until(*oldest, MINUTE));
        let left_alone = self.left_alone.filter(|(said, _)| *said <= now);
        spaced.max(rationed).max(left_alone.map_or(0, |(_, end)| until(end, 0)))
    }

    /// A team is asked for now.
    pub fn ask(&mut self, team: TeamId, now: Millis) {
        self.asked.retain(|at| at.0 + MINUTE > now.0);
        self.asked.push(now);
        match self.teams.iter_mut().find(|load| load.team == team) {
            Some(load) => load.state = State::Asked,
            None => self.teams.push(Load { team, state: State::Asked, read: None }),
        }
    }

    /// What came of it. A team that could be read before stays as it was when it cannot be read again.
    pub fn answer(&mut self, team: TeamId, now: Millis, answer: Result<Team, ApiError>) {
        if let Err(ApiError::Throttled { retry_after }) = answer {
            let seconds = retry_after.map_or(PATIENCE, u64::from);
            let before = self.left_alone.filter(|(said, _)| *said <= now).map_or(now, |(_, end)| end);
            self.left_alone = Some((now, before.max(now.plus_seconds(seconds))));
        }
        let Some(load) = self.teams.iter_mut().find(|load| load.team == team) else { return };
        load.state = match answer {
            Ok(team) => {
                load.read = Some(Arc::new(team));
                State::There
            }
            Err(error @ (ApiError::Forbidden | ApiError::NotFound)) => {
                load.read = None;
                State::Failed(error)
            }
            Err(error) => State::Failed(error),
        };
    }

    /// The person wants a team that failed to be tried again.
    pub fn retry(&mut self, team: TeamId) {
        if let Some(load) = self.teams.iter_mut().find(|load| load.team == team) {
            load.state = State::Due;
        }
    }

    /// What was read may not be true any more: it is shown until it has been read again.
    pub fn outdate(&mut self) {
        for load in self.teams.iter_mut().filter(|load| load.state != State::Asked) {
            load.state = State::Due;
        }
    }

    /// What was read of these teams.
    pub fn read<'a>(&'a self, teams: &'a [TeamId]) -> impl Iterator<Item = &'a Arc<Team>> {
        self.teams.iter().filter(|load| teams.contains(&load.team)).filter_map(|load| load.read.as_ref())
    }

    /// The ones of these teams that could not be read, and why.
    pub fn failed<'a>(&'a self, teams: &'a [TeamId]) -> impl Iterator<Item = (TeamId, &'a ApiError)> {
        let failed = |load: &'a Load| match &load.state {
            State::Failed(error) => Some((load.team, error)),
            _ => None,
        };
        self.teams.iter().filter(|load| teams.contains(&load.team)).filter_map(failed)
    }

    fn state(&self, team: TeamId) -> Option<&State> {
        self.teams.iter().find(|load| load.team == team).map(|load| &load.state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn teams(ids: impl IntoIterator<Item = i64>) -> Vec<TeamId> {
        ids.into_iter().map(TeamId).collect()
    }

    fn team(id: TeamId) -> Team {
        contract::json::read(&format!(r#"{{"Id":{id}}}"#)).unwrap()
    }

    fn load(loads: &mut Loads, id: i64) {
        loads.ask(TeamId(id), Millis(0));
        loads.answer(TeamId(id), Millis(0), Ok(team(TeamId(id))));
    }

    fn read(loads: &Loads, ids: &[TeamId]) -> Vec<i64> {
        loads.read(ids).map(|team| team.id.0).collect()
    }

    #[test]
    fn before_somebody_is_sought_one_team_is_enough() {
        let (all, mut loads) = (teams([1, 2, 3]), Loads::default());
        assert_eq!(loads.next(&all, Wanted::Anybody), Some(TeamId(1)));
        load(&mut loads, 1);
        assert_eq!(loads.next(&all, Wanted::Anybody), None);
        assert_eq!(loads.next(&all, Wanted::All), Some(TeamId(2)));
        assert_eq!(loads.next(&all, Wanted::Of(TeamId(3))), Some(TeamId(3)));
        assert_eq!(loads.next(&all, Wanted::Of(TeamId(9))), None);
        assert_eq!(loads.next(&[], Wanted::Anybody), None);
    }

    #[test]
    fn teams_come_in_the_order_in_which_they_were_asked_for_and_stay_there() {
        let (all, mut loads) = (teams([1, 2, 3]), Loads::default());
        for id in [3, 1] {
            load(&mut loads, id);
        }
        assert_eq!(read(&loads, &all), [3, 1]);
        loads.outdate();
        assert_eq!(loads.next(&all, Wanted::All), Some(TeamId(1)));
        load(&mut loads, 1);
        assert_eq!(read(&loads, &all), [3, 1]);
        // One that is administered no more is shown no more.
        assert_eq!(read(&loads, &teams([1])), [1]);
    }

    #[test]
    fn a_team_that_fails_is_passed_over_until_it_is_tried_again() {
        let (all, mut loads) = (teams([1, 2]), Loads::default());
        loads.ask(TeamId(1), Millis(0));
        loads.answer(TeamId(1), Millis(0), Err(ApiError::Timeout));
        assert_eq!(loads.next(&all, Wanted::Anybody), None);
        assert_eq!(loads.next(&all, Wanted::All), Some(TeamId(2)));
        assert_eq!(loads.failed(&all).collect::<Vec<_>>(), [(TeamId(1), &ApiError::Timeout)]);
        loads.retry(TeamId(1));
        assert_eq!(loads.next(&all, Wanted::All), Some(TeamId(1)));
        assert_eq!(loads.failed(&all).count(), 0);
    }

    #[test]
    fn without_a_network_no_other_team_is_tried() {
        let (all, mut loads) = (teams([1, 2]), Loads::default());
        loads.ask(TeamId(1), Millis(0));
        loads.answer(TeamId(1), Millis(0), Err(ApiError::Offline));
        assert_eq!(loads.next(&all, Wanted::All), None);
        loads.retry(TeamId(1));
        assert_eq!(loads.next(&all, Wanted::All), Some(TeamId(1)));
    }

    #[test]
    fn what_was_read_stays_when_it_cannot_be_read_again_unless_it_may_not_be_seen_any_more() {
        let (all, mut loads) = (teams([1]), Loads::default());
        load(&mut loads, 1);
        for (error, stays) in [(ApiError::Timeout, true), (ApiError::Forbidden, false)] {
            loads.outdate();
            loads.ask(TeamId(1), Millis(0));
            loads.answer(TeamId(1), Millis(0), Err(error));
            assert_eq!(!read(&loads, &all).is_empty(), stays);
        }
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is() {
        let mut loads = Loads::default();
        loads.ask(TeamId(1), Millis(1_000));
        loads.answer(TeamId(1), Millis(2_000), Err(ApiError::Throttled { retry_after: Some(7) }));
        assert_eq!(loads.wait(Millis(2_000)), 7_000);
        assert_eq!(loads.wait(Millis(9_500)), 0);
        assert_eq!(loads.wait(Millis(500)), 0, "a clock that was put back holds nobody up");
    }

    proptest! {
        #[test]
        fn whoever_looks_for_however_long_the_rate_is_kept_and_every_team_comes(
            count in 1i64..120, took in prop::collection::vec(0u64..900, 1..20)
        ) {
            let (all, mut loads, mut now) = (teams(1..=count), Loads::default(), Millis(5));
            let mut sent: Vec<u64> = Vec::new();
            let mut took = took.into_iter().cycle();
            while let Some(next) = loads.next(&all, Wanted::All) {
                now = Millis(now.0 + loads.wait(now));
                prop_assert_eq!(loads.wait(now), 0);
                loads.ask(next, now);
                prop_assert_eq!(loads.next(&all, Wanted::All), None);
                sent.push(now.0);
                now = Millis(now.0 + took.next().unwrap());
                loads.answer(next, now, Ok(team(next)));
            }
            prop_assert!(!loads.is_loading(&all, Wanted::All));
            prop_assert_eq!(loads.read(&all).count(), all.len());
            for (place, at) in sent.iter().enumerate() {
                let within = |millis: u64| sent[place..].iter().filter(|later| *later - at < millis).count();
                prop_assert!(within(5_000) <= 10 && within(60_000) <= 60);
            }
        }
    }
}
