//! The little of the machine that signing in takes. It is there before the rest, which the sign-in form does not wait for.

use super::{Effect, Event, Session, State, own};

/// The same as [`super::step`], until one is somebody or nobody again; any other event changes nothing.
pub fn enter(mut session: Session, event: Event) -> (Session, Vec<Effect>) {
    let s = &mut session;
    let effects = match event {
        Event::Restored { found, leaving } => own::restored(s, found, leaving),
        Event::Awaited(attempt) => own::awaited(s, attempt),
        Event::Granted(attempt, credential) if s.takes(attempt) && matches!(s.state, State::SignedOut(_)) => {
            own::begin(s, credential)
        }
        Event::Granted(_, credential) => vec![Effect::Discard(credential.access)],
        Event::Proved(attempt, _, result) if attempt == s.attempt => own::proved(s, result),
        Event::Renewed(used, at, result) if s.state.proves(&used) => own::renewed_to_prove(s, at, result),
        _ => vec![],
    };
    (session, effects)
}
