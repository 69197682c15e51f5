//! "Always use this profile on this device"

use super::device_choice::DeviceChoice;
use super::profile_list::ListedProfile;
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::signal::{RwSignal, Signal, effect};
use crate::ui::Checkbox;
use crate::views::isolated;
use contract::UserId;
use leptos::prelude::*;
use words::profiles;

/// Ticked, it counts for the profile that is chosen next; without the tick, what was kept is forgotten at once.
#[component]
pub fn AlwaysUse(
    /// Whose device it is.
    user: UserId,
    /// Whether it is ticked.
    always: RwSignal<bool>,
    /// All profiles, to name the one that is kept.
    profiles: Memo<Vec<ListedProfile>>,
) -> View {
    let kept = RwSignal::new(DeviceChoice::of(user).always);
    always.set(kept.get_untracked().is_some());
    effect(move || {
        if !always.get() && kept.get_untracked().is_some() {
            DeviceChoice::set_always(user, None);
            kept.set(None);
        }
    });
    let hint = Signal::derive(move || {
        let profiles = profiles.read();
        let kept = profiles.iter().find(|profile| Some(profile.id) == kept.get());
        Some(match kept {
            Some(profile) => profiles::always_use_now(&isolated(profile.name.clone())),
            None => profiles::always_use_next().to_owned(),
        })
    });
    view! { <Checkbox label=profiles::always_use() checked=always hint/> }
}
