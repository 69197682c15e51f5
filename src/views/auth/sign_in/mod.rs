//! Journey one: sign in, choose a profile or a team member.

mod impersonation_dialog;
mod member_picker;
mod profile_selection_page;
mod sign_in_page;
mod use_sign_in;

pub use impersonation_dialog::ImpersonationDialog;
pub use profile_selection_page::ProfileSelectionPage;
pub use sign_in_page::SignInPage;
pub use use_sign_in::{SignIn, SignInError, use_sign_in};
