//! What another tab does on behalf of the same account.

use crate::markup::{View, view};
use crate::session::{Elsewhere, use_session, use_snapshot};
use crate::ui::{AlertKind, status};
use leptos::prelude::*;

/// Says that another tab acts as somebody. This tab stays whoever it is.
#[component]
pub fn ElsewhereNote() -> View {
    let session = use_session();
    let (elsewhere, snapshot) = (session.elsewhere(), use_snapshot());
    status(AlertKind::Info, move || {
        let own = snapshot.read().own.clone()?;
        let of_this_account = elsewhere.get().into_iter().filter(|other| other.user == own.user);
        let names: Vec<String> = of_this_account.map(|Elsewhere { name, .. }| name).collect();
        let (others, oneself) = (words::frame::acting_elsewhere(), words::frame::oneself_here());
        (!names.is_empty() && snapshot.read().acting.is_none()).then(|| {
            view! {
                {others.before} <bdi>{names.join(", ")}</bdi> {others.after} " "
                {oneself.before} <bdi>{own.name}</bdi> {oneself.after}
            }
        })
    })
}
