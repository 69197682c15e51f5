//! A team that is not there, or not this person's.

use super::other_profiles::OtherProfiles;
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::routes::Route;
use crate::ui::EmptyState;
use contract::TeamId;
use leptos::prelude::*;
use std::sync::Arc;
use words::switching;

/// Says that the team does not exist any more, or is administered by others, and shows the ways on: a team of one's own,
/// or another of one's profiles that may open this one.
#[component]
pub fn NotMyTeam(
    /// The team.
    id: TeamId,
    /// The teams that one administers, by name, as far as is known.
    teams: Memo<Arc<Vec<(TeamId, String)>>>,
) -> View {
    let another = move || teams.read().iter().map(|(one, _)| *one).find(|one| *one != id);
    view! {
        <EmptyState title=switching::not_your_team() text=switching::not_your_team_why()>
            <a href=move || Route::team_permissions(another()).href()>{switching::show_your_team()}</a>
        </EmptyState>
        <OtherProfiles team=id/>
    }
}
