//! The kit: the portal's buttons, fields, dialogs and messages.
//!
//! Nothing here knows of the API, of sessions or of routes. Every component is built on the native element that
//! already behaves (`<dialog>`, `<button>`, `<select>`), is styled in `style/ui/` (in a file of its own name,
//! or in `field.css` where it is filled in; what a list of rows looks like is its view's), and writes no `style`
//! attribute, so the page can forbid them.

mod alert;
mod avatar;
mod banner;
mod button;
mod checkbox;
mod dialog;
mod double_press;
mod empty_state;
mod field;
pub mod focus;
mod icon;
mod id;
mod made;
mod menu;
mod radio_group;
mod rows;
mod search_field;
mod select;
mod skeleton;
mod switch;
mod text_area;
mod text_field;
mod tip;
mod toast;
mod visually_hidden;

pub use alert::{Alert, AlertKind, question, status};
pub use avatar::{Avatar, avatar_class, initials};
pub use banner::Banner;
pub use button::{Button, ButtonKind};
pub use checkbox::Checkbox;
pub use dialog::Dialog;
pub use double_press::hear_no_press_elsewhere;
pub use empty_state::EmptyState;
pub use focus::{attend_to_wrong, bring_into_sight, focus_field, is_in_sight, outlive_focus, stay_on};
pub use icon::{Icon, IconName};
pub use made::element;
pub use menu::{Menu, MenuItem};
pub use radio_group::{RadioGroup, RadioOption};
pub use rows::{MOST_PRINTED, MakeRow, Row, Rows, forget_place, rows_are_left_out};
pub use search_field::SearchField;
pub use select::Select;
pub use skeleton::Skeleton;
pub use switch::{Switch, SwitchParts, SwitchState};
pub use text_area::TextArea;
pub use text_field::{FieldKind, TextField};
pub use tip::show_reasons;
pub use toast::{Said, ToastRegion, Toaster, provide_toaster, use_toaster};
pub use visually_hidden::VisuallyHidden;
