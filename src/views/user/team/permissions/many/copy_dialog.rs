//! "Copy permissions from…"

use crate::markup::{View, view};
use crate::memo::Memo;
use crate::queries::{Field, Value};
use crate::routes::MembersView;
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Button, Dialog, SearchField};
use crate::views::isolated;
use crate::views::user::team::permissions::desk::{Asked, Desk, Wanted};
use crate::views::user::team::permissions::roster::arrange;
use crate::views::user::team::permissions::saving::Aim;
use contract::{CoworkerId, Permission};
use leptos::prelude::*;
use words::{many as say, permissions};

/// Members offered at once; more than that is for typing, not for scrolling.
const OFFERED: usize = 6;

/// Chooses the member whose permissions the selected ones get. Who administers the team is not copied: that is given to
/// one person at a time.
#[component]
pub fn CopyDialog(
    /// What the page shares.
    desk: Desk,
) -> View {
    let open = Signal::derive(move || desk.asked.get() == Some(Asked::CopyFrom));
    view! {
        <Dialog open title=say::copy_from_whom().to_owned() on_close=Callback::new(move |()| desk.close())>
            <Choice desk/>
        </Dialog>
    }
}

#[component]
fn Choice(desk: Desk) -> View {
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let view = MembersView { find: typed.get(), ..MembersView::default() };
        let roster = desk.roster.read();
        let found = roster.as_ref().map(|roster| arrange(roster, &|_, _| None, &view)).unwrap_or_default();
        (found.len(), found.into_iter().take(OFFERED).collect::<Vec<_>>())
    });
    let status = move || match found.read().0 {
        0 => say::nobody_found().to_owned(),
        some if some > OFFERED => say::found_many(some, OFFERED),
        some => say::found(some),
    };
    let row = move |id: CoworkerId| {
        let model = desk.row_untracked(id)?;
        let flags = Permission::ALL.into_iter().zip(model.cells.each_ref().map(|cell| cell.on)).skip(1);
        let fields: Option<Vec<_>> =
            flags.map(|(permission, on)| Some((Field::Permission(permission), Value::Flag(on?)))).collect();
        let refusal = fields.is_none().then(|| say::not_all_known().to_owned());
        let wanted =
            Wanted { aim: Aim::CopyOf(isolated(model.called())), fields: fields.unwrap_or_default() };
        let take = Callback::new(move |()| desk.ask(Asked::Many(wanted.clone())));
        let twin = (!model.twin.is_empty()).then(|| format!(" {}", model.twin));
        Some(view! {
            <li><Button disabled_reason=Signal::stored(refusal) on_press=take><bdi>{model.name}</bdi> {twin}</Button></li>
        })
    };
    view! {
        <div class="form stack">
            <p class="muted">{say::copy_note(permissions::team_administrator())}</p>
            <SearchField label=say::find_to_copy() value=typed/>
            <p class="muted" role="status">{status}</p>
            <ul class="list-plain choices">{move || found.get().1.into_iter().filter_map(row).collect::<View>()}</ul>
            <div class="form__actions"><Button on_press=Callback::new(move |()| desk.close())>{say::cancel()}</Button></div>
        </div>
    }
}
