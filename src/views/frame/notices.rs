//! What the session says, as messages.

use crate::session::use_session;
use crate::signal::effect;
use crate::ui::{Toaster, use_toaster};

/// From here on every notice of the session becomes a message, to the person whom it is for.
pub fn say_notices() {
    let (session, toaster) = (use_session(), use_toaster());
    let (snapshot, notice) = (session.snapshot(), session.notice());
    // What was said was said to somebody else; what their unfinished requests have to say comes after it.
    session.on_change_of_person(move |everything| {
        if everything {
            toaster.clear();
        }
    });
    effect(move || {
        if snapshot.read().person().is_some()
            && let Some(said) = notice.get()
        {
            notice.set(None);
            let say = if said.was_asked_for() { Toaster::say } else { Toaster::tell };
            say(toaster, said.sentence());
        }
    });
}
