//! Reads the members of teams, as far as somebody looks at them.

use super::member_loads::{Loads, Wanted};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::signal::{RwSignal, Signal, effect, on_cleanup};
use contract::TeamId;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// Reads what is wanted of these teams, one after the other at the pace of [`Loads`], as long as the page that asks is
/// there and seen.
pub fn use_member_loads(teams: Memo<Arc<Vec<TeamId>>>, wanted: Signal<Wanted>) -> RwSignal<Loads> {
    let loads = RwSignal::new(Loads::default());
    let queries = use_queries();
    let epoch = queries.epoch();
    let again = RwSignal::new(());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let rest = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    effect(move || {
        again.track();
        rest();
        let next = loads.with(|loads| loads.next(&teams.read(), wanted.get()));
        let Some(team) = next.filter(|_| !document().hidden()) else { return };
        let wait = loads.with_untracked(|loads| loads.wait(queries.now()));
        if wait > 0 {
            let wake = set_timeout_with_handle(move || again.set(()), Duration::from_millis(wait));
            timer.set_value(wake.ok());
            return;
        }
        loads.update(|loads| loads.ask(team, queries.now()));
        spawn_local(async move {
            let answer = queries.members_of(epoch, team).await;
            // The page may be gone by now.
            loads.try_update(|loads| loads.answer(team, queries.now(), answer));
        });
    });
    let seen = window_event_listener(ev::visibilitychange, move |_| again.set(()));
    on_cleanup(move || {
        seen.remove();
        rest();
    });
    loads
}
