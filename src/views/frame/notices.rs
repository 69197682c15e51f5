//! What the session says, as messages.

use super::more_time::use_more_time;
use crate::session::{Notice, use_session};
use crate::signal::{Callback, effect};
use crate::ui::{Toaster, use_toaster};
use std::cell::Cell;

/// From here on every notice of the session becomes a message, to the person whom it is for.
pub fn say_notices() {
    let (session, toaster) = (use_session(), use_toaster());
    let (snapshot, notice) = (session.snapshot(), session.notice());
    // What was said was said to somebody else, or as somebody else: then it is still to be known what was not saved. What
    // their unfinished requests have to say comes after it.
    // Somebody may be there already: who was signed in is, before there is more than a skeleton.
    let account = Cell::new(session.account());
    session.on_change_of_person(move |everything| {
        let now = session.account();
        match everything.then(|| account.replace(now)) {
            Some(before) if before.is_some() && before == now => toaster.keep_warnings(),
            Some(_) => toaster.clear(),
            None => {}
        }
    });
    let more_time = use_more_time();
    let ask = Callback::new(move |()| more_time.set(true));
    let mut soon = None;
    effect(move || {
        if snapshot.read().person().is_some()
            && let Some(said) = notice.get()
        {
            notice.set(None);
            // How much time there was is no news beside how much there is.
            let of_time =
                matches!(said, Notice::EndsSoon { .. } | Notice::Extended { .. } | Notice::Ended { .. });
            if let Some(before) = soon.take_if(|_| of_time) {
                toaster.dismiss(before);
            }
            if matches!(said, Notice::EndsSoon { .. }) {
                soon = Some(toaster.offer(said.sentence(), words::frame::stay_longer(), ask));
                return;
            }
            let say = if said.was_asked_for() { Toaster::say } else { Toaster::tell };
            say(toaster, said.sentence());
        }
    });
}
