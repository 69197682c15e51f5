//! Who is signed in: a pure machine that decides, and a thin shell that carries out what it decided.

mod acting;
mod context;
mod credential;
mod failure;
mod identity;
mod idle;
mod ledger;
pub(crate) mod locks;
mod machine;
mod marks;
mod model;
mod notice;
mod shell;
mod snapshot;
mod store;
mod tabs;

pub use acting::Acting;
pub use context::{SessionContext, provide_session, use_session, use_snapshot};
pub use credential::{ActingCredential, Credential, Grant};
pub use failure::{Cause, Failure, Goal};
pub use identity::Identity;
pub use ledger::{Change, End, Entry, Ledger, Outcome, Party, Step, What};
pub use machine::{Effect, Event, Session, State, step};
pub use model::{Kept, Own, Power, Reason, StartRequest, Target, Why};
pub use notice::{Notice, duration};
pub use snapshot::{ActingView, Phase, Snapshot};
pub use tabs::{Elsewhere, TabNews};
