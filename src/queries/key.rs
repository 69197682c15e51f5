use crate::api::{ApiError, Epoch};
use contract::plans::Plan;
use contract::teams::{Team, TeamDetail};
use contract::{ListResult, TeamId};
use futures_util::future::LocalBoxFuture;
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

/// What came of a query, of any type.
pub(super) type Answer = Result<Arc<dyn Any + Send + Sync>, ApiError>;

/// What may be asked for, each under the epoch of the person who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The teams that somebody administers.
    Teams(Epoch, TeamDetail),
    /// A team with its members.
    Team(Epoch, TeamId),
    /// A team with nothing but its administrators.
    Administrators(Epoch, TeamId),
    /// The plans that new members can be given.
    Plans(Epoch),
}

/// A key with the type of what comes of it.
pub(super) struct Asked<T>(pub(super) Key, PhantomData<fn() -> T>);

impl<T> Asked<T> {
    const fn of(key: Key) -> Self {
        Self(key, PhantomData)
    }
}

/// The teams that somebody administers.
pub(super) fn teams(epoch: Epoch, detail: TeamDetail) -> Asked<ListResult<Team>> {
    Asked::of(Key::Teams(epoch, detail))
}

/// A team with its members.
pub(super) fn team(epoch: Epoch, team: TeamId) -> Asked<Team> {
    Asked::of(Key::Team(epoch, team))
}

/// A team with nothing but its administrators.
pub(super) fn administrators(epoch: Epoch, team: TeamId) -> Asked<Team> {
    Asked::of(Key::Administrators(epoch, team))
}

/// The plans that new members can be given.
pub(super) fn plans(epoch: Epoch) -> Asked<Vec<Plan>> {
    Asked::of(Key::Plans(epoch))
}

/// How what is asked for becomes an answer. It must be of the type that the key is [`Asked`] with.
pub(super) fn answer<T: Send + Sync + 'static>(
    asked: impl Future<Output = Result<T, ApiError>> + 'static,
) -> LocalBoxFuture<'static, Answer> {
    Box::pin(async move { asked.await.map(|value| Arc::new(value) as Arc<dyn Any + Send + Sync>) })
}
