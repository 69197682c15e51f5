//! The portal: everything that becomes WebAssembly.
//!
//! Imports point one way: `contract ← api ← session ← queries ← views ← app`; `ui` depends on none of them.

// `view!` names the portal by its name, here as in tests.
extern crate self as portal;

pub mod api;
mod app;
pub mod boot;
mod browser_events;
mod inside;
pub mod language;
pub mod letters;
pub mod list_map;
pub mod markup;
pub mod memo;
pub mod panic_screen;
pub mod places;
pub mod queries;
pub mod routes;
mod screens;
pub mod session;
mod settings;
pub mod signal;
pub mod ui;
pub mod views;

pub use app::App;
