//! The screens: one folder per journey, named as the original portal names them, and the frame around them.

pub mod auth;
mod csv;
mod download;
mod finding;
pub mod frame;
pub mod history;
pub mod home;
mod isolated;
mod kind;
pub mod not_found;
pub mod operator;
mod reason;
pub mod user;

use isolated::isolated;
use kind::kind_name;
