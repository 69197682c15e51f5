//! Every cached query: its key, its fetcher, what invalidates it.
//!
//! Keys hold the epoch, so what was fetched for one person cannot be found by another even before it is dropped;
//! and on a change of person everything *is* dropped.

mod administered_teams;
mod cache;

use crate::api::{ApiError, Client, Epoch};
use crate::session::{Event, SessionContext};
use cache::{Cache, Forget};
use contract::coworkers::UpdateProfile;
use contract::location::{Business, CurrentBusiness};
use contract::teams::{PermissionsBody, ProfileDetail, Team, TeamDetail, TeamProfile, UpdatePermissions};
use contract::{CoworkerId, ListResult, Permission, TeamId};
use leptos::prelude::*;

pub use cache::Query;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TeamsKey(Epoch, TeamDetail);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TeamKey(Epoch, TeamId);

/// The queries of the current person, as a context.
#[derive(Clone, Copy)]
pub struct Queries {
    caches: StoredValue<Caches, LocalStorage>,
    session: SessionContext,
}

#[derive(Clone)]
struct Caches {
    teams: Cache<TeamsKey, ListResult<Team>>,
    team: Cache<TeamKey, Team>,
    location: Cache<(), Business>,
}

impl Caches {
    fn new(client: &Client) -> Self {
        let (teams, team, location) = (client.clone(), client.clone(), client.clone());
        Self {
            teams: Cache::new(client.clone(), move |TeamsKey(epoch, detail)| {
                let (client, epoch, detail) = (teams.clone(), *epoch, *detail);
                Box::pin(async move { administered_teams::read(&client, epoch, detail).await })
            }),
            team: Cache::new(client.clone(), move |TeamKey(epoch, team_id)| {
                let (client, epoch, team) = (team.clone(), *epoch, *team_id);
                Box::pin(async move {
                    client.call(epoch, &TeamProfile { team, detail: ProfileDetail::Everything }).await
                })
            }),
            location: Cache::new(client.clone(), move |()| {
                let client = location.clone();
                Box::pin(async move { client.call_as(None, &CurrentBusiness).await })
            }),
        }
    }

    fn all(&self) -> [&dyn Forget; 3] {
        [&self.teams, &self.team, &self.location]
    }
}

/// Makes the cache, ties it to the session and provides it as a context.
pub fn provide_queries(session: SessionContext) -> Queries {
    let queries = Queries { caches: StoredValue::new_local(Caches::new(&session.client())), session };
    session.on_change_of_person(move |everything| {
        for cache in queries.caches.get_value().all() {
            if everything {
                cache.clear();
            } else {
                cache.invalidate_all();
            }
        }
    });
    provide_context(queries);
    queries
}

/// The queries of the current person.
pub fn use_queries() -> Queries {
    expect_context()
}

impl Queries {
    /// The epoch of the person who sees the page that asks.
    pub fn epoch(self) -> Epoch {
        self.session.snapshot().read_untracked().epoch
    }

    /// The teams this person administers.
    pub fn administered_teams(self, detail: TeamDetail) -> Query<ListResult<Team>> {
        self.caches.get_value().teams.watch(&TeamsKey(self.epoch(), detail))
    }

    /// One team with its members.
    pub fn team(self, team: TeamId) -> Query<Team> {
        self.caches.get_value().team.watch(&TeamKey(self.epoch(), team))
    }

    /// The location, known without signing in.
    pub fn location(self) -> Query<Business> {
        self.caches.get_value().location.watch(&())
    }

    /// Fetches again whatever the current pages show.
    pub fn refetch(self) {
        for cache in self.caches.get_value().all() {
            cache.invalidate_all();
        }
    }

    /// Sets permissions of a member, for the person of this epoch. The endpoint replaces all of them, so they are read
    /// just before and the others are written back as they are now, not as they were when the page was opened.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it. After a time-out or a lost connection it may have
    /// been done all the same; the team is read again in any case.
    pub async fn set_permissions(
        self,
        epoch: Epoch,
        team: TeamId,
        member: CoworkerId,
        changes: &[(Permission, bool)],
    ) -> Result<(), ApiError> {
        let client = self.session.client();
        let (cache, key) = (self.caches.get_value().team, TeamKey(epoch, team));
        let mut now = client.call(epoch, &TeamProfile { team, detail: ProfileDetail::Everything }).await?;
        let found = now.all_team_members.iter().find(|one| one.id == member).ok_or(ApiError::NotFound)?;
        let wanted = changes
            .iter()
            .fold(now.permissions_of(found), |set, (permission, on)| set.with(*permission, *on));
        let body = PermissionsBody::new(member, wanted, found.access_card_id.clone());
        let permissions = body.ok_or(ApiError::Malformed)?;
        let result =
            client.call(epoch, &UpdatePermissions { team, member, permissions: permissions.clone() }).await;
        if result.is_ok()
            && let Some(member) = now.all_team_members.iter_mut().find(|one| one.id == member)
        {
            permissions.write_to(member);
            cache.put(&key, now);
        }
        if result != Err(ApiError::WrongIdentity) {
            // The server may have changed more than was asked for, or this although it did not say so.
            cache.invalidate(&key);
        }
        result
    }

    /// Changes what stands on the current person's record; what is `None` stays as it is. Afterwards the server is asked
    /// again who the person is, so that every screen shows what was really written.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it. After a time-out or a lost connection it may have
    /// been done all the same; the server is asked again then, too.
    pub async fn update_profile(
        self,
        full_name: Option<String>,
        company_name: Option<String>,
    ) -> Result<(), ApiError> {
        let change = UpdateProfile { full_name, company_name };
        let result = self.session.client().call(self.epoch(), &change).await.map(|_| ());
        let perhaps = matches!(
            result,
            Ok(())
                | Err(ApiError::Timeout | ApiError::Offline | ApiError::Malformed | ApiError::Server { .. })
        );
        if perhaps {
            // The name stands in lists too.
            self.refetch();
            self.session.dispatch(Event::LookAgain);
        }
        result
    }
}
