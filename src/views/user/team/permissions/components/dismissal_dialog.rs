//! "Take the administrator rights from …?"

use crate::markup::{View, view};
use crate::memo::Memo;
use crate::queries::{Field, Value};
use crate::signal::{Callback, Signal};
use crate::ui::{Button, ButtonKind, Dialog};
use crate::views::user::team::permissions::desk::{Asked, Desk};
use contract::Permission;
use leptos::prelude::*;
use words::saving as say;

/// Asks before somebody is no longer an administrator: they could not take it back themselves.
#[component]
pub fn DismissalDialog(
    /// What the page shares.
    desk: Desk,
) -> View {
    let whom = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Dismiss(id)) => Some(id),
        _ => None,
    });
    let name = move || whom.get().map(|id| desk.name(id)).unwrap_or_default();
    let title = Signal::derive(move || say::take_rights_from(&name()));
    let on_close = Callback::new(move |()| desk.close());
    let take = Callback::new(move |()| {
        let whom = whom.get_untracked();
        desk.close();
        if let Some(id) = whom {
            let field = Field::Permission(Permission::TeamAdministrator);
            desk.saving.want(id, field, Some(Value::Flag(true)), Value::Flag(false));
        }
    });
    view! {
        <Dialog open=Signal::derive(move || whom.get().is_some()) title on_close>
            <div class="form stack">
                <p>{say::takes_their_rights()} " " {say::rights_can_come_back()}</p>
                <div class="form__actions cluster">
                    <Button on_press=on_close>{say::cancel()}</Button>
                    <Button kind=ButtonKind::Danger on_press=take>{say::take_rights()}</Button>
                </div>
            </div>
        </Dialog>
    }
}
