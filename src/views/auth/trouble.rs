//! What stands in the way of a form, and until when.

use super::told::Told;
use crate::api::{ApiError, Millis};
use crate::language::{LanguageContext, use_language};
use crate::markup::{IntoView, Listener, View, view};
use crate::session::{SessionContext, use_session};
use crate::signal::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::{AlertKind, Button, ButtonKind, outlive_focus, status};
use crate::views::frame::coded_alert;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// What came of the last try of a form. Whatever it was, what was typed is not touched.
///
/// Where the server asked to wait, the next try is possible when that time is over by the wall clock, not before; where it
/// could not be reached, the return of the network is told.
#[derive(Clone, Copy)]
pub struct Trouble {
    session: SessionContext,
    language: LanguageContext,
    said: RwSignal<Said>,
    until: RwSignal<Option<Millis>>,
    now: RwSignal<Millis>,
    ticking: StoredValue<Option<Interval>>,
}

#[derive(Clone)]
enum Said {
    Nothing,
    Wrong(ApiError, fn(&ApiError) -> String),
    Good(Told),
}

/// The trouble of the form that is made here.
pub fn use_trouble() -> Trouble {
    let trouble = Trouble {
        session: use_session(),
        language: use_language(),
        said: RwSignal::new(Said::Nothing),
        until: RwSignal::new(None),
        now: RwSignal::new(Millis::default()),
        ticking: StoredValue::new(None),
    };
    Listener::new(window().into(), "online", move |_| {
        if matches!(&*trouble.said.read_untracked(), Said::Wrong(ApiError::Offline, _)) {
            trouble.reassure(Told::Words(words::sign_in::back_online));
        }
    })
    .until_cleanup();
    trouble
}

impl Trouble {
    /// Nothing stands in the way any more. What comes of a try is told by the pages of signing in, so they stay as they are.
    pub fn clear(self) {
        self.language.hold();
        self.said.try_set(Said::Nothing);
    }

    /// Nothing is said any more, and there is nothing to wait for.
    pub fn forget(self) {
        self.said.set(Said::Nothing);
        self.until.set(None);
        self.ticking.set_value(None);
    }

    /// This went wrong; `tell` says it, in whatever language is spoken by then. The form may be gone by now.
    pub fn meet(self, error: &ApiError, tell: fn(&ApiError) -> String) {
        if self.said.try_set(Said::Wrong(error.clone(), tell)).is_none()
            && let ApiError::Throttled { retry_after: Some(seconds @ 1..) } = error
        {
            self.pause(*seconds);
        }
    }

    /// This went well.
    pub fn reassure(self, told: Told) {
        self.said.try_set(Said::Good(told));
    }

    fn pause(self, seconds: u32) {
        let now = self.session.client().now();
        self.now.set(now);
        self.until.set(Some(now.plus_seconds(seconds.into())));
        self.ticking.set_value(Some(Interval::new(1_000, move || self.tick())));
    }

    fn tick(self) {
        let now = self.session.client().now();
        self.now.set(now);
        if self.until.get_untracked().is_none_or(|until| now >= until) {
            self.until.set(None);
            self.reassure(Told::Words(words::sign_in::you_can_try_again));
            self.ticking.set_value(None);
        }
    }

    /// The words of a button while one has to wait.
    fn waiting(self) -> Option<String> {
        let left = self.until.get()?.seconds_after(self.now.get());
        Some(match left {
            0..=99 => words::sign_in::try_again_in_seconds(left),
            _ => words::sign_in::try_again_in_minutes(left.div_ceil(60)),
        })
    }
}

/// What came of the last try, announced when it comes.
#[component]
pub fn TroubleNote(
    /// Of which form.
    trouble: Trouble,
) -> View {
    let good = move || match trouble.said.get() {
        Said::Good(told) => Some(told.sentence().into_view()),
        _ => None,
    };
    let wrong = move || match trouble.said.get() {
        Said::Wrong(error, tell) => Some(coded_alert(tell(&error), error.code())),
        _ => None,
    };
    view! {
        {status(AlertKind::Info, good)}
        {wrong}
    }
}

/// The button that tries. While one has to wait it counts down, keeps the focus and does nothing. Whoever was in its form
/// when the answer took that away goes on from the heading.
#[component]
pub fn TryButton(
    /// What it says.
    label: &'static str,
    /// Of which form.
    trouble: Trouble,
    /// Whether a try is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// What a press does; without it the form is submitted.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> View {
    let (kind, submit) = match on_press {
        Some(_) => (ButtonKind::Secondary, false),
        None => (ButtonKind::Primary, true),
    };
    let on_press = on_press.unwrap_or_else(|| Callback::new(|()| {}));
    let waits = move || trouble.until.get().map(|_| words::sign_in::asked_to_wait().to_owned());
    let reason = Signal::derive(waits);
    outlive_focus();
    view! {
        <Button kind submit busy disabled_reason=reason on_press>
            {move || trouble.waiting().unwrap_or_else(|| label.to_owned())}
        </Button>
    }
}
