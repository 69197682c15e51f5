//! "Always use this profile on this device"

use super::device_choice::DeviceChoice;
use super::profile_list::ListedProfile;
use crate::ui::{Checkbox, effect};
use crate::views::isolated;
use contract::UserId;
use leptos::prelude::*;

/// Ticked, it counts for the profile that is chosen next; without the tick, what was kept is forgotten at once.
#[component]
pub fn AlwaysUse(
    /// Whose device it is.
    user: UserId,
    /// Whether it is ticked.
    always: RwSignal<bool>,
    /// All profiles, to name the one that is kept.
    profiles: Memo<Vec<ListedProfile>>,
) -> impl IntoView {
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
            Some(profile) => format!("Now it is {}.", isolated(profile.name.clone())),
            None => {
                "The one that you choose now. The next time you sign in here, you are not asked.".to_owned()
            }
        })
    });
    view! { <Checkbox label="Always use this profile on this device" checked=always hint/> }
}
