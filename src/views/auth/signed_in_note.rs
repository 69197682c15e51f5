use crate::markup::{View, view};
use crate::memo::Memo;
use crate::routes::Route;
use crate::session::use_snapshot;
use crate::ui::{AlertKind, status};
use leptos::prelude::*;

/// Says who is signed in on this page already, and that going on signs them out. Nothing where it is nobody, or the very
/// person of this address.
#[component]
pub fn SignedInNote(
    /// Whose the link is, where that is known.
    #[prop(optional_no_strip)]
    whose: Option<String>,
) -> View {
    let snapshot = use_snapshot();
    let other = Memo::new(move |_| {
        let snapshot = snapshot.read();
        let own = snapshot.own.as_ref()?;
        let same = whose.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(&own.email));
        (!same).then(|| own.name.clone())
    });
    status(AlertKind::Warning, move || {
        other.get().map(|name| {
            view! {
                <div class="stack">
                    <p>{words::sign_in::already_signed_in(&name)}</p>
                    <p><a href=Route::Home.href()>{words::sign_in::stay_signed_in(&name)}</a></p>
                </div>
            }
        })
    })
}
