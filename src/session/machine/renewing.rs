//! Renewing one's own session, ahead of its end or because it was refused.

use super::lapsing::lapse;
use super::leaving::nobody_left;
use super::{Effect, Session, State, Stop, acting, own, unwanted};
use crate::api::{ApiError, Millis};
use crate::session::credential::{Credential, Grant};
use crate::session::model::{Own, Why};

/// Seconds until it is tried again, when it did not work and the server did not say how long to wait.
const AGAIN_SECONDS: u32 = 30;

impl Session {
    /// Whether the own session is being renewed.
    pub(super) fn is_renewing(&self) -> bool {
        let own = self.state.own().map(|own| &own.credential.access);
        self.renewing.is_some() && self.renewing.as_ref() == own
    }

    /// When the own session is to be renewed ahead of its end; `None` while nothing waits for that time. After it did not
    /// work it is tried again as long as the bearer lives; then whoever asks for something finds out.
    pub fn renewal_due(&self) -> Option<Millis> {
        let State::SignedIn(own) = &self.state else { return None };
        let Credential { renew_at, expires_at, .. } = &own.credential;
        if self.is_renewing() || !own.credential.is_renewable() {
            return None;
        }
        match (*renew_at, self.renew_again) {
            (Some(due), Some(again)) if *expires_at > Some(again) => Some(due.max(again)),
            (Some(_), Some(_)) => None,
            (due, None) => due,
            (None, Some(_)) => None,
        }
    }
}

pub(super) fn clock(session: &mut Session, now: Millis) -> Vec<Effect> {
    match session.renewal_due() {
        Some(due) if now >= due => {
            let effects = renew(session);
            session.ahead = true;
            effects
        }
        _ => vec![],
    }
}

/// Renews the own session, unless that is under way.
pub(super) fn renew(session: &mut Session) -> Vec<Effect> {
    let Some(own) = session.state.own() else { return vec![] };
    if session.is_renewing() {
        return vec![];
    }
    let credential = own.credential.clone();
    session.renewing = Some(credential.access.clone());
    session.ahead = false;
    vec![Effect::Renew(credential)]
}

pub(super) fn renewed(
    session: &mut Session,
    used: &Credential,
    at: Millis,
    result: Result<Grant, ApiError>,
) -> Vec<Effect> {
    if session.state.proves(used) {
        return own::renewed_to_prove(session, at, result);
    }
    let Some(own) = session.state.own_mut().filter(|own| own.credential.is_the_same(used)) else {
        return unwanted(result);
    };
    session.renewing = None;
    session.renew_again = None;
    match result {
        Ok(grant) => {
            own.credential = own.credential.succeeded_by(grant);
            let mut effects = vec![Effect::Store(own.credential.clone())];
            session.renewed_at = Some(at);
            // What is on its way about the old bearer does not count.
            session.look_wanted |= session.is_looking() || session.adopted.is_some();
            if session.adopted.is_none() {
                effects.extend(speak(session));
            }
            effects
        }
        Err(error) if error.is_no_renewal() => match &session.state {
            State::SignedIn(own) if !lives(session, own, at) => lapse(session),
            State::Stopping(_, Stop { refused: true, name, .. }) => {
                let why = Why::EndedWhileActing(name.clone());
                nobody_left(session, why)
            }
            // Nothing renews it any more. Whether it is over, too, is found out, when it is known which profile it is on.
            _ => {
                session.look_wanted = true;
                if let Some(own) = session.state.own_mut() {
                    own.credential.refresh = None;
                }
                vec![]
            }
        },
        Err(error) => {
            let wait = match error {
                ApiError::Throttled { retry_after: Some(seconds) } => seconds.max(AGAIN_SECONDS),
                _ => AGAIN_SECONDS,
            };
            session.renew_again = Some(at.plus_seconds(u64::from(wait)));
            match session.state {
                State::Stopping(_, Stop { refused: true, .. }) => acting::come_back(session),
                _ => vec![],
            }
        }
    }
}

/// Whether the bearer may be good all the same, when the server refuses to renew it: another tab that began as a copy of
/// this one may have used the refresh token up.
fn lives(session: &Session, own: &Own, at: Millis) -> bool {
    session.ahead && !session.doubted && own.credential.expires_at.is_some_and(|end| at < end)
}

/// The new own session speaks, where nothing else does. Nothing is fetched again: what was refused has waited for it.
fn speak(session: &mut Session) -> Vec<Effect> {
    match &session.state {
        State::Stopping(_, Stop { refused: true, .. }) => acting::come_back(session),
        State::Choosing(..) if session.state.is_switching() => vec![],
        State::SignedIn(own) | State::Choosing(own, _) => vec![Effect::Limit(own.passport(session.epoch))],
        _ => vec![],
    }
}

pub(super) fn adopted(session: &mut Session, used: &Credential, grant: Grant) -> Vec<Effect> {
    let current = session.state.credential().filter(|credential| credential.is_the_same(used));
    // One that nobody wants is the other tab's, and stays so.
    let Some(successor) = current.map(|credential| credential.succeeded_by(grant)) else { return vec![] };
    match &mut session.state {
        State::Proving(proof) => {
            let proof = super::Proof { credential: successor, problem: None, ..proof.clone() };
            session.renewing = None;
            own::prove(session, proof)
        }
        // Nothing of one's own is shown before it is known that this is one's own.
        State::Stopping(_, stop @ Stop { refused: true, .. }) => {
            let back = Some(Box::new(stop.clone()));
            session.renewing = None;
            own::prove(session, super::Proof { back, ..super::Proof::of(successor) })
        }
        state => {
            let Some(own) = state.own_mut() else { return vec![] };
            let before = std::mem::replace(&mut own.credential, successor);
            session.renewing = None;
            session.renew_again = None;
            session.adopted.get_or_insert(before.access);
            session.look_wanted = true;
            vec![]
        }
    }
}
