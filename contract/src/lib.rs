//! The Nexudus public API, as far as the portal uses it: one type per endpoint, no I/O.
//!
//! An endpoint says everything a client must know to call it: method, path, query, headers, body, reply and
//! its [`Policy`] while one person acts as another. The server answers the same types, so the two cannot drift.
//! Reading is lenient (unknown fields are ignored, a missing flag is unknown rather than false, and so is one of another
//! kind; what has no id is left out of its list), writing is strict.

pub mod auth;
pub mod coworkers;
mod endpoint;
mod envelope;
#[cfg(test)]
mod every_endpoint;
mod ids;
pub mod json;
pub mod location;
mod permissions;
pub mod plans;
mod problem;
mod settings;
pub mod teams;
mod tokens;

pub use endpoint::{Body, Endpoint, Method, Policy, Request, Unreadable};
pub use envelope::{ActionConfirmation, ListResult};
pub use ids::{BusinessId, CoworkerId, TariffId, TeamId, UserId};
pub use permissions::{Permission, PermissionSet};
pub use problem::{FieldError, Problem};
pub use settings::{ExchangeForm, GetSettings, ProfileChoice, Settings};
pub use tokens::{
    AccessToken, ImpersonationToken, OneTimeToken, RefreshToken, ResetClaims, ResetToken, fits_header,
};
