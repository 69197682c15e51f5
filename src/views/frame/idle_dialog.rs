//! Nobody seems to use the portal: are they still there?

use crate::markup::{View, view};
use crate::memo::Memo;
use crate::session::{duration, use_session};
use crate::signal::{Callback, Signal};
use crate::ui::{Button, ButtonKind, Dialog};
use crate::views::auth::sign_in::use_sign_in;
use leptos::prelude::*;

/// Counts the seconds down until the person is signed out, unless they say that they are still there, here or in another
/// of their tabs.
#[component]
pub fn IdleDialog() -> View {
    let (session, sign_in) = (use_session(), use_sign_in());
    let (unused, now) = (session.unused(), session.now());
    let left = {
        let unused = unused.clone();
        Memo::new(move |_| unused.get().map_or(0, |until| until.seconds_after(now.get())))
    };
    let open = Signal::derive(move || unused.read().is_some());
    let stay = Callback::new(move |()| session.stay());
    let leave = Callback::new(move |()| sign_in.sign_out());
    view! {
        <Dialog open title=words::session::still_there() about=words::session::signed_out_soon() on_close=stay>
            <div class="stack">
                <p role="timer">{move || words::frame::time_left(&duration(left.get()))}</p>
                // The first takes the focus: a key that was meant for the page must not sign out.
                <div class="form__actions cluster">
                    <Button kind=ButtonKind::Primary on_press=stay>{words::session::stay_signed_in()}</Button>
                    <Button on_press=leave>{words::frame::sign_out()}</Button>
                </div>
            </div>
        </Dialog>
    }
}
