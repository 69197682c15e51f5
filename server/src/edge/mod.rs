//! The edge: everything between the wire and the routes.
//!
//! `listener` takes connections, `connection` speaks HTTP on one of them, `activity` knows when one is quiet for
//! too long, `stage` and `signal` end it all without losing a request, `tls` keeps the certificate fresh.

mod activity;
mod body_limit;
mod connection;
mod graceful;
mod listener;
mod serve;
mod signal;
mod stage;
mod tls;
mod watched;

pub(crate) use body_limit::BodyLimit;
pub use serve::serve;
pub(crate) use stage::Stages;
pub(crate) use tls::check as check_tls;
