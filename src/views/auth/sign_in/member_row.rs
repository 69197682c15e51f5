//! A team member whom one can act as.

use super::candidates::Candidate;
use super::use_sign_in::use_sign_in;
use crate::markup::{View, view};
use crate::session::Target;
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Avatar, Button};
use leptos::prelude::*;
use words::{Around, profiles};

/// The member, and the button that asks how to act as them; where that cannot be, the button says why.
#[component]
pub fn MemberRow(
    /// The member.
    one: Candidate,
    /// What tells the member from others.
    meta: Signal<String>,
    /// What the name is followed by where it does not do.
    twin: Signal<String>,
    /// Whom the person wants to act as.
    target: RwSignal<Option<Target>>,
) -> View {
    let sign_in = use_sign_in();
    let Candidate { id, name, active, .. } = one;
    let refused = Signal::derive(move || sign_in.refusal(id, active));
    let start = {
        let name = name.clone();
        Callback::new(move |()| target.set(Some(Target { id, name: name.clone() })))
    };
    let Around { before, after } = profiles::sign_in_as();
    view! {
        <div class="member-row">
            <div class="member-row__who">
                <Avatar name=name.clone()/>
                <div>
                    <p class="member-row__name"><bdi>{name.clone()}</bdi></p>
                    <p class="member-row__meta muted">{meta}</p>
                </div>
            </div>
            <Button disabled_reason=refused on_press=start>
                <span>{before} <bdi>{name}</bdi> {twin} {after}</span>
            </Button>
        </div>
    }
}
