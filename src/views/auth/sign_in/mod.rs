//! Journey one: sign in, choose a profile or a team member.

mod always_use;
mod candidates;
mod device_choice;
mod impersonation_dialog;
mod member_loader;
mod member_loads;
mod member_picker;
mod member_row;
mod profile_finder;
mod profile_list;
mod profile_selection_page;
mod profile_tile;
mod settled;
mod sign_in_again_form;
mod sign_in_page;
mod straight;
mod unread_teams;
mod use_sign_in;
mod walk;

pub use impersonation_dialog::ImpersonationDialog;
pub use profile_list::{ListedProfile, listed};
pub use profile_selection_page::ProfileSelectionPage;
pub use profile_tile::ProfileTile;
pub use settled::provide_settling;
pub use sign_in_again_form::SignInAgainForm;
pub use sign_in_page::SignInPage;
pub use use_sign_in::{SignIn, SignInError, use_sign_in};
