//! Asking for a link to a new password.

mod forgot_password_page;

pub use forgot_password_page::ForgotPasswordPage;
