//! What somebody would be offered.

use super::draft::Draft;
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::signal::RwSignal;
use crate::ui::{Icon, IconName};
use crate::views::user::team::permissions::preview::offers;
use contract::Permission;
use leptos::prelude::*;
use words::saving as say;

/// What the portal would offer the member with the switches of the draft, without acting as them.
#[component]
pub fn OfferList(
    /// The switches.
    draft: RwSignal<Option<Draft>>,
) -> View {
    let offers = Memo::new(move |_| {
        let flags = draft.with(|draft| draft.as_ref().map(|draft| draft.flags)).unwrap_or_default();
        let known =
            Permission::ALL.into_iter().zip(flags).filter_map(|(permission, on)| Some((permission, on?)));
        offers(&known.collect())
    });
    let row = |what: &'static str, offered: Option<bool>| {
        let (class, icon, around) = match offered {
            Some(true) => ("offer offer--on", IconName::Check, say::offered()),
            Some(false) => ("offer", IconName::Close, say::not_offered()),
            None => ("offer", IconName::Info, say::not_known()),
        };
        view! {
            <li class=class>
                <Icon name=icon/>
                <span><span class="offer__word">{around.before}</span>{what}<span class="offer__word">{around.after}</span></span>
            </li>
        }
    };
    view! {
        <ul class="list-plain offers">
            {move || offers.get().into_iter().map(|offer| row(offer.what, offer.offered)).collect::<View>()}
        </ul>
    }
}
