//! Opening a team with another of one's profiles.

use super::candidates::Candidates;
use super::offers::Offers;
use crate::markup::{View, live, view};
use crate::queries::use_queries;
use crate::session::use_snapshot;
use crate::ui::Skeleton;
use crate::views::auth::sign_in::{DeviceChoice, ListedProfile, listed};
use contract::{CoworkerId, TeamId};
use leptos::prelude::*;

/// Asks whether another of one's profiles shall open a team that the present one cannot, and comes back to this page
/// with it. Nobody is switched without a press. Nothing is asked of who has no other profile, or acts as somebody.
///
/// The API does not tell what another profile administers. What this browser has seen of it comes first, then what the
/// present profile may read of the team; where both are silent every other profile may be the one.
#[component]
pub fn OtherProfiles(
    /// The team.
    team: TeamId,
) -> View {
    let queries = use_queries();
    let profiles = own_profiles();
    let cannot = queries.not_administering(team);
    let seen = Candidates::of(profiles.clone(), &queries.seen_administering(team), &cannot);
    if !seen.administer.is_empty() || seen.perhaps.is_empty() {
        return view! { <Offers candidates=seen/> };
    }
    let read = queries.administrators(team);
    let asking = move || {
        let Some(reply) = read.get() else { return view! { <Skeleton lines=2/> } };
        let told = reply.ok().map(|team| team.team_administrators.clone()).unwrap_or_default();
        let known: Vec<CoworkerId> = told.iter().map(|one| one.id).collect();
        let candidates = if known.is_empty() {
            seen.clone()
        } else {
            // The list is whole, so nobody else does.
            let all: Vec<CoworkerId> = profiles.iter().map(|profile| profile.id).collect();
            Candidates::of(profiles.clone(), &known, &all)
        };
        view! { <Offers candidates/> }
    };
    live(asking)
}

/// One's own profiles; none while one acts.
fn own_profiles() -> Vec<ListedProfile> {
    let snapshot = use_snapshot().get_untracked();
    let own = snapshot.own.as_ref().filter(|_| snapshot.acting.is_none());
    own.map(|own| listed(own, &DeviceChoice::of(own.user).used)).unwrap_or_default()
}
