//! Being nobody again: signing out, here or elsewhere, and a session that is over.

use super::{Effect, Session, State, nobody};
use crate::api::Millis;
use crate::session::ledger::Ledger;
use crate::session::model::Why;
use contract::{AccessToken, UserId};

/// The own session is over, and nobody is asked to sign in again over the page that was shown.
pub(super) fn nobody_left(session: &mut Session, why: Why) -> Vec<Effect> {
    let forget = session.state.credential().map(|credential| Effect::Forget(credential.access.clone()));
    session.drop_own();
    session.awaited = None;
    session.kept = None;
    session.refusals.clear();
    session.former.clear();
    session.state = State::SignedOut(why);
    let mut effects = vec![session.become_somebody(nobody), Effect::Hush, Effect::TellActing];
    effects.extend(forget);
    effects
}

/// The bearers that end with the own session.
fn bearers(session: &Session) -> Vec<AccessToken> {
    let own = session.state.credential().map(|credential| credential.access.clone());
    let before = session.former.iter().chain(&session.adopted).cloned();
    session.state.overlays().into_iter().chain(own).chain(before).collect()
}

/// Signs out, in every tab.
pub(super) fn sign_out(session: &mut Session, why: Why) -> Vec<Effect> {
    let user = session.state.user();
    leave(session, why, user, None)
}

pub(super) fn signed_out_elsewhere(session: &mut Session, whose: UserId, at: Millis) -> Vec<Effect> {
    let before = session.state.credential().is_some_and(|credential| credential.since < at);
    if session.state.user() != Some(whose) || !before {
        return vec![];
    }
    // The other tab has told the other tabs; this one only ends what it alone holds. It may hear of it late, when the person
    // has signed in again and is kept.
    leave(session, Why::OtherTab, None, Some(at))
}

fn leave(
    session: &mut Session,
    why: Why,
    tell_tabs_of: Option<UserId>,
    before: Option<Millis>,
) -> Vec<Effect> {
    let Some(credential) = session.state.credential() else { return vec![] };
    let forget = credential.client_id.clone().map(|client_id| Effect::ForgetPerson(client_id, before));
    let farewell = Effect::Farewell(bearers(session), tell_tabs_of);
    let mut effects = nobody_left(session, why);
    let record = session.record(|ledger| *ledger = Ledger::default());
    effects.push(record);
    effects.extend(forget);
    effects.push(farewell);
    effects
}
