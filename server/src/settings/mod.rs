//! The settings: a flag wins over the environment, that over the file of `--config`, that over the default.
//!
//! Every setting is declared once, as a flag (`options`, `sandbox`, `edge`, `upstream`). The environment and the
//! file name the same settings and hand their text to the same flags (`layers`), so a value means the same and is
//! refused for the same reason wherever it was written; `variables` refuses those that only look like settings. `check` judges what no single value shows.

mod check;
mod choices;
mod edge;
mod file;
mod layers;
mod options;
mod read;
mod sandbox;
mod upstream;
mod values;
mod variables;

pub use check::Report;
pub use choices::{ExchangeFlag, LogFormat, ProfileChoiceFlag};
pub use edge::EdgeOptions;
pub use options::Options;
pub use read::{Command, command, command_in};
pub use sandbox::SandboxOptions;
pub use upstream::UpstreamOptions;
