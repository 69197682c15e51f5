//! Serves the portal's pages and answers its API.
//!
//! Parts that know nothing of each other: one hands out the built portal, and the API is answered either by the
//! sandbox, from SQLite with the types of the crate `contract`, or by a location that requests are passed on to.
//! [`build`] puts them together.

mod accounts;
mod app;
mod client;
mod coding;
mod edge;
mod headers;
mod held_body;
mod host;
mod in_flight;
mod observe;
mod pages;
mod pem;
mod places;
mod print_headers;
mod problem;
mod rate_limit;
mod sandbox;
mod settings;
#[cfg(target_os = "linux")]
mod system_copy;
mod upstream;

pub use accounts::print_accounts;
pub use app::{StartError, build};
pub use edge::serve;
pub use observe::{Log, start_log};
pub use print_headers::print_headers;
pub use settings::{
    Command, EdgeOptions, ExchangeFlag, LogFormat, Options, ProfileChoiceFlag, Report, SandboxOptions,
    UpstreamOptions, command, command_in,
};
