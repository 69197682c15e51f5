//! A team that is not there, or not this person's.

use crate::routes::Route;
use crate::ui::EmptyState;
use leptos::prelude::*;

/// Says that the team does not exist any more, or is administered by others, and shows the way on.
#[component]
pub fn NotMyTeam() -> impl IntoView {
    view! {
        <EmptyState
            title="Not one of your teams"
            text="This team does not exist any more, or you do not administer it with this profile."
        >
            <a href=Route::team_permissions(None).href()>"Show a team of yours"</a>
        </EmptyState>
    }
}
