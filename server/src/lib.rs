//! Serves the portal's pages and answers its API.
//!
//! Two halves that know nothing of each other: one hands out the built portal, and the sandbox answers
//! the API from SQLite with the types of the crate `contract`. [`build`] puts them together.

mod accounts;
mod app;
mod cli;
mod headers;
mod listen;
mod logging;
mod pages;
mod sandbox;

pub use accounts::print_accounts;
pub use app::{StartError, build};
pub use cli::{Command, Options, command};
pub use listen::serve;
