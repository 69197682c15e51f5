//! Who one is.

use super::details_dialog::DetailsDialog;
use crate::api::Access;
use crate::session::{Identity, use_snapshot};
use crate::ui::Button;
use leptos::prelude::*;

/// What stands on the person's record, as the server last said it, and the way to change it.
#[component]
pub fn DetailsCard(
    /// Who it is.
    person: Memo<Identity>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let snapshot = use_snapshot();
    let refused = Signal::derive(move || {
        let viewing = snapshot.read().acting.as_ref().is_some_and(|acting| acting.access == Access::ViewOnly);
        viewing.then(|| {
            "You are only viewing this account. Choose “Allow changes” above to change it.".to_owned()
        })
    });
    let facts = move || {
        let Identity { name, kind, company, email, location, .. } = person.get();
        let kind = kind.unwrap_or_default().to_owned();
        let facts = [
            ("Profile", name),
            ("Kind", kind),
            ("Company", company),
            ("Email", email),
            ("Location", location),
        ];
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| view! { <div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div> })
            .collect_view()
    };
    view! {
        <section class="card stack" aria-labelledby="who">
            <h2 id="who">"Who you are here"</h2>
            <dl class="fact-list">{facts}</dl>
            <div>
                <Button disabled_reason=refused on_press=Callback::new(move |()| open.set(true))>"Change details"</Button>
            </div>
            <DetailsDialog person open/>
        </section>
    }
}
