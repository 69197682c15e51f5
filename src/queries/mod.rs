//! Every cached query: its key, its fetcher, what invalidates it.
//!
//! Keys hold the epoch, so what was fetched for one person cannot be found by another even before it is dropped;
//! and on a change of person everything that was read for one *is* dropped. The location stays: it is the same for all.

mod administered_teams;
mod administrators;
mod cache;
mod key;
mod location;
mod members;
mod merge;
mod seen_teams;

use crate::api::{ApiError, Client, Epoch, Millis};
use crate::session::{Event, Identity, Phase, SessionContext};
use crate::signal::StoredValue;
use cache::Cache;
use contract::coworkers::{ListProfiles, UpdateProfile};
use contract::plans::{Plan, PublishedPlans};
use contract::teams::{ProfileDetail, Team, TeamDetail};
use contract::{CoworkerId, ListResult, TeamId, UserId};
use futures_util::future::LocalBoxFuture;
use key::{Answer, Key, answer};
use leptos::prelude::*;
use seen_teams::SeenTeams;
use std::rc::Rc;
use std::sync::Arc;

pub use cache::Query;
pub use location::{location_id, provide_location, use_location, use_time_zone};
pub use members::{Saved, Unsaved};
pub use merge::{Clash, Field, Record, Unwritten, Value, Wanted, Wish, merge};

/// What each of one's own profiles administers, as this page has read it.
type Lists = StoredValue<Vec<(CoworkerId, Vec<TeamId>)>>;

/// Why the details of a person were not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUpdated {
    /// What stood in the way.
    pub error: ApiError,
    /// Whether the change was sent. After a time-out or a lost connection it may have been done all the same.
    pub sent: bool,
}

/// The queries of the current person, as a context.
#[derive(Clone, Copy)]
pub struct Queries {
    cache: StoredValue<Cache>,
    lists: Lists,
    session: SessionContext,
}

/// How each query is asked.
fn fetch(
    session: SessionContext,
    lists: Lists,
    client: &Client,
    key: Key,
) -> LocalBoxFuture<'static, Answer> {
    let client = client.clone();
    match key {
        Key::Teams(epoch, detail) => answer(async move {
            let list = administered_teams::read(&client, epoch, detail).await?;
            if is_another(session, lists, epoch, &list) && !is_still(session, epoch).await? {
                return Err(ApiError::WrongIdentity);
            }
            remember(session, lists, epoch, &list);
            Ok(list)
        }),
        Key::Team(epoch, team) => {
            answer(async move { members::read(&client, epoch, team, ProfileDetail::Everything).await })
        }
        Key::Administrators(epoch, team) => {
            answer(async move { administrators::read(&client, epoch, team).await })
        }
        Key::Plans(epoch) => answer(async move { client.call(epoch, &PublishedPlans).await }),
    }
}

/// Whether it is not what one's own profile administered when it was last read, here or in this browser. It may be another
/// profile's by now.
fn is_another(session: SessionContext, lists: Lists, epoch: Epoch, list: &ListResult<Team>) -> bool {
    let Some((user, own, now)) = of_own(session, epoch, list) else { return false };
    let lists = lists.read_value();
    match lists.iter().find(|(profile, _)| *profile == own) {
        Some((_, before)) => *before != now,
        None => SeenTeams::load().of(user, own).is_some_and(|before| *before != *now),
    }
}

/// Whose list it is, and its teams, where it is one's own profile's: not while one acts.
fn of_own(
    session: SessionContext,
    epoch: Epoch,
    list: &ListResult<Team>,
) -> Option<(UserId, CoworkerId, Vec<TeamId>)> {
    let snapshot = session.snapshot();
    let snapshot = snapshot.read_untracked();
    let own = snapshot.own.as_ref().filter(|_| snapshot.epoch == epoch && snapshot.acting.is_none())?;
    Some((own.user, own.profile, list.records.iter().map(|team| team.id).collect()))
}

/// Whether the server still knows the person of this epoch as who they are shown to be. Where it does not, they become
/// whoever it says.
async fn is_still(session: SessionContext, epoch: Epoch) -> Result<bool, ApiError> {
    let client = session.client();
    let now = Identity::read(client.call(epoch, &ListProfiles).await?);
    let snapshot = session.snapshot().get_untracked();
    let whose = |known: &Identity| (known.user, known.profile);
    let is = now.as_ref().map(whose) == snapshot.person().map(whose);
    if !is {
        session.dispatch(Event::Seen(epoch, client.now(), now));
    }
    Ok(is)
}

/// Keeps what one's own profile administers: other profiles of the same person may be asked for one of these teams.
fn remember(session: SessionContext, lists: Lists, epoch: Epoch, list: &ListResult<Team>) {
    let Some((user, own, teams)) = of_own(session, epoch, list) else { return };
    lists.try_update_value(|lists| {
        lists.retain(|(profile, _)| *profile != own);
        lists.push((own, teams.clone()));
    });
    let mut seen = SeenTeams::load();
    if seen.note(user, own, teams) {
        seen.save();
    }
}

/// Makes the cache, ties it to the session and provides it as a context.
pub fn provide_queries(session: SessionContext) -> Queries {
    let lists = StoredValue::new(Vec::new());
    let ask = move |client: &Client, key| {
        let answer = fetch(session, lists, client, key);
        let looking: LocalBoxFuture<'static, Answer> = Box::pin(async move {
            let answer = answer.await;
            // It may only be refused because the profile was changed elsewhere: one looks who one is.
            if let Err(ApiError::Forbidden | ApiError::NotFound) = answer {
                session.dispatch(Event::LookAgain);
            }
            answer
        });
        looking
    };
    let cache = Cache::new(session.client(), Rc::new(ask));
    let queries = Queries { cache: StoredValue::new(cache), lists, session };
    session.on_change_of_person(
        move |everything| if everything { queries.cache().clear() } else { queries.refetch() },
    );
    provide_context(queries);
    queries
}

/// The queries of the current person.
pub fn use_queries() -> Queries {
    expect_context()
}

impl Queries {
    fn cache(self) -> Cache {
        self.cache.get_value()
    }

    /// The epoch of the person who sees the page that asks.
    pub fn epoch(self) -> Epoch {
        self.session.snapshot().read_untracked().epoch
    }

    /// Whether a change of the current person is on its way.
    pub fn is_changing(self) -> bool {
        self.session.client().is_changing()
    }

    /// Whether the person of the page that asks is about to be another.
    pub fn is_leaving(self) -> bool {
        matches!(self.session.snapshot().read_untracked().phase, Phase::Choosing(_) | Phase::Starting(_))
    }

    /// The wall clock.
    pub fn now(self) -> Millis {
        self.session.client().now()
    }

    /// The teams this person administers.
    pub fn administered_teams(self, detail: TeamDetail) -> Query<ListResult<Team>> {
        self.cache().watch(key::teams(self.epoch(), detail))
    }

    /// One team with its members.
    pub fn team(self, team: TeamId) -> Query<Team> {
        self.cache().watch(key::team(self.epoch(), team))
    }

    /// Who administers a team, as far as this person may read it. Nothing else is read of it.
    pub fn administrators(self, team: TeamId) -> Query<Team> {
        self.cache().watch(key::administrators(self.epoch(), team))
    }

    /// The profiles of one's own that administered a team when this browser last saw it.
    pub fn seen_administering(self, team: TeamId) -> Vec<CoworkerId> {
        let own = self.session.snapshot().read_untracked().own.as_ref().map(|own| own.user);
        own.map(|user| SeenTeams::load().administering(user, team)).unwrap_or_default()
    }

    /// The profiles of which this page has read that they do not administer a team.
    pub fn not_administering(self, team: TeamId) -> Vec<CoworkerId> {
        let lists = self.lists.read_value();
        lists.iter().filter(|(_, teams)| !teams.contains(&team)).map(|(profile, _)| *profile).collect()
    }

    /// A team, as far as it was read for the person of this epoch.
    pub fn known_team(self, epoch: Epoch, team: TeamId) -> Option<Arc<Team>> {
        self.cache().peek(&key::team(epoch, team))
    }

    /// What a page has worked out of a team for the person of this epoch, kept by [`Queries::keep_of_team`]. It goes with
    /// what was read of the team.
    pub fn kept_of_team<W: Clone + 'static>(self, epoch: Epoch, team: TeamId) -> Option<W> {
        self.cache().kept(&key::team(epoch, team))
    }

    /// Keeps what was worked out of a team; nothing where what it was worked out of is gone.
    pub fn keep_of_team<W: 'static>(self, epoch: Epoch, team: TeamId, worked_out: W) {
        self.cache().keep(&key::team(epoch, team), worked_out);
    }

    /// The plans that new members can be given. Where the location does not publish any there are none.
    pub fn plans(self) -> Query<Vec<Plan>> {
        self.cache().watch(key::plans(self.epoch()))
    }

    /// Fetches again whatever the current pages show.
    pub fn refetch(self) {
        self.cache().invalidate(|_| true);
    }

    /// Fetches the lists of teams again.
    pub fn refetch_lists(self) {
        self.cache().invalidate(|key| matches!(key, Key::Teams(..)));
    }

    /// Reads the list of one's teams again that is shown, where it was read so long ago that it may be another by now.
    pub fn look_again_at_teams(self, detail: TeamDetail) {
        self.cache().look_again(&key::teams(self.epoch(), detail));
    }

    /// Changes what stands on the current person's record; what is `None` stays as it is. The server is asked first whose
    /// record that is, for the profile may have been changed on another device, and afterwards who the person is, so that
    /// every screen shows what was really written.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it.
    pub async fn update_profile(
        self,
        full_name: Option<String>,
        company_name: Option<String>,
    ) -> Result<(), NotUpdated> {
        let (client, epoch) = (self.session.client(), self.epoch());
        let unsent = |error| NotUpdated { error, sent: false };
        if !is_still(self.session, epoch).await.map_err(unsent)? {
            return Err(unsent(ApiError::WrongIdentity));
        }
        let result = client.call(epoch, &UpdateProfile { full_name, company_name }).await.map(|_| ());
        if result.as_ref().err().is_none_or(ApiError::may_be_done) {
            // The name stands in lists too.
            self.refetch();
            self.session.dispatch(Event::LookAgain);
        }
        result.map_err(|error| NotUpdated { error, sent: true })
    }
}
