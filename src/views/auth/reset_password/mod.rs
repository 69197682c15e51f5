//! Choosing a new password.

mod new_password_form;
mod reset_link;
mod reset_password_page;

pub use reset_password_page::ResetPasswordPage;
