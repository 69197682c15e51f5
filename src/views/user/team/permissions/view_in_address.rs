//! What is shown, and the address that says so.

use crate::markup::Timer;
use crate::memo::Memo;
use crate::routes::{MembersView, Route};
use crate::signal::{RwSignal, StoredValue, effect};
use crate::views::frame::use_go;
use contract::TeamId;
use leptos::prelude::*;
use std::time::Duration;

/// After how long without typing the address follows. Browsers stop listening to pages that change it with every key.
const PAUSE: Duration = Duration::from_millis(250);

/// What is shown of a team: as the address says at first and whenever one goes elsewhere in the history, and with the
/// address following what is changed on the page.
pub(super) fn use_view_in_address(
    team: TeamId,
    address: Memo<Option<TeamId>>,
    said: Memo<MembersView>,
) -> RwSignal<MembersView> {
    let go = use_go();
    let view = RwSignal::new(said.get_untracked());
    let waiting = StoredValue::new(None::<Timer>);
    effect(move || {
        let said = said.get();
        waiting.set_value(None);
        if view.with_untracked(|view| *view != said) {
            view.set(said);
        }
    });
    effect(move || {
        let wanted = view.get();
        waiting.set_value(None);
        if said.with_untracked(|said| *said == wanted) {
            return;
        }
        let follow = move || {
            // Without a team in the address it stays without.
            let team = address.get_untracked().map(|_| team);
            go.restate(&Route::TeamPermissions(team, wanted));
        };
        waiting.set_value(Some(Timer::new(PAUSE, follow)));
    });
    view
}
