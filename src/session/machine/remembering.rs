//! What was done as others, found again after the page was loaded anew.

use super::{Effect, Session};
use crate::api::Millis;
use crate::session::ledger::Ledger;
use crate::session::notice::Notice;

pub(super) fn remembered(session: &mut Session, found: Ledger, at: Millis) -> Vec<Effect> {
    let Some(user) = session.state.own().map(|own| own.identity.user) else { return vec![] };
    if session.ledger.is_of(user) {
        // What was done since is there already.
        return vec![];
    }
    let mut was_acting = None;
    let record = session.record(|ledger| {
        *ledger = found;
        was_acting = ledger.take_over(user, at);
    });
    let reloaded = was_acting.map(|name| Effect::Say(Notice::Reloaded(name)));
    [record].into_iter().chain(reloaded).collect()
}
