//! Providers, the frame, and which component shows which screen.

use crate::api::{ApiError, BrowserTransport, Client};
use crate::inside::{Inside, Part, Progress, provide_inside, use_inside};
use crate::language::{provide_language, use_language};
use crate::markup::{IntoView, View, live, view};
use crate::memo::Memo;
use crate::queries::provide_location;
use crate::routes::Route;
use crate::screens::{Screen, detour, screen};
use crate::session::{Phase, provide_session, use_session};
use crate::ui::{Alert, Button};
use crate::views::auth::provide_arrival;
use crate::views::auth::sign_in::SignInPage;
use crate::views::frame::{
    Go, LoadingPage, Problem, StartScreen, follow, provide_go, provide_page_focus, use_go,
};

use crate::signal::{Callback, RwSignal, effect};
use crate::{boot, browser_events, panic_screen, settings};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The portal.
#[component]
pub fn App() -> View {
    let session = provide_session(Client::new(Rc::new(BrowserTransport)));
    provide_location(&session.client());
    let language = provide_language();
    provide_page_focus();
    provide_go();
    provide_arrival();
    provide_inside(session);
    panic_screen::attend(session);
    browser_events::listen(session);
    // Nothing is asked of the API before it is known where that is.
    let begun = RwSignal::new(None::<Result<(), ApiError>>);
    let begin = move |settings| {
        session.begin(settings);
        begun.set(Some(Ok(())));
    };
    let start = move || {
        begun.set(None);
        spawn_local(async move {
            match settings::load(&session.client()).await {
                Ok(settings) => begin(settings),
                Err(error) => begun.set(Some(Err(error))),
            }
        });
    };
    settings::ahead().map_or_else(start, begin);
    // Everything that shows words is made anew for another language.
    live(move || match (language.spoken(), begun.get()) {
        (None, _) => View::NOTHING,
        (_, None) => view! { <main class="app-main" id="main"><LoadingPage/></main> },
        // Said on the page's own form, while that stands.
        (_, Some(Err(_))) if boot::delay(start) => View::NOTHING,
        (_, Some(Err(error))) => view! {
            <main class="app-main" id="main">
                <StartScreen>
                    <p>{words::frame::settings_unread()}</p>
                    <Problem error retry=start/>
                </StartScreen>
            </main>
        },
        (_, Some(Ok(()))) => view! { <Frame/> },
    })
}

#[component]
fn Frame() -> View {
    let session = use_session();
    let snapshot = session.snapshot();
    let go = use_go();
    let inside = use_inside();

    let language = use_language();
    let here = go.here();
    let route = Memo::new(move |_| Route::at(&here.read()));
    {
        let snapshot = snapshot.clone();
        let mut was_nobody = false;
        effect(move || {
            let snapshot = snapshot.read();
            let is_somebody = snapshot.person().is_some();
            if let Some(elsewhere) = detour(&snapshot, route.get()) {
                // Whoever was somebody before has opened the form and not signed in.
                let lead = if was_nobody && is_somebody { Go::let_in } else { Go::replace };
                lead(go, &elsewhere);
            }
            was_nobody = !is_somebody && (was_nobody || matches!(snapshot.phase, Phase::SignedOut(_)));
        });
    }
    {
        let goto = session.goto();
        effect(move || {
            if let Some(path) = goto.get() {
                goto.set(None);
                go.to_path(&path);
            }
        });
    }

    // Everything below a person is mounted anew for the next one. What signs in belongs to nobody and stays.
    let shown = {
        let snapshot = snapshot.clone();
        Memo::new(move |_| {
            let snapshot = snapshot.read();
            let screen = screen(&snapshot, route.get());
            let is_outside = matches!(screen, Screen::SignIn | Screen::Loading);
            let epoch = (!screen.is_anybodys()).then_some(snapshot.epoch);
            // What is typed into the form must not be lost when the inside arrives.
            (epoch, (!is_outside).then(|| inside.progress()), screen)
        })
    };
    // Signing in has told all there was to tell, and nothing is going on of it, when a page of somebody's own is there.
    effect(move || {
        if shown.read().2.is_somebodys() {
            language.release();
        }
    });
    // A person who only got another name stays the same person.
    let somebody = Memo::new(move |_| {
        let snapshot = snapshot.read();
        snapshot.person().map(|_| snapshot.epoch)
    });
    view! {
        <div class="app" on:click=move |event| follow(&event, go)>
            <a class="skip-link" href="#main">{words::frame::skip_link()}</a>
            <div class="app-shell">
                {move || inside.part(Part::Banner)}
                {move || somebody.get().and_then(|_| inside.part(Part::Header))}
                <main class="app-main" id="main" tabindex="-1">
                    {move || inside.part(Part::Notes)}
                    {move || {
                        let (_, progress, screen) = shown.get();
                        page(screen, progress, inside)
                    }}
                </main>
                <footer class="app-footer">{move || inside.part(Part::Foot)}</footer>
            </div>
            {move || inside.part(Part::Toasts)}
            {move || inside.part(Part::Dialogs)}
        </div>
    }
}

fn page(screen: Screen, progress: Option<Progress>, inside: Inside) -> View {
    match (screen, progress) {
        (Screen::SignIn, _) => view! { <SignInPage/> },
        (_, None | Some(Progress::OnItsWay)) => view! { <LoadingPage/> },
        (screen, Some(Progress::There)) => inside.part(Part::Page(screen)).into_view(),
        (_, Some(Progress::Failed)) => {
            // Why is not known: perhaps there is a newer portal, without the file that this one asks for.
            let retry = Callback::new(|()| boot::reload());
            view! {
                <StartScreen>
                    <Alert>{words::frame::part_unread()}</Alert>
                    <Button on_press=retry>{words::frame::try_again()}</Button>
                </StartScreen>
            }
        }
    }
}
