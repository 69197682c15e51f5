//! The way to "Add members"

use crate::markup::{View, view};
use crate::signal::{Callback, Signal};
use crate::ui::Button;
use crate::views::user::team::permissions::desk::{Asked, Desk};
use leptos::prelude::*;
use words::permissions as say;

/// Asks who shall come into the team; not while one acts as somebody, and then the button says so.
#[component]
pub fn AddMembersButton(
    /// What the page shares.
    desk: Desk,
) -> View {
    let refused = Signal::derive(move || desk.acting().map(|acting| say::no_adding_while_acting(&acting)));
    let ask = Callback::new(move |()| desk.ask(Asked::Add));
    view! { <Button disabled_reason=refused on_press=ask>{say::add_members()}</Button> }
}
