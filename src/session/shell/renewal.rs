//! Renewing one's own session.

use super::Shell;
use crate::api::ApiError;
use crate::session::credential::{Credential, Grant};
use crate::session::locks::lock;
use crate::session::machine::{Event, State};
use contract::auth::{self, RefreshGrant};
use gloo_timers::future::TimeoutFuture;

/// The lock under which tabs renew, one after the other.
const LOCK: &str = "portal.renew";
/// How often, and after how long, a tab looks for what another one has stored: the browser takes a moment to show it here,
/// and on a busy machine a long one.
const LOOKS: usize = 10;
const LOOK_MS: u32 = 50;

impl Shell {
    /// Renews a credential: in one tab at a time, because a refresh token works once. A tab that had to wait takes over
    /// what the first has made of it, and then looks who that is: the other tab may have taken another profile too.
    pub(super) async fn renew(&self, credential: Credential) {
        if self.is_renewing(&credential) {
            return;
        }
        self.0.renewing.replace(Some(credential.clone()));
        // Held until the result is stored, where the next tab finds it.
        let held = lock(LOCK).await;
        // Nobody waits for what is renewed ahead, and all tabs do so at about the same time.
        let ahead = credential.expires_at.is_some_and(|end| end > self.0.client.now());
        self.renew_alone(&credential, if held.waited || ahead { LOOKS } else { 1 }).await;
        drop(held);
        if self.is_renewing(&credential) {
            self.0.renewing.replace(None);
        }
    }

    fn is_renewing(&self, credential: &Credential) -> bool {
        self.0.renewing.borrow().as_ref().is_some_and(|one| one.is_the_same(credential))
    }

    /// Whether somebody is, or is to be, who they are by this credential.
    fn is_in_use(&self, credential: &Credential) -> bool {
        self.0.session.borrow().state.credential().is_some_and(|one| one.is_the_same(credential))
    }

    async fn renew_alone(&self, credential: &Credential, looks: usize) {
        // The lock takes its time. Whoever has signed out meanwhile is not given a new session.
        if !self.is_in_use(credential) || self.adopt_soon(credential, looks).await {
            return;
        }
        let named = credential.client_id.clone().zip(credential.refresh.clone());
        let Some((client_id, refresh_token)) = named else {
            return self.renewed(credential, Err(ApiError::Unauthorized));
        };
        let mut grant = RefreshGrant { client_id, refresh_token };
        let mut result = self.0.client.call_as(None, &grant).await;
        if matches!(&result, Err(error) if error.is_no_renewal()) {
            // Another tab may have been quicker all the same: the browser need not have locks.
            if self.adopt_soon(credential, LOOKS).await {
                return;
            }
            // Nobody says what a session is bound to that was exchanged for a token.
            if let Some(other) = auth::other_client_id(&grant.client_id)
                && self.is_in_use(credential)
            {
                grant.client_id = other;
                result = self.0.client.call_as(None, &grant).await;
            }
        }
        let client_id = Some(grant.client_id);
        let now = self.0.client.now();
        self.renewed(credential, result.map(|reply| Grant { client_id, ..Grant::new(reply, now) }));
    }

    fn renewed(&self, credential: &Credential, result: Result<Grant, ApiError>) {
        self.dispatch(Event::Renewed(credential.clone(), self.0.client.now(), result));
    }

    /// Looks whether the person has signed in again in another tab.
    pub(super) fn seek(&self, lapsed: &Credential) {
        if let Some(found) = self.0.store.another(lapsed) {
            self.dispatch(Event::Found(found));
        }
    }

    /// The same, whenever there may be something to find.
    pub(in crate::session) fn seek_again(&self) {
        let lapsed = match &self.0.session.borrow().state {
            State::Lapsed(own, None) if own.credential.keep => own.credential.clone(),
            _ => return,
        };
        self.seek(&lapsed);
    }

    /// The same as [`Shell::adopt`], for as long as so many looks take. Only what is kept can be another tab's, too.
    async fn adopt_soon(&self, credential: &Credential, looks: usize) -> bool {
        for look in 0..if credential.keep { looks } else { 1 } {
            if look > 0 {
                TimeoutFuture::new(LOOK_MS).await;
            }
            if self.adopt(credential) {
                return true;
            }
        }
        false
    }

    /// Takes over what another tab has made of this credential, if one has.
    fn adopt(&self, credential: &Credential) -> bool {
        let Some(newer) = self.0.store.successor(credential) else { return false };
        let Credential { access, refresh, expires_at, renew_at, client_id, .. } = newer;
        let grant = Grant { access, refresh, expires_at, renew_at, client_id };
        self.dispatch(Event::Adopted(credential.clone(), grant));
        true
    }
}
