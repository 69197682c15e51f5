//! The first page after signing in.

mod details_card;
mod details_dialog;
mod home_page;

pub use home_page::HomePage;
