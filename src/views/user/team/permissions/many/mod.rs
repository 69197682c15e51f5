//! The same for many members at once.

mod batch_dialog;
mod batch_panel;
mod copy_dialog;
mod plan;
mod selection;
mod selection_bar;

pub(super) use batch_dialog::BatchDialog;
pub(super) use batch_panel::BatchPanel;
pub(super) use copy_dialog::CopyDialog;
pub(super) use selection::Selection;
pub(super) use selection_bar::SelectionBar;
