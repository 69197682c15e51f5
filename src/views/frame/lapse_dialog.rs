//! The own session is over: signing in again without leaving the page.

use crate::markup::{View, view};
use crate::memo::Memo;
use crate::session::{Phase, use_session};
use crate::signal::{Callback, Signal};
use crate::ui::Dialog;
use crate::views::auth::sign_in::SignInAgainForm;
use leptos::prelude::*;

/// Lies over whatever is shown, other dialogs too, until the same person has signed in again or signs out. There is no
/// other way out of it: nothing behind it could be sent.
#[component]
pub fn LapseDialog() -> View {
    let snapshot = use_session().snapshot();
    let whose = Memo::new(move |_| {
        let snapshot = snapshot.read();
        let lapsed = matches!(snapshot.phase, Phase::Lapsed(_));
        snapshot.own.as_ref().filter(|_| lapsed).map(|own| own.email.clone())
    });
    let open = Signal::derive(move || whose.read().is_some());
    view! {
        <Dialog open title=words::session::sign_in_again() about=words::session::lapsed()
            on_close=Callback::new(|()| {})>
            {move || whose.get_untracked().map(|email| view! { <SignInAgainForm email/> })}
        </Dialog>
    }
}
