//! "Take the administrator rights from …?"

use super::super::saving::Saving;
use crate::ui::{Button, ButtonKind, Dialog};
use contract::{CoworkerId, Permission};
use leptos::prelude::*;

/// Asks before somebody is no longer an administrator: they could not take it back themselves.
#[component]
pub fn DismissalDialog(
    /// Whom it is about; set it to open the dialog.
    dismissed: RwSignal<Option<(CoworkerId, String)>>,
    /// Receives what is wanted.
    saving: Saving,
) -> impl IntoView {
    let open = Signal::derive(move || dismissed.read().is_some());
    let name = move || dismissed.get().map(|(_, name)| name).unwrap_or_default();
    let title = Signal::derive(move || format!("Take the administrator rights from {}?", name()));
    let on_close = Callback::new(move |()| dismissed.set(None));
    let take = Callback::new(move |()| {
        if let Some((id, _)) = dismissed.get_untracked() {
            dismissed.set(None);
            saving.want(id, Permission::TeamAdministrator, false);
        }
    });
    view! {
        <Dialog open title on_close>
            <div class="form stack">
                <p>"They will no longer see and change the permissions of this team, or act as its members. Another administrator can give the rights back."</p>
                <div class="form__actions cluster">
                    <Button on_press=on_close>"Cancel"</Button>
                    <Button kind=ButtonKind::Danger on_press=take>"Take the rights"</Button>
                </div>
            </div>
        </Dialog>
    }
}
