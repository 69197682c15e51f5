//! What surrounds every page: header, banner, headings, errors, navigation.

mod acting_banner;
mod coded;
mod elsewhere_note;
mod exit_summary;
mod go;
mod header;
mod idle_dialog;
mod lapse_dialog;
mod links;
mod loaded;
mod loading_page;
mod page;
mod person;
mod problem;
mod proof_screen;
mod reason_dialog;
mod start_screen;
mod staying;
mod tab_icon;

pub use acting_banner::ActingBanner;
pub use coded::Coded;
pub use elsewhere_note::ElsewhereNote;
pub use exit_summary::{ExitSummary, provide_exit_summary};
pub use go::{Go, provide_go, use_go};
pub use header::Header;
pub use idle_dialog::IdleDialog;
pub use lapse_dialog::LapseDialog;
pub use links::follow;
pub use loaded::loaded;
pub use loading_page::LoadingPage;
pub use page::{Page, provide_page_focus};
pub use person::use_person;
pub use problem::Problem;
pub use proof_screen::ProofScreen;
pub use start_screen::StartScreen;
pub use staying::{provide_staying, use_staying};
