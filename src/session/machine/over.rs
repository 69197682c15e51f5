//! What an event means on the way to being somebody else, meanwhile, and on the way back.

use super::{
    Asking, Choice, Effect, Event, Session, Start, State, acting, choosing, oneself, starting, unwanted,
};
use crate::session::ledger::End;

/// What has to be done after `event` where somebody else plays a part in it.
pub(super) fn over(s: &mut Session, event: Event) -> Vec<Effect> {
    match event {
        Event::Choose(profile, how, to, at) => choosing::choose(s, profile, how, to, at, None),
        Event::Start(request) => starting::start(s, request, None),
        Event::Cancel => starting::cancel(s),
        Event::Return(at) => acting::end(s, at, End::Returned),
        Event::ChangePerson(at) => acting::end(s, at, End::ChangedPerson),
        Event::Raise(at, reason) => acting::raise(s, at, &reason),
        Event::Lower(at) => acting::lower(s, at),
        Event::Extend(reason) => acting::extend(s, reason),
        Event::NotLonger => acting::give_up(s),
        Event::Changed(epoch, at, change) if epoch == s.epoch => acting::changed(s, at, change),
        Event::Unauthorized(epoch, _) if epoch == s.epoch && matches!(s.state, State::Acting(..)) => {
            s.doubted = true;
            acting::doubt(s)
        }
        Event::Clock(now) if matches!(s.state, State::Acting(..)) => acting::clock(s, now),
        Event::Renewed(..) | Event::Adopted(..) if s.state.waits() => meanwhile(s, event),
        Event::Proved(attempt, ..)
        | Event::Switched(attempt, _)
        | Event::TokenFetched(attempt, _)
        | Event::Exchanged(attempt, _)
        | Event::Stopped(attempt, _) => {
            if attempt == s.attempt {
                answered(s, event)
            } else {
                oneself(s, event)
            }
        }
        event => oneself(s, event),
    }
}

/// What waits for one's own session is put aside while something happens to that.
fn meanwhile(s: &mut Session, event: Event) -> Vec<Effect> {
    let trouble = event.trouble();
    let aside = starting::put_aside(s);
    let mut effects = oneself(s, event);
    effects.extend(aside.into_iter().flat_map(|aside| starting::go_on(s, aside, trouble.clone())));
    effects
}

/// The answer to the latest try.
fn answered(s: &mut Session, event: Event) -> Vec<Effect> {
    match event {
        Event::Proved(..) if s.state.waits() => meanwhile(s, event),
        Event::Proved(_, at, result) => match s.state {
            State::Choosing(..) => choosing::proved(s, at, result),
            State::Starting(..) => starting::proved(s, at, result),
            State::Acting(..) => acting::proved(s, at, result),
            _ => vec![],
        },
        Event::Switched(..) if s.state.waits() => vec![],
        Event::Switched(_, result) => choosing::switched(s, result),
        Event::TokenFetched(_, result) => match s.state {
            State::Choosing(_, Choice { exchanged: None, waits: None, .. }) => {
                choosing::token_fetched(s, result)
            }
            State::Starting(_, Start { waits: false, exchanged: None, .. }) => {
                starting::token_fetched(s, result)
            }
            State::Acting(_, _, Asking::Longer { exchanged: None, .. }) => acting::token_fetched(s, result),
            _ => vec![],
        },
        Event::Exchanged(_, result) => match s.state {
            State::Choosing(_, Choice { exchanged: None, waits: None, .. }) => choosing::exchanged(s, result),
            State::Starting(_, Start { waits: false, exchanged: None, .. }) => starting::exchanged(s, result),
            State::Acting(_, _, Asking::Longer { exchanged: None, .. }) => acting::exchanged(s, result),
            _ => unwanted(result),
        },
        Event::Stopped(_, told) => acting::stopped(s, told),
        event => oneself(s, event),
    }
}
