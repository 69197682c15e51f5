//! Changing the members of a team.

use super::Queries;
use super::key::{self, Key};
use super::merge::{Clash, Field, Record, Unwritten, Value, Wish, merge, refresh};
use crate::api::{ApiError, Client, Epoch};
use crate::places::Places;
use crate::session::locks::lock;
use contract::teams::{
    AddMembers, NewMembers, ProfileDetail, RemoveMember, Team, TeamProfile, UpdatePermissions,
};
use contract::{CoworkerId, TeamId};
use std::sync::Arc;

/// A save that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What the wished fields held before; `None`: that was unknown.
    pub before: Vec<(Field, Option<Value>)>,
    /// What somebody else has changed of the other fields since the page was read. It was left as it is.
    pub meanwhile: Vec<(Field, Option<Value>)>,
}

/// Why a wish was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// What a request came back with.
    Failed(ApiError),
    /// It was not sent.
    Unwritten(Unwritten),
}

impl Unsaved {
    /// What the person has to choose before anything is written; nothing where that is not the reason.
    pub fn clashes(&self) -> &[Clash] {
        match self {
            Self::Unwritten(Unwritten::Clashes(clashes)) => clashes,
            _ => &[],
        }
    }
}

impl From<ApiError> for Unsaved {
    fn from(error: ApiError) -> Self {
        Self::Failed(error)
    }
}

impl Queries {
    /// Saves what is wished of a member, for the person of this epoch. The endpoint replaces everything and knows no
    /// versions, so the member is read just before: what was not wished for is written back as it is now, and what
    /// somebody else has changed is not overwritten (see [`merge`]). What is read shows up in the table, too.
    ///
    /// Between the reading and the writing there remains the time that a request takes.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it. After a time-out or a lost connection it may have
    /// been done all the same; the team is read again then.
    pub async fn save_member(
        self,
        epoch: Epoch,
        team: TeamId,
        member: CoworkerId,
        wish: &Wish,
    ) -> Result<Saved, Unsaved> {
        // A save replaces everything of a person, whichever team and tab it comes from: two of them follow each other.
        let alone = lock(&format!("portal.save.{member}")).await;
        let result = self.try_to_save(epoch, team, member, wish).await;
        drop(alone);
        if let Err(Unsaved::Failed(error)) = &result {
            match error {
                ApiError::WrongIdentity | ApiError::Refused(_) | ApiError::Throttled { .. } => {}
                // It may not be a team of this person's any more, who can look at it as a member all the same.
                ApiError::Forbidden | ApiError::Unauthorized => self.read_again(epoch, team),
                // It may have been done, or the member may be gone.
                _ => self.cache().invalidate(|key| *key == Key::Team(epoch, team)),
            }
        }
        result
    }

    async fn try_to_save(
        self,
        epoch: Epoch,
        team: TeamId,
        member: CoworkerId,
        wish: &Wish,
    ) -> Result<Saved, Unsaved> {
        let client = self.session.client();
        let (cache, key) = (self.cache(), key::team(epoch, team));
        let written = cache.written(&key);
        let newer = read(&client, epoch, team, ProfileDetail::Permissions).await?;
        let now = record(&newer, member);
        let shown = cache.peek(&key);
        let seen = shown.as_deref().and_then(|shown| record(shown, member));
        if let Some(shown) = shown {
            // Another save has landed while this was read, so it may be older than what is known of others.
            let only = (cache.written(&key) != written).then_some(member);
            let mut team = Arc::unwrap_or_clone(shown);
            let joined = refresh(&mut team, newer, only);
            cache.put(&key, team);
            if joined {
                cache.invalidate(|known| *known == key.0);
            }
        }
        let now = now.ok_or(ApiError::NotFound)?;
        let meanwhile = Field::all()
            .filter(|field| wish.get(field).is_none())
            .filter(|field| seen.as_ref().is_some_and(|seen| seen.get(*field) != now.get(*field)));
        let saved = Saved {
            before: wish.keys().map(|field| (*field, now.get(*field))).collect(),
            meanwhile: meanwhile.map(|field| (field, now.get(field))).collect(),
        };
        let Some(written) = merge(wish, &now).map_err(Unsaved::Unwritten)? else { return Ok(saved) };
        let permissions = written.body(member).ok_or(Unsaved::Unwritten(Unwritten::Incomplete))?;
        client.call(epoch, &UpdatePermissions { team, member, permissions: permissions.clone() }).await?;
        if let Some(team) = cache.peek(&key) {
            let mut team = Arc::unwrap_or_clone(team);
            permissions.write_to(&mut team);
            cache.put(&key, team);
        }
        // All but one permission count in every team that the member is in.
        cache.invalidate(|known| matches!(known, Key::Team(..)) && *known != key.0);
        Ok(saved)
    }

    /// Adds people to a team; all of them or nobody.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it. After a time-out or a lost connection they may have
    /// been added all the same; the team is read again in any case.
    pub async fn add_members(self, epoch: Epoch, team: TeamId, members: NewMembers) -> Result<(), ApiError> {
        let result = self.session.client().call(epoch, &AddMembers { team, members }).await.map(|_| ());
        if result != Err(ApiError::WrongIdentity) {
            self.read_again(epoch, team);
        }
        result
    }

    /// Takes a member out of a team.
    ///
    /// # Errors
    /// What the server answered, or why the portal did not send it. After a time-out or a lost connection it may have
    /// been done all the same; the team is read again in any case.
    pub async fn remove_member(self, epoch: Epoch, team: TeamId, member: CoworkerId) -> Result<(), ApiError> {
        let result = self.session.client().call(epoch, &RemoveMember { team, member }).await.map(|_| ());
        if result != Err(ApiError::WrongIdentity) {
            self.read_again(epoch, team);
        }
        result
    }

    /// Who is in a team, for the person of this epoch, to find somebody. It is asked anew each time.
    ///
    /// # Errors
    /// What the server answered.
    pub async fn members_of(self, epoch: Epoch, team: TeamId) -> Result<Team, ApiError> {
        read(&self.session.client(), epoch, team, ProfileDetail::Names).await
    }

    /// Reads a team again that is shown, where it was read so long ago that it may be another by now.
    pub fn look_again_at(self, team: TeamId) {
        self.cache().look_again(&key::team(self.epoch(), team));
    }

    /// Whether a team is being read as a whole, for the person of this epoch. Follows it.
    pub fn is_reading(self, epoch: Epoch, team: TeamId) -> bool {
        self.cache().is_asking(&key::team(epoch, team))
    }

    /// Reads a team and the list of one's teams again.
    fn read_again(self, epoch: Epoch, team: TeamId) {
        self.cache().invalidate(|key| *key == Key::Team(epoch, team));
        self.refetch_lists();
    }
}

/// Reads a team. Whoever is listed twice, as a member and as an administrator, is in it once.
pub(super) async fn read(
    client: &Client,
    epoch: Epoch,
    team: TeamId,
    detail: ProfileDetail,
) -> Result<Team, ApiError> {
    let mut team = client.call(epoch, &TeamProfile { team, detail }).await?;
    let first = Places::of(team.all_team_members.iter().map(|member| member.id));
    let mut place = 0..;
    team.all_team_members.retain(|member| first.get(member.id) == place.next());
    Ok(team)
}

fn record(team: &Team, member: CoworkerId) -> Option<Record> {
    let member = team.all_team_members.iter().find(|one| one.id == member)?;
    Some(Record::of(team, member))
}
