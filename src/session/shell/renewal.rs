//! Renewing one's own session.

use super::Shell;
use crate::api::ApiError;
use crate::session::machine::Event;
use crate::session::model::{Credential, Grant};
use contract::auth::RefreshGrant;

impl Shell {
    /// Renews a credential, once at a time. Where another tab was quicker, what it has made of it is taken over, and
    /// then it is looked who that is: the other tab may have taken another profile too.
    pub(super) async fn renew(&self, credential: Credential) {
        if self.0.renewing.borrow().as_ref() == Some(&credential) {
            return;
        }
        self.0.renewing.replace(Some(credential.clone()));
        let result = match credential.refresh.clone() {
            Some(_) if self.0.store.successor(&credential).is_some() => Err(ApiError::Unauthorized),
            Some(refresh_token) => {
                let grant = RefreshGrant { client_id: credential.client_id.clone(), refresh_token };
                self.0.client.call_as(None, &grant).await
            }
            None => Err(ApiError::Unauthorized),
        };
        self.0.renewing.replace(None);
        let at = self.0.client.now();
        let refused = matches!(result, Err(ApiError::Unauthorized | ApiError::Rejected(_)));
        match self.0.store.successor(&credential).filter(|_| refused) {
            Some(Credential { access, refresh, expires_at, .. }) => {
                let grant = Grant { access, refresh, expires_at };
                self.dispatch(Event::Renewed(credential, at, Ok(grant)));
                self.dispatch(Event::LookAgain);
            }
            None => {
                let grant = result.map(|reply| Grant::new(reply, at));
                self.dispatch(Event::Renewed(credential, at, grant));
            }
        }
    }
}
