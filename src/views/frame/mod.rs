//! What surrounds every page: header, banner, headings, errors, navigation.

mod acting_banner;
mod elsewhere_note;
mod go;
mod header;
mod links;
mod page;
mod problem;
mod proof_screen;

pub use acting_banner::ActingBanner;
pub use elsewhere_note::ElsewhereNote;
pub use go::{Go, use_go};
pub use header::Header;
pub use links::follow;
pub use page::{Page, provide_page_focus};
pub use problem::Problem;
pub use proof_screen::ProofScreen;
