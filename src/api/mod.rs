//! The API client: one way out of the browser, and a fence around who is speaking.
//!
//! A request is a value from `contract`. [`Client::call`] sends it for an [`Epoch`]; when the person has changed
//! since, it is not sent, or its reply is dropped. Replies are parsed here once, but for that of an exchange, which `session`
//! reads; above, a status is seen only in [`ApiError::Server`].

mod browser;
mod changes;
mod client;
#[cfg(test)]
mod client_tests;
mod coming;
mod error;
mod fence;
mod request_list;
mod retry;
#[cfg(test)]
pub(crate) mod scripted;
mod transport;

pub use browser::BrowserTransport;
pub use client::{Change, Client};
pub use error::{ApiError, Refusal};
pub use fence::{Access, Epoch, Limits, Millis, Passport};
pub use request_list::clear_request_list;
pub use transport::{Lost, Outgoing, Response, Transport};
