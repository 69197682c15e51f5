//! What may change, and who looks at it is told: Leptos' signals, with one machinery for all types.
//!
//! Leptos makes what keeps, reads and changes a value anew for each type. Here a value is kept as any, so that all types
//! share that, and a type of its own costs little.

mod callback;
mod cleanup;
mod derived;
mod effects;
mod owners;
mod rw;
mod stored;

pub use callback::Callback;
pub use cleanup::on_cleanup;
pub use derived::{Seen, Signal};
pub use effects::{RenderEffect, effect};
pub use owners::Owners;
pub use rw::{ArcRwSignal, CanRead, CanWrite, Changing, Kept, Looking, RwSignal};
pub use stored::{Stored, StoredValue};

/// What was looked at belongs to something that is gone. In a release this is the end of the portal, without words.
#[cfg_attr(debug_assertions, track_caller)]
fn gone<T>() -> T {
    unreachable!("a signal was looked at, and what it belongs to is gone")
}
