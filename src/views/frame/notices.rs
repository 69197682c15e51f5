//! What the session says, as messages.

use crate::session::use_session;
use crate::signal::effect;
use crate::ui::{Toaster, use_toaster};

/// From here on every notice of the session becomes a message, to the person whom it is for.
pub fn say_notices() {
    let (session, toaster) = (use_session(), use_toaster());
    let (snapshot, notice) = (session.snapshot(), session.notice());
    let mut before = None;
    effect(move || {
        let epoch = snapshot.read().epoch;
        // What was said was said to somebody else.
        if before.replace(epoch).is_some_and(|before| before != epoch) {
            toaster.clear();
        }
        if snapshot.read().person().is_some()
            && let Some(said) = notice.get()
        {
            notice.set(None);
            let say = if said.was_asked_for() { Toaster::say } else { Toaster::tell };
            say(toaster, said.sentence());
        }
    });
}
