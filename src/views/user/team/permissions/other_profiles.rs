//! Opening a team with another of one's profiles.

use super::candidates::Candidates;
use crate::queries::use_queries;
use crate::session::Identity;
use crate::ui::Skeleton;
use crate::views::auth::sign_in::use_sign_in;
use contract::{CoworkerId, TeamId};
use leptos::prelude::*;

use super::offers::Offers;

/// Asks whether another of one's profiles shall open a team that the present one cannot, and comes back to this page
/// with it. Nobody is switched without a press. Nothing is asked of who has no other profile, or acts as somebody.
///
/// The API does not tell what another profile administers. What this browser has seen of it comes first, then what the
/// present profile may read of the team; where both are silent every other profile may be the one.
#[component]
pub fn OtherProfiles(
    /// The team.
    team: TeamId,
) -> impl IntoView {
    let queries = use_queries();
    let Some(own) = oneself() else { return ().into_any() };
    let cannot = queries.not_administering(team);
    let seen = Candidates::of(&own, &queries.seen_administering(team), &cannot);
    if !seen.administer.is_empty() || seen.perhaps.is_empty() {
        return view! { <Offers candidates=seen/> }.into_any();
    }
    let read = queries.administrators(team);
    let asking = move || match read.get() {
        None => view! { <Skeleton lines=2/> }.into_any(),
        Some(reply) => {
            let administrators = reply.ok().map(|team| team.team_administrators.clone()).unwrap_or_default();
            let known: Vec<CoworkerId> = administrators.iter().map(|one| one.id).collect();
            view! { <Offers candidates=Candidates::of(&own, &known, &cannot)/> }.into_any()
        }
    };
    asking.into_any()
}

/// Oneself; nobody while one acts.
fn oneself() -> Option<Identity> {
    let snapshot = use_sign_in().snapshot().get_untracked();
    snapshot.own.filter(|_| snapshot.acting.is_none())
}
