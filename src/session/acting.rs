//! One person acting as another: the value, and the time it has.

use super::credential::ActingCredential;
use super::identity::Identity;
use super::model::{Own, StartRequest};
use crate::api::{Access, Epoch, Limits, Millis, Passport};
use contract::CoworkerId;

/// The time left at which the person is told, in seconds: soon enough to save, and the last call.
const WARNINGS: [u64; 2] = [60, 300];

/// One person acting as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// Who the server says the session is.
    pub identity: Identity,
    /// The session.
    pub credential: ActingCredential,
    /// What was asked for.
    pub request: StartRequest,
    /// How much may be done now.
    pub access: Access,
    /// When it ends at the latest.
    pub deadline: Millis,
    /// One's own profile when it began: it may be changed elsewhere meanwhile.
    pub left: CoworkerId,
    /// The warning that was given last.
    warned: Option<u64>,
}

/// The earliest of the cap from now on, the end of the session and the end of the person's own session.
fn deadline(own: &Own, credential: &ActingCredential, minutes: u32, at: Millis) -> Millis {
    let cap = at.plus_seconds(u64::from(minutes) * 60);
    [credential.expires_at, own.credential.expires_at].into_iter().flatten().fold(cap, Millis::min)
}

/// The warning that belongs to a time left.
fn warning(seconds: u64) -> Option<u64> {
    WARNINGS.into_iter().find(|mark| seconds <= *mark)
}

impl Acting {
    /// Begins at `at` with a session that was proved.
    pub fn begin(
        own: &Own,
        request: StartRequest,
        credential: ActingCredential,
        identity: Identity,
        at: Millis,
    ) -> Self {
        let deadline = deadline(own, &credential, request.minutes, at);
        let (access, warned) = (request.access, warning(deadline.seconds_after(at)));
        Self { identity, credential, request, access, deadline, left: own.identity.profile, warned }
    }

    /// Whether `identity` is that of the person acted as, on the profile whose pages are shown.
    pub fn is(&self, identity: &Identity) -> bool {
        let same = identity.user == self.identity.user && identity.profile == self.identity.profile;
        same && identity.holds(self.request.target.id)
    }

    /// Whether going on with this session at `at` would give more time.
    pub fn gains(&self, own: &Own, credential: &ActingCredential, at: Millis) -> bool {
        deadline(own, credential, self.request.minutes, at) > self.deadline
    }

    /// Goes on with a newer session of the same person; gives the older one back.
    pub fn extend(
        &mut self,
        own: &Own,
        credential: ActingCredential,
        identity: Identity,
        at: Millis,
    ) -> ActingCredential {
        self.deadline = deadline(own, &credential, self.request.minutes, at);
        self.warned = warning(self.deadline.seconds_after(at));
        self.identity = identity;
        std::mem::replace(&mut self.credential, credential)
    }

    /// The time left in seconds, when the person has to be told of it now. Each warning is given once.
    pub fn warning(&mut self, now: Millis) -> Option<u64> {
        let left = self.deadline.seconds_after(now);
        let due = warning(left);
        let given = std::mem::replace(&mut self.warned, due);
        (due.is_some() && due != given).then_some(left)
    }

    /// What the client may send as this person.
    pub fn passport(&self, epoch: Epoch) -> Passport {
        Passport {
            epoch,
            bearer: Some(self.credential.access.clone()),
            limits: Some(Limits { access: self.access, deadline: self.deadline }),
        }
    }
}
