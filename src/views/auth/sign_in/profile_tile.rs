//! One of one's own profiles, to be pressed.

use super::profile_list::ListedProfile;
use crate::markup::{View, view};
use crate::signal::{Callback, Signal};
use crate::ui::{Avatar, Button, ButtonKind};
use contract::CoworkerId;
use leptos::prelude::*;
use words::profiles;

/// A button whose accessible name begins with the name of the profile, followed by what tells it from others. One that
/// is not active says so and cannot be pressed, nor can any beside the one that is being taken.
#[component]
pub fn ProfileTile(
    /// The profile.
    profile: ListedProfile,
    /// Why no other one can be taken now, as a sentence.
    refusal: Signal<Option<String>>,
    /// The one that is being taken.
    choosing: Signal<Option<CoworkerId>>,
    /// Takes it.
    on_press: Callback<()>,
) -> View {
    let ListedProfile { id, name, kind, company, has_twin, active, current, last_used, .. } = profile;
    let busy = Signal::derive(move || choosing.get() == Some(id));
    let refused = Signal::derive(move || {
        let taken = choosing.get();
        // One goes on as who one is at any time, but not past a profile that is being taken.
        let concerned = taken.map_or(!current, |taken| taken != id);
        let inactive = || (!active).then(|| profiles::not_active_why().to_owned());
        refusal.get().filter(|_| concerned).or_else(inactive)
    });
    let avatar = name.clone();
    let dot = kind.is_some() && !company.is_empty();
    let badge = |words: &'static str| view! { " " <span class="badge">{words}</span> };
    view! {
        <Button kind=ButtonKind::Tile busy disabled_reason=refused on_press>
            <Avatar name=avatar/>
            <span class="profile-tile__name"><bdi>{name}</bdi></span>
            " "
            <span class="profile-tile__meta">
                {kind}
                {dot.then_some(" · ")}
                <bdi>{company}</bdi>
                {has_twin.then(|| format!(" #{id}"))}
                {current.then(|| badge(profiles::current()))}
                {last_used.then(|| badge(profiles::last_used()))}
                {(!active).then(|| badge(profiles::not_active()))}
            </span>
        </Button>
    }
}
