//! "Your profiles": all of them, found by typing part of a name.

use super::always_use::AlwaysUse;
use super::profile_list::ListedProfile;
use super::profile_tile::ProfileTile;
use super::switch_refusal::use_switch_refusal;
use super::use_sign_in::use_sign_in;
use crate::markup::{Keyed, NodeRef, Show, View, keyed, view};
use crate::memo::Memo;
use crate::session::Target;
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Button, EmptyState, SearchField, focus_field};
use crate::views::finding::Words;
use leptos::html::Input;
use leptos::prelude::*;
use words::profiles;

/// So many profiles are seen at a glance; among more one searches.
pub const HANDFUL: usize = 6;

/// All profiles, each a button. With more than a handful there is a search, and a way past them.
#[component]
pub fn ProfileFinder(
    /// The profiles in order.
    profiles: Memo<Vec<ListedProfile>>,
    /// Whether team members follow.
    members_follow: Signal<bool>,
    /// A profile was chosen, perhaps for always.
    on_choose: Callback<(Target, bool)>,
) -> View {
    let sign_in = use_sign_in();
    let typed = RwSignal::new(String::new());
    let search = NodeRef::<Input>::new();
    let clear = Callback::new(move |()| {
        typed.set(String::new());
        focus_field(search);
    });
    let words = Memo::new(move |_| Words::new(&typed.read()));
    let many = Memo::new(move |_| profiles.read().len() > HANDFUL);
    let found = Memo::new(move |_| {
        let words = words.read();
        profiles.read().iter().filter(|profile| words.are_in(&profile.sought)).count()
    });
    let snapshot = sign_in.snapshot();
    // It is one's own device, not that of whom one acts as.
    let user = Memo::new(move |_| {
        let snapshot = snapshot.read();
        snapshot.own.as_ref().filter(|_| snapshot.acting.is_none()).map(|own| own.user)
    });
    let always = RwSignal::new(false);
    let (choosing, refusal) = (sign_in.choosing(), use_switch_refusal());
    let tile = move |profile: ListedProfile| {
        let target = profile.target();
        let on_press = Callback::new(move |()| on_choose.run((target.clone(), always.get_untracked())));
        let sought = profile.sought.clone();
        let key = format!("{} {:?}", profile.id, profile);
        Keyed::new(key, move || {
            // Left out, but not taken away: what is found again is there at once.
            let hidden = move || !words.read().are_in(&sought);
            view! { <li hidden=hidden><ProfileTile profile refusal choosing on_press/></li> }
        })
    };
    let tiles = move || profiles.get().into_iter().map(tile).collect();
    let said = move || how_many(found.get(), profiles.read().len());
    view! {
        <section class="profile-finder stack" aria-labelledby="own-profiles">
            <h2 id="own-profiles">{profiles::your_profiles()}</h2>
            <Show when=move || many.get()>
                <SearchField label=profiles::find_a_profile() value=typed hint=profiles::arrow_keys() node_ref=search/>
                <p class="muted" role="status">{said}</p>
            </Show>
            {move || user.get().map(|user| view! { <AlwaysUse user always profiles/> })}
            <Show when=move || many.get() && members_follow.get()>
                <a class="skip-link" href="#team-members">{profiles::skip_to_members()}</a>
            </Show>
            <ul class="card-list" class:profile-finder__many=move || many.get()>
                {keyed(tiles)}
            </ul>
            <Show when=move || found.get() == 0>
                <EmptyState title=profiles::no_profile_by_that_name() text=profiles::search_shorter()>
                    <Button on_press=clear>{profiles::clear_the_search()}</Button>
                </EmptyState>
            </Show>
        </section>
    }
}

/// How many profiles are shown.
pub fn how_many(found: usize, all: usize) -> String {
    match found {
        0 => profiles::no_profile_found().to_owned(),
        _ if found == all => profiles::profiles_shown(all),
        _ => profiles::profiles_found(found, all),
    }
}
