//! Who one is acting as, on every page, and the way back.

use super::more_time::use_more_time;
use super::reason_dialog::ReasonDialog;
use super::tab_icon::follow_person;
use crate::api::Access;
use crate::markup::{View, live, view};
use crate::memo::Memo;
use crate::session::{ActingView, Goal, duration};
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Banner, Button, ButtonKind, Icon, IconName, VisuallyHidden};
use crate::views::auth::sign_in::use_sign_in;
use leptos::prelude::*;
use std::mem;
use words::frame;

/// The time left, in seconds, from which on it is shown as urgent.
const SOON: u64 = 300;

/// The first thing on every page while one acts as another person. It reads the credential in use, not a flag.
#[component]
pub fn ActingBanner() -> View {
    let snapshot = use_sign_in().snapshot();
    follow_person(snapshot);
    // Mounted once per person: what changes meanwhile (the time, the access) moves no focus.
    let acting = Memo::new(move |_| {
        let snapshot = snapshot.read();
        snapshot.acting.as_ref().map(|acting| (snapshot.epoch, acting.name.clone()))
    });
    live(move || acting.get().map(|(_, name)| view! { <Shown name/> }))
}

#[component]
fn Shown(name: String) -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let now = sign_in.now();
    let acting = move || snapshot.read().acting.clone();
    let left = Memo::new(move |_| acting().map_or(0, |acting| acting.deadline.seconds_after(now.get())));
    let full = Memo::new(move |_| acting().is_some_and(|acting| acting.access == Access::Full));
    let label = move || acting().map(|ActingView { access, .. }| access.label());
    let reason = snapshot.get_untracked().acting.as_ref().map(|acting| acting.reason.clone());
    let (around, who) = (frame::acting_as(), name.clone());
    let (raising, extending) = (RwSignal::new(false), use_more_time());
    // What was asked for was asked for somebody else.
    extending.set(false);
    let change_access =
        Callback::new(
            move |()| if full.get_untracked() { sign_in.lower_access() } else { raising.set(true) },
        );
    view! {
        <Banner label=frame::impersonation()>
            // A browser that translates a page puts texts of its own in the place of these, which would then stay as they were:
            // "View only" after changes were allowed.
            <div class="acting" translate="no">
                <Icon name=IconName::Swap/>
                <p class="acting__who">{around.before} <bdi>{who}</bdi> {around.after}</p>
                <p class="acting__access"><VisuallyHidden>{frame::access_label()} " "</VisuallyHidden>{label}</p>
                <p class="acting__time" class:acting__time--soon=move || left.get() <= SOON>
                    {move || frame::time_left(&duration(left.get()))}
                </p>
                <p class="acting__reason"><VisuallyHidden>{frame::reason_label()} " "</VisuallyHidden><bdi>{reason}</bdi></p>
                <div class="acting__ways cluster">
                    <Button kind=ButtonKind::Quiet on_press=change_access>
                        {move || if full.get() { frame::view_only_again() } else { frame::allow_changes() }}
                    </Button>
                    <Button kind=ButtonKind::Quiet on_press=Callback::new(move |()| extending.set(true))>{frame::stay_longer()}</Button>
                    <Button kind=ButtonKind::Quiet on_press=Callback::new(move |()| sign_in.change_person())>{frame::change_person()}</Button>
                    <Button kind=ButtonKind::Primary on_press=Callback::new(move |()| sign_in.return_to_my_account())>
                        {frame::return_to_my_account()}
                    </Button>
                </div>
            </div>
        </Banner>
        <AllowChanges name=name.clone() open=raising/>
        <StayLonger name open=extending/>
    }
}

/// Asks why changes are needed.
#[component]
fn AllowChanges(name: String, open: RwSignal<bool>) -> View {
    let sign_in = use_sign_in();
    let on_reason = Callback::new(move |reason| {
        open.set(false);
        sign_in.raise_access(reason);
    });
    view! {
        <ReasonDialog open title=frame::allow_changes_as(&name) action=frame::allow_changes() on_reason
            text=frame::allow_changes_text()/>
    }
}

/// Asks why more time is needed, and stays open until there is more or it is clear that there is none.
#[component]
fn StayLonger(name: String, open: RwSignal<bool>) -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let asked = RwSignal::new(false);
    let busy = Memo::new(move |_| snapshot.read().acting.as_ref().is_some_and(|acting| acting.extending));
    let failure = Signal::derive(move || {
        let failure = snapshot.read().failure.clone()?;
        (asked.get() && matches!(failure.goal, Goal::StayLonger(_))).then_some(failure)
    });
    let mut was = false;
    effect(move || {
        let is = busy.get();
        if mem::replace(&mut was, is) && !is && snapshot.read_untracked().failure.is_none() {
            open.set(false);
        }
    });
    effect(move || {
        if !open.get() {
            asked.set(false);
            if busy.get_untracked() {
                sign_in.not_longer();
            }
        }
    });
    let on_reason = Callback::new(move |reason| {
        asked.set(true);
        sign_in.extend(reason);
    });
    view! {
        <ReasonDialog open title=frame::stay_longer_as(&name) action=frame::stay_longer() on_reason busy failure
            text=frame::stay_longer_text()/>
    }
}
