//! The parts of the team permissions page.

mod clash_list;
mod column_heading;
mod dismissal_dialog;
mod draft;
mod offer_list;
mod removal_dialog;
mod sent;
mod team_permission_dialog;
mod team_permission_filters;
mod team_permission_row;
mod team_permission_table;

pub(super) use clash_list::ClashList;
pub(super) use dismissal_dialog::DismissalDialog;
pub(super) use removal_dialog::RemovalDialog;
pub(super) use team_permission_dialog::TeamPermissionDialog;
pub(super) use team_permission_filters::TeamPermissionFilters;
pub(super) use team_permission_table::TeamPermissionTable;
