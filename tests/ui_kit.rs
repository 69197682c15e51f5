//! The kit in a real browser: what the keyboard, the focus and assistive technology meet.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

#[path = "ui_kit/page.rs"]
mod page;

#[path = "ui_kit/alert.rs"]
mod alert;
#[path = "ui_kit/button.rs"]
mod button;
#[path = "ui_kit/dialog.rs"]
mod dialog;
#[path = "ui_kit/fields.rs"]
mod fields;
#[path = "ui_kit/focus.rs"]
mod focus;
#[path = "ui_kit/markup.rs"]
mod markup;
#[path = "ui_kit/memory.rs"]
mod memory;
#[path = "ui_kit/menu.rs"]
mod menu;
#[path = "ui_kit/rows.rs"]
mod rows;
#[path = "ui_kit/rows_keyboard.rs"]
mod rows_keyboard;
#[path = "ui_kit/rows_list.rs"]
mod rows_list;
#[path = "ui_kit/switch.rs"]
mod switch;
#[path = "ui_kit/toast.rs"]
mod toast;
