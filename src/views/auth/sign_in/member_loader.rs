//! Reads the members of teams, as far as somebody looks at them.

use super::member_loads::{Loads, Wanted};
use crate::markup::{Listener, Timer};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::signal::{RwSignal, Signal, StoredValue, effect};
use contract::TeamId;
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
    let timer = StoredValue::new(None::<Timer>);
    effect(move || {
        again.track();
        timer.set_value(None);
        let next = loads.with(|loads| loads.next(&teams.read(), wanted.get()));
        let Some(team) = next.filter(|_| !document().hidden()) else { return };
        let wait = loads.with_untracked(|loads| loads.wait(queries.now()));
        if wait > 0 {
            timer.set_value(Some(Timer::new(Duration::from_millis(wait), move || again.set(()))));
            return;
        }
        loads.update(|loads| loads.ask(team, queries.now()));
        spawn_local(async move {
            let answer = queries.members_of(epoch, team).await;
            // The page may be gone by now.
            loads.try_update(|loads| loads.answer(team, queries.now(), answer));
        });
    });
    Listener::new(document().into(), "visibilitychange", move |_| again.set(())).until_cleanup();
    loads
}
