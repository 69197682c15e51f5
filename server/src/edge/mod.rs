//! The edge: everything between the wire and the routes.
//!
//! `listener` takes connections, `connection` speaks HTTP on one of them, `activity`, `under_way`, `taking`, `waiting` and `pace`
//! know when one is quiet or slow for too long, `stage` and `signal` end it all without losing a request, `tls` and `validity`
//! keep the certificate fresh, `socket` has the system send what it has a copy of.

mod activity;
mod body_limit;
mod connection;
mod graceful;
mod listener;
mod pace;
mod patience;
mod serve;
mod signal;
#[cfg(test)]
mod slow;
mod socket;
mod stage;
mod taking;
mod tls;
mod under_way;
mod validity;
mod waiting;
mod watched;

pub(crate) use body_limit::BodyLimit;
pub use serve::serve;
pub(crate) use stage::Stages;
pub(crate) use tls::check as check_tls;
