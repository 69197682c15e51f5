//! Every cached query: its key, its fetcher, what invalidates it.
//!
//! Keys hold the epoch, so what was fetched for one person cannot be found by another even before it is dropped;
//! and on a change of person everything *is* dropped.

use crate::api::{ApiError, Client, Epoch};
use crate::session::{Event, SessionContext};
use contract::coworkers::UpdateProfile;
use contract::location::{Business, CurrentBusiness};
use contract::teams::{MyTeams, PermissionsBody, Team, TeamDetail, TeamProfile, UpdatePermissions};
use contract::{CoworkerId, ListResult, Permission, Problem, TeamId};
use leptos::prelude::*;
use leptos_fetch::{QueryClient, QueryOptions, QueryScopeLocal};
use std::sync::Arc;
use std::time::Duration;

/// How long a reply is used without asking again.
const FRESH: Duration = Duration::from_secs(30);

type Reply<T> = Result<Arc<T>, ApiError>;
/// A query as a page reads it: `None` until there is an answer.
pub type Query<T> = LocalResource<Reply<T>>;

#[derive(Clone, PartialEq, Eq, Hash)]
struct TeamsKey(Epoch, TeamDetail);

#[derive(Clone, PartialEq, Eq, Hash)]
struct TeamKey(Epoch, TeamId);

/// The queries of the current person, as a context.
#[derive(Clone, Copy)]
pub struct Queries {
    cache: QueryClient,
    session: SessionContext,
}

/// Makes the cache, ties it to the session and provides it as a context.
pub fn provide_queries(session: SessionContext) -> Queries {
    let cache = QueryClient::new().with_options(QueryOptions::new().with_stale_time(FRESH));
    session.on_change_of_person(move |everything| {
        if everything {
            cache.clear();
        } else {
            cache.invalidate_all_queries();
        }
    });
    let queries = Queries { cache, session };
    provide_context(queries);
    queries
}

/// The queries of the current person.
pub fn use_queries() -> Queries {
    expect_context()
}

fn teams_scope(client: Client) -> QueryScopeLocal<TeamsKey, Reply<ListResult<Team>>> {
    QueryScopeLocal::new(move |TeamsKey(epoch, detail): TeamsKey| {
        let client = client.clone();
        async move { answer(client.call(epoch, &MyTeams { is_team_admin: true, detail }).await).await }
    })
}

fn team_scope(client: Client) -> QueryScopeLocal<TeamKey, Reply<Team>> {
    QueryScopeLocal::new(move |TeamKey(epoch, team): TeamKey| {
        let client = client.clone();
        async move { answer(client.call(epoch, &TeamProfile { team }).await).await }
    })
}

fn location_scope(client: Client) -> QueryScopeLocal<(), Reply<Business>> {
    QueryScopeLocal::new(move |(): ()| {
        let client = client.clone();
        async move { client.call_as(None, &CurrentBusiness).await.map(Arc::new) }
    })
}

/// What a fetcher gives back. One for somebody who is no longer the current person never gives anything back: nobody
/// waits for it, and an answer to a query that was just dropped makes the cache (leptos-fetch 0.4.10) panic when the
/// query had an older answer before.
async fn answer<T>(result: Result<T, ApiError>) -> Reply<T> {
    match result {
        Err(ApiError::WrongIdentity) => std::future::pending().await,
        result => result.map(Arc::new),
    }
}

impl Queries {
    /// The epoch of the person who sees the page that asks.
    fn epoch(self) -> Epoch {
        self.session.snapshot().read_untracked().epoch
    }

    /// The teams this person administers.
    pub fn administered_teams(self, detail: TeamDetail) -> Query<ListResult<Team>> {
        let scope = teams_scope(self.session.client());
        let key = TeamsKey(self.epoch(), detail);
        self.forget_failure(&scope, &key);
        self.cache.local_resource(scope, move || key.clone())
    }

    /// One team with its members.
    pub fn team(self, team: TeamId) -> Query<Team> {
        let scope = team_scope(self.session.client());
        let key = TeamKey(self.epoch(), team);
        self.forget_failure(&scope, &key);
        self.cache.local_resource(scope, move || key.clone())
    }

    /// The location, known without signing in.
    pub fn location(self) -> Query<Business> {
        let scope = location_scope(self.session.client());
        self.forget_failure(&scope, &());
        self.cache.local_resource(scope, || ())
    }

    /// Fetches again whatever the current pages show.
    pub fn refetch(self) {
        self.cache.invalidate_all_queries();
    }

    /// Sets one permission of a member. The endpoint replaces all of them, so they are read just before and the
    /// others are written back as they are now, not as they were when the page was opened.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it. After a time-out or a lost connection it may have
    /// been done all the same; the team is read again in any case.
    pub async fn set_permission(
        self,
        team: TeamId,
        member: CoworkerId,
        permission: Permission,
        on: bool,
    ) -> Result<(), ApiError> {
        let epoch = self.epoch();
        let client = self.session.client();
        let (scope, key) = (team_scope(client.clone()), TeamKey(epoch, team));
        let mut now = client.call(epoch, &TeamProfile { team }).await?;
        let found = now.all_team_members.iter().find(|one| one.id == member).ok_or(ApiError::NotFound)?;
        let wanted = now.permissions_of(found).with(permission, on);
        let body = PermissionsBody::new(member, wanted, found.access_card_id.clone());
        let permissions = body.ok_or(ApiError::Malformed)?;
        let result =
            client.call(epoch, &UpdatePermissions { team, member, permissions: permissions.clone() }).await;
        if result.is_ok()
            && let Some(member) = now.all_team_members.iter_mut().find(|one| one.id == member)
        {
            permissions.write_to(member);
            self.cache.set_query_local(scope.clone(), key.clone(), Ok(Arc::new(now)));
        }
        if result != Err(ApiError::WrongIdentity) {
            // The server may have changed more than was asked for, or this although it did not say so.
            self.cache.invalidate_query(scope, key);
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
        let result = match self.session.client().call(self.epoch(), &change).await {
            Ok(reply) if !reply.was_successful => {
                let message = reply.message.unwrap_or_default();
                Err(ApiError::Rejected(Problem { message, ..Problem::default() }))
            }
            result => result.map(|_| ()),
        };
        let perhaps = matches!(
            result,
            Ok(())
                | Err(ApiError::Timeout | ApiError::Offline | ApiError::Malformed | ApiError::Server { .. })
        );
        if perhaps {
            // The name stands in lists too.
            self.cache.invalidate_all_queries();
            self.session.dispatch(Event::LookAgain);
        }
        result
    }

    /// A failure is cached like any reply; a page that opens later asks again.
    fn forget_failure<K, T>(self, scope: &QueryScopeLocal<K, Reply<T>>, key: &K)
    where
        K: Clone + std::hash::Hash + PartialEq + 'static,
        T: 'static,
    {
        if let Some(Err(_)) = self.cache.get_cached_query(scope.clone(), key.clone()) {
            self.cache.invalidate_query(scope.clone(), key.clone());
        }
    }
}
