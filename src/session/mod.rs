//! Who is signed in: a pure machine that decides, and a thin shell that carries out what it decided.

mod context;
mod failure;
mod identity;
mod machine;
mod model;
mod notice;
mod shell;
mod snapshot;
mod store;
mod tabs;

pub use context::{SessionContext, provide_session, use_session};
pub use failure::{Cause, Failure, Goal};
pub use identity::Identity;
pub use machine::{Effect, Event, Session, State, step};
pub use model::{Acting, ActingCredential, Credential, Grant, Own, Reason, StartRequest, Target, Why};
pub use notice::Notice;
pub use snapshot::{ActingView, Phase, Snapshot};
pub use tabs::{Elsewhere, TabNews};
