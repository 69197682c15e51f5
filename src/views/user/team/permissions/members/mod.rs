//! Who comes into the team.

mod add_members_button;
mod add_members_dialog;
mod people;

pub(super) use add_members_button::AddMembersButton;
pub(super) use add_members_dialog::AddMembersDialog;
