//! Once somebody is on a profile and goes on, this device remembers it.

use super::device_choice::DeviceChoice;
use crate::memo::Memo;
use crate::routes::Route;
use crate::session::{Phase, Snapshot, Target, use_session};
use crate::signal::{StoredValue, effect};
use crate::ui::use_toaster;
use crate::views::frame::use_go;
use crate::views::isolated;
use contract::{CoworkerId, UserId};
use leptos::prelude::*;
use words::profiles;

/// What is to happen when somebody has arrived on a profile that was asked for on the page of profiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Nothing more.
    Chosen,
    /// From now on this device always uses it.
    UseAlways(Target),
    /// This device always uses it, and has taken it without asking.
    WasTaken(Target),
}

/// What is to happen when the next profile is reached, as a context. Outlives the change of person on the way there.
#[derive(Clone, Copy)]
pub struct Settling(StoredValue<Option<Arrival>>);

/// Remembers on this device, from now on, which profiles are used, whichever way they were taken. Call it once.
pub fn provide_settling() {
    let settling = Settling(StoredValue::new(None));
    provide_context(settling);
    let (toaster, here) = (use_toaster(), use_go().here());
    let snapshot = use_session().snapshot();
    let settled = Memo::new(move |_| settled(&snapshot.read(), Route::at(&here.read())));
    effect(move || {
        let Some((user, profile)) = settled.get() else { return };
        DeviceChoice::remember_used(user, profile);
        let arrival = settling.0.try_update_value(Option::take).flatten();
        let Some(Arrival::UseAlways(target) | Arrival::WasTaken(target)) = arrival.clone() else { return };
        if target.id != profile {
            return;
        }
        if matches!(arrival, Some(Arrival::UseAlways(_))) {
            DeviceChoice::set_always(user, Some(profile));
        }
        let name = isolated(target.name);
        let said = profiles::always_used(&name);
        // After whatever else follows the change of person, which takes away what was said before.
        request_animation_frame(move || toaster.say(said));
    });
}

/// The way to tell what is to happen on arrival.
pub fn use_settling() -> Settling {
    expect_context()
}

impl Settling {
    /// Lets this happen when its profile is the next one that is reached, and nothing else that was told before.
    pub fn expect(self, arrival: Option<Arrival>) {
        self.0.set_value(arrival);
    }

    /// Whether a profile was asked for on the page of profiles, and no other page has been reached since.
    pub fn expects(self) -> bool {
        self.0.with_value(Option::is_some)
    }
}

/// The own profile on which somebody is, apart from the pages on which one is chosen.
fn settled(snapshot: &Snapshot, route: Option<Route>) -> Option<(UserId, CoworkerId)> {
    let own = snapshot.own.as_ref().filter(|_| snapshot.phase == Phase::SignedIn)?;
    let choosing = matches!(route, Some(Route::SignIn(_) | Route::Profiles(_)));
    (!choosing).then_some((own.user, own.profile))
}
