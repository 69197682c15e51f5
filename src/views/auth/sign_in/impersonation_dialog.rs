//! "Sign in as …?": the reason and the access, asked before every impersonation.

use super::use_sign_in::use_sign_in;
use crate::api::{Access, ApiError};
use crate::markup::{View, view};
use crate::queries::use_queries;
use crate::session::{Cause, Failure, Goal, Power, Target, use_session};
use crate::signal::{Callback, RwSignal, Signal, on_cleanup};
use crate::ui::{Button, ButtonKind, Dialog, RadioGroup, RadioOption};
use crate::views::frame::coded_alert;
use crate::views::reason::{ReasonField, TypedReason};
use leptos::prelude::*;
use words::frame;

const VIEW_ONLY: &str = "view";
const FULL: &str = "full";

/// Opens while `target` holds somebody. Closing it, by whichever way, starts nothing.
#[component]
pub fn ImpersonationDialog(
    /// As whom; set it to open the dialog.
    target: RwSignal<Option<Target>>,
    /// By which right.
    #[prop(optional)]
    power: Power,
    /// What they are called, where somebody else has the same name.
    #[prop(optional, into)]
    called: Signal<Option<String>>,
) -> View {
    let sign_in = use_sign_in();
    let minutes = use_session().settings().acting_minutes;
    let open = Signal::derive(move || target.read().is_some());
    let title = Signal::derive(move || {
        let name = target.get().map(|target| target.name);
        called.get().or(name).map(|name| frame::sign_in_as(&name)).unwrap_or_default()
    });
    // Leaving the page is giving up too. Once one acts, there is nothing to give up any more.
    on_cleanup(move || sign_in.cancel());
    let queries = use_queries();
    let asked = RwSignal::new(false);
    // Of what was asked here: the session also keeps why something else did not happen.
    let failure = Signal::derive(move || {
        sign_in.failure().get().filter(|failure| asked.get() && matches!(failure.goal, Goal::ActAs(_)))
    });
    let on_close = Callback::new(move |()| {
        sign_in.cancel();
        target.set(None);
        let failure = failure.get_untracked();
        asked.set(false);
        if failure.is_some_and(|failure| failure.cause == Cause::NotAllowed(ApiError::Forbidden)) {
            // What the person may do is no longer what these pages were read with.
            queries.refetch();
        }
    });
    view! {
        <Dialog open title about=frame::sign_in_as_text(minutes) on_close>
            <Form target power asked failure on_close/>
        </Dialog>
    }
}

#[component]
fn Form(
    target: RwSignal<Option<Target>>,
    power: Power,
    asked: RwSignal<bool>,
    failure: Signal<Option<Failure>>,
    on_close: Callback<()>,
) -> View {
    let sign_in = use_sign_in();
    // Whoever only changes the person goes on for the same reason.
    let kept = sign_in.snapshot().get_untracked();
    let kept = kept.kept.as_ref().map(|kept| kept.reason.as_str().to_owned());
    let typed = TypedReason::new(kept.unwrap_or_default());
    let access = RwSignal::new(VIEW_ONLY);
    let busy = sign_in.is_starting();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (Some(reason), Some(target)) = (typed.take(), target.get_untracked()) else { return };
        asked.set(true);
        let access = if access.get_untracked() == FULL { Access::Full } else { Access::ViewOnly };
        sign_in.impersonate(target, power, reason, access);
    };
    view! {
        <form class="start-dialog form stack" on:submit=submit novalidate>
            {move || failure.get().map(|failure| coded_alert(failure.sentence(), failure.code()))}
            <ReasonField typed hint=frame::reason_hint()/>
            <RadioGroup legend=frame::access() selected=access options=vec![
                RadioOption {
                    value: VIEW_ONLY,
                    label: Access::ViewOnly.label().into(),
                    hint: frame::view_only_text().into(),
                },
                RadioOption {
                    value: FULL,
                    label: Access::Full.label().into(),
                    hint: frame::full_access_text().into(),
                },
            ]/>
            <div class="form__actions cluster">
                <Button on_press=on_close>{frame::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{frame::start()}</Button>
            </div>
        </form>
    }
}
