//! Staying on a page through a change of profile.

use crate::signal::StoredValue;
use contract::CoworkerId;
use leptos::prelude::*;

/// The page on which somebody wants to stay as another of their profiles. Whether that profile can open it is known only
/// when it has tried, and by then every page was mounted anew.
#[derive(Clone, Copy)]
pub struct Staying(StoredValue<Option<(CoworkerId, String)>>);

/// Lets pages know who wanted to stay on them. Call it once, in the shell.
pub fn provide_staying() {
    provide_context(Staying(StoredValue::new(None)));
}

/// Who wants to stay where.
pub fn use_staying() -> Staying {
    expect_context()
}

impl Staying {
    /// The person wants to stay at this address as this profile.
    pub fn want(self, profile: CoworkerId, address: String) {
        self.0.set_value(Some((profile, address)));
    }

    /// Whether the person wanted to be at this address as this profile. The answer is given once.
    pub fn take(self, profile: CoworkerId, address: &str) -> bool {
        let wanted = self.0.try_update_value(Option::take).flatten();
        wanted.is_some_and(|(who, place)| who == profile && place == address)
    }
}
