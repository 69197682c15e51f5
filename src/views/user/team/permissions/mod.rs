//! Journey two: who in a team may do what.

mod candidates;
mod components;
mod desk;
mod export;
mod looked_at;
mod many;
mod members;
mod not_my_team;
mod offers;
mod other_profiles;
mod preview;
mod roster;
mod saving;
mod team_members;
mod team_permissions_page;
mod view_in_address;
mod wording;

pub use saving::{provide_saving, use_is_saving, use_many_are_changed};
pub use team_permissions_page::TeamPermissionsPage;
