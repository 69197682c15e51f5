//! What the server tells about itself: log lines, figures, health, and the id that ties a reply to its line.

mod health;
mod lines;
mod log;
mod metrics;
mod request_id;
mod requests;

pub(crate) use health::{Needed, router as health};
pub use log::{Log, start as start_log};
pub(crate) use metrics::{METRICS, router as metrics};
pub(crate) use request_id::{HEADER as REQUEST_ID, RequestId, current as current_request};
pub(crate) use requests::observe;
