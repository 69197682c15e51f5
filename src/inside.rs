//! What only a person who is somebody sees. In a release build it is a second file of WebAssembly, fetched as soon as the
//! sign-in form is there, which does not wait for it.

use crate::language::intl::install_format;
use crate::language::{LanguagePicker, use_language};
use crate::markup::{View, view};
use crate::queries::{provide_queries, use_location};
use crate::screens::Screen;
use crate::session::{SessionContext, use_session};
use crate::signal::{RwSignal, effect};
use crate::ui::{Skeleton, ToastRegion, hear_no_press_elsewhere, provide_toaster, show_reasons, use_toaster};
use crate::views::auth::WayInPage;
use crate::views::auth::sign_in::{ProfileSelectionPage, provide_settling};
use crate::views::frame::{
    ActingBanner, ElsewhereNote, ExitSummary, Header, IdleDialog, LapseDialog, LoadingPage, Page,
    ProofScreen, provide_exit_summary, provide_more_time, provide_staying, say_notices,
};
use crate::views::history::HistoryPage;
use crate::views::home::HomePage;
use crate::views::not_found::NotFoundPage;
use crate::views::operator::CustomersPage;
use crate::views::user::team::permissions::{TeamPermissionsPage, provide_saving};
use crate::{boot, panic_screen};
use contract::location::{Configuration, default_language};
use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A part of the inside.
pub(crate) enum Part {
    /// What has to be there before any other part.
    Ground,
    Banner,
    Header,
    Notes,
    Foot,
    Toasts,
    Dialogs,
    Page(Screen),
}

/// How far the inside has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    OnItsWay,
    There,
    Failed,
}

/// The inside as a context.
#[derive(Clone, Copy)]
pub(crate) struct Inside(RwSignal<Progress>);

/// Starts to fetch the inside, and provides it as a context.
pub(crate) fn provide_inside(session: SessionContext) {
    let inside = Inside(RwSignal::new(Progress::OnItsWay));
    let root = Owner::current();
    provide_context(inside);
    spawn_local(async move {
        boot::settled().await;
        let fetched = fetch().await.is_ok();
        if !fetched {
            session.do_without();
        } else if let Some(root) = root {
            let _ = root.with(|| part(Part::Ground).now_or_never());
        }
        inside.0.set(if fetched { Progress::There } else { Progress::Failed });
    });
}

/// The inside.
pub(crate) fn use_inside() -> Inside {
    expect_context()
}

impl Inside {
    pub(crate) fn progress(self) -> Progress {
        self.0.get()
    }

    /// A part, as soon as the inside is there.
    pub(crate) fn part(self, which: Part) -> Option<View> {
        if self.progress() != Progress::There {
            return None;
        }
        // What is there answers at once.
        part(which).now_or_never()?.ok()
    }
}

fn make(part: Part) -> View {
    match part {
        Part::Ground => {
            boot::forget_token();
            install_format();
            use_language().attend();
            follow_location(use_session());
            show_reasons();
            hear_no_press_elsewhere();
            provide_toaster();
            provide_more_time();
            say_notices();
            use_session().learn();
            panic_screen::attend_to(SessionContext::acts_from);
            provide_queries(use_session());
            provide_saving();
            provide_staying();
            provide_settling();
            provide_exit_summary();
            View::NOTHING
        }
        Part::Banner => view! { <ActingBanner/> },
        Part::Header => view! { <Header/> },
        Part::Notes => view! { <ElsewhereNote/><ExitSummary/> },
        Part::Foot => view! { <LanguagePicker/> },
        Part::Toasts => view! { <ToastRegion/> },
        Part::Dialogs => view! { <LapseDialog/><IdleDialog/> },
        Part::Page(screen) => {
            use_toaster().go_on();
            match screen {
                Screen::Loading | Screen::SignIn => view! { <LoadingPage/> },
                Screen::Returning => {
                    view! { <Page title=words::frame::returning()><Skeleton lines=6/></Page> }
                }
                Screen::WayIn(way, next) => view! { <WayInPage way next/> },
                Screen::Proof(error) => view! { <ProofScreen error/> },
                Screen::Profiles(next) => view! { <ProfileSelectionPage next/> },
                Screen::Home => view! { <HomePage/> },
                Screen::TeamPermissions => view! { <TeamPermissionsPage/> },
                Screen::History => view! { <HistoryPage/> },
                Screen::Customers => view! { <CustomersPage/> },
                Screen::NotFound => view! { <NotFoundPage/> },
            }
        }
    }
}

/// Whoever has not chosen a language hears the location's, as soon as it is known.
fn follow_location(session: SessionContext) {
    let (location, language) = (use_location(), use_language());
    effect(move || {
        if let Some(Ok(place)) = location.get()
            && language.begins_to_follow()
        {
            spawn_local(async move {
                // Without its settings the place still says what it speaks.
                let settings = session.client().call_as(None, &Configuration).await.unwrap_or_default();
                if let Some(tag) = default_language(&settings, Some(&place)) {
                    language.follow_location(tag);
                }
            });
        }
    });
}

#[cfg(split)]
use split::{fetch, part};

#[cfg(split)]
mod split {
    use super::{Part, View};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(inside, fallible, preload(fetch))]
    pub(super) fn part(part: Part) -> Result<View, SplitLoaderError> {
        Ok(super::make(part))
    }
}

/// A development build is one file.
#[cfg(not(split))]
async fn fetch() -> Result<(), std::convert::Infallible> {
    Ok(())
}

#[cfg(not(split))]
async fn part(part: Part) -> Result<View, std::convert::Infallible> {
    Ok(make(part))
}
