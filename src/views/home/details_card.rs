//! Who one is.

use super::details_dialog::DetailsDialog;
use crate::api::Access;
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::session::{Identity, use_snapshot};
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::Button;
use crate::views::auth::sign_in::listed;
use crate::views::kind_name;
use leptos::prelude::*;
use words::home;

/// What stands on the person's record, as the server last said it, and the way to change it.
#[component]
pub fn DetailsCard(
    /// Who it is.
    person: Memo<Identity>,
) -> View {
    let open = RwSignal::new(false);
    let snapshot = use_snapshot();
    let refused = Signal::derive(move || {
        let viewing = snapshot.read().acting.as_ref().is_some_and(|acting| acting.access == Access::ViewOnly);
        viewing.then(|| home::only_viewing(words::frame::allow_changes()))
    });
    let facts = move || {
        let twin = person.with(|person| listed(person, &[])).into_iter().find(|it| it.current && it.has_twin);
        let Identity { name, kind, company, email, location, .. } = person.get();
        let name = twin.map_or(name, |twin| twin.target().name);
        let kind = kind.map(kind_name).unwrap_or_default().to_owned();
        let facts = [
            (home::profile(), name),
            (home::kind(), kind),
            (home::company(), company),
            (home::email(), email),
            (home::location(), location),
        ];
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| view! { <div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div> })
            .collect::<View>()
    };
    view! {
        <section class="card stack" aria-labelledby="who">
            <h2 id="who">{home::who()}</h2>
            <dl class="fact-list">{facts}</dl>
            <div>
                <Button disabled_reason=refused on_press=Callback::new(move |()| open.set(true))>{home::change_details()}</Button>
            </div>
            <DetailsDialog person open/>
        </section>
    }
}
