//! The parts of the team permissions page.

mod dismissal_dialog;
mod permission_switch;
mod team_permission_row;
mod team_permission_table;

pub use team_permission_table::TeamPermissionTable;
