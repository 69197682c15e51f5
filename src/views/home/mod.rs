//! The first page after signing in.

mod home_page;

pub use home_page::HomePage;
