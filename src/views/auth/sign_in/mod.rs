//! Journey one: sign in, choose a profile or a team member.

mod code_form;
mod impersonation_dialog;
mod member_picker;
mod profile_selection_page;
mod sign_in_by_email_page;
mod sign_in_form;
mod sign_in_link_page;
mod sign_in_page;
mod two_step;
mod use_sign_in;

pub use impersonation_dialog::ImpersonationDialog;
pub use profile_selection_page::ProfileSelectionPage;
pub use sign_in_by_email_page::SignInByEmailPage;
pub use sign_in_link_page::SignInLinkPage;
pub use sign_in_page::SignInPage;
pub use two_step::{Refused, Step, digits, sentence};
pub use use_sign_in::{SignIn, use_sign_in};
