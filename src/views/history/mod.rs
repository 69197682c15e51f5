//! What one did as others, as far as this tab knows.

mod export;
mod history_page;
mod history_row;
mod history_table;
mod moment;
mod step_list;
mod telling;

pub use history_page::HistoryPage;
pub use step_list::StepList;
