//! Journey two: who in a team may do what.

mod components;
mod labels;
mod pending;
mod saving;
mod team_permissions_page;

pub use team_permissions_page::TeamPermissionsPage;
