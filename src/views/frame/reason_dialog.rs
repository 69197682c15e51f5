//! A dialog that asks why.

use super::coded_alert::coded_alert;
use crate::markup::{View, view};
use crate::session::{Failure, Reason};
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Button, ButtonKind, Dialog};
use crate::views::reason::{ReasonField, TypedReason};
use leptos::prelude::*;

/// Gives a reason on, and never an empty one. Closing it without a press on the action gives none.
#[component]
pub fn ReasonDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The question.
    title: String,
    /// What it means.
    text: &'static str,
    /// The words on the button.
    action: &'static str,
    /// Receives the reason.
    on_reason: Callback<Reason>,
    /// Whether what was asked for is still under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it did not work.
    #[prop(optional, into)]
    failure: Signal<Option<Failure>>,
) -> View {
    let title = Signal::stored(title);
    let on_close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open title about=text on_close>
            <Form action on_reason busy failure on_close/>
        </Dialog>
    }
}

#[component]
fn Form(
    action: &'static str,
    on_reason: Callback<Reason>,
    busy: Signal<bool>,
    failure: Signal<Option<Failure>>,
    on_close: Callback<()>,
) -> View {
    let typed = TypedReason::new(String::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(reason) = typed.take().filter(|_| !busy.get_untracked()) {
            on_reason.run(reason);
        }
    };
    view! {
        <form class="form stack" on:submit=submit novalidate>
            {move || failure.get().map(|failure| coded_alert(failure.sentence(), failure.code()))}
            <ReasonField typed/>
            <div class="form__actions cluster">
                <Button on_press=on_close>{words::frame::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{action}</Button>
            </div>
        </form>
    }
}
