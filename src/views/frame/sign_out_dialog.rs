//! "Changes are still being saved"

use crate::markup::{View, view};
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Button, ButtonKind, Dialog};
use crate::views::auth::sign_in::use_sign_in;
use leptos::prelude::*;

/// Asks whoever signs out while something is being saved whether that is given up.
#[component]
pub fn SignOutDialog(
    /// Whether it is asked.
    asking: RwSignal<bool>,
) -> View {
    let sign_in = use_sign_in();
    let stay = Callback::new(move |()| asking.set(false));
    let leave = Callback::new(move |()| sign_in.sign_out());
    view! {
        <Dialog open=Signal::from(asking) title=words::frame::still_saving() about=words::frame::signing_out_gives_up()
            on_close=stay>
            <div class="form__actions cluster">
                <Button kind=ButtonKind::Primary on_press=stay>{words::session::stay_signed_in()}</Button>
                <Button kind=ButtonKind::Danger on_press=leave>{words::frame::sign_out()}</Button>
            </div>
        </Dialog>
    }
}
